// Amounts, dates and days as a person in the United States reads them, in either language.
import type { Language } from '../gql/graphql';

/** An exact decimal with its currency, as the API writes it. */
export interface Amount {
  amount: string;
  currency: string;
}

const locales = { EN: 'en-US', ES: 'es-US' } as const;

/** "$129.00". The amount stays the exact decimal that the API wrote; it never becomes a float. */
export function money({ amount, currency }: Amount, language: Language): string {
  return new Intl.NumberFormat(locales[language], { style: 'currency', currency }).format(
    amount as Intl.StringNumericLiteral,
  );
}

export function isZero({ amount }: Amount): boolean {
  return !/[1-9]/.test(amount);
}

/** "April 15, 2026" for "2026-04-15": a date at the location, which no time zone may shift. */
export function date(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(iso + 'T00:00:00Z'),
  );
}

/** "the 15th" or "el día 15". */
export function dayOfMonth(day: number, language: Language): string {
  if (language === 'ES') return `el día ${day}`;
  const suffixes = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `the ${day}${suffixes[new Intl.PluralRules('en-US', { type: 'ordinal' }).select(day)]}`;
}
