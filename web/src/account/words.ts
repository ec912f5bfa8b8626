import type { Language } from '../gql/graphql';
import { useSpeech } from '../setup/speech';
import { en, type Words } from './words.en';
import { es } from './words.es';

export const wordsIn = (language: Language): Words => (language === 'ES' ? es : en);

export const useWords = () => wordsIn(useSpeech().language);

/** Enough to spare somebody a round trip; the server decides. */
export const looksLikeEmail = (text: string) => /^\s*[^\s@]+@[^\s@]+\s*$/.test(text);
