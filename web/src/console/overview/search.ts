// The state of the overview, as it stands in the address.
import type { FunnelFilter } from '../../gql/graphql';
import { begins, chosen, dayOf, oneOf, type Raw, someOf, text } from '../parts/search';
import { stuckKinds } from './words';

const periods = ['30', '90', '365', 'own'] as const;
export type Period = (typeof periods)[number];

export interface OverviewSearch {
  /** So many days up to now, or days of one's own choice. */
  period?: Period | undefined;
  from?: string | undefined;
  until?: string | undefined;
  location?: string | undefined;
  stuck?: string | undefined;
  alarms?: 'handled' | undefined;
}

export const readOverviewSearch = (raw: Raw): OverviewSearch => ({
  period: oneOf(raw, 'period', periods),
  from: dayOf(raw, 'from'),
  until: dayOf(raw, 'until'),
  location: text(raw, 'location'),
  stuck: someOf(raw, 'stuck', Object.keys(stuckKinds)),
  alarms: oneOf(raw, 'alarms', ['handled'] as const),
});

/** Why days of one's own choice cannot be counted; the API takes a year at most. Undefined: they can. */
export function wrong({ period, from, until }: OverviewSearch, today: string): string | undefined {
  if (period !== 'own' || !from) return undefined;
  const days = (Date.parse(until ?? today) - Date.parse(from)) / 86_400_000;
  if (days < 0) return 'The period ends before it begins.';
  return days > 364 ? 'A year at most: choose a later beginning or an earlier end.' : undefined;
}

/** "2026-04-15" by the reader's own clock. */
export const dayHere = (at: Date) =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, '0')).join('-');

/** Whole days, so that the same is asked for all day long. */
export function funnelFilter(s: OverviewSearch, today: string): FunnelFilter {
  const locationIds = chosen(s.location);
  if (s.period === 'own')
    return { locationIds, from: s.from && begins(s.from), before: s.until && begins(s.until, 1) };
  if (!s.period || s.period === '365') return { locationIds }; // the API's own year, up to its own now
  return { locationIds, from: begins(today, -Number(s.period) + 1) };
}
