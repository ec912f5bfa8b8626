import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Language } from '../gql/graphql';
import type { Amount } from '../shared/format';
import { date, dayOfMonth, money } from '../shared/format';
import { en, type Words } from './words.en';
import { es } from './words.es';

/** How the page speaks in one language. */
export interface Speech {
  language: Language;
  tag: 'en' | 'es';
  words: Words;
  money: (amount: Amount) => string;
  date: (iso: string) => string;
  day: (day: number) => string;
}

export function speech(language: Language): Speech {
  return {
    language,
    tag: language === 'ES' ? 'es' : 'en',
    words: language === 'ES' ? es : en,
    money: (amount) => money(amount, language),
    date: (iso) => date(iso, language),
    day: (day) => dayOfMonth(day, language),
  };
}

export const SpeechContext = createContext(speech('EN'));

export const useSpeech = () => useContext(SpeechContext);
