// The state of the old system's pages, as it stands in the address.
import type {
  LegacyMembershipFilter,
  LegacyMembershipOrder,
  LegacyState,
  LegacyWorkFilter,
} from '../../gql/graphql';
import { chosen, dayOf, oneOf, type Raw, someOf, text, yesNo } from '../parts/search';
import { states } from './words';

const either = ['yes', 'no'] as const;

export interface LegacySearch {
  search?: string | undefined;
  location?: string | undefined;
  /** Names of sources, each written as in an address, since a name may hold a comma. */
  source?: string | undefined;
  state?: string | undefined;
  migrated?: 'yes' | 'no' | undefined;
  cancelled?: 'yes' | 'no' | undefined;
  missing?: 'yes' | 'no' | undefined;
  billed?: 'yes' | 'no' | undefined;
  from?: string | undefined;
  until?: string | undefined;
  sort?: 'NAME' | 'NEXT_BILLING' | undefined;
}

export const readLegacySearch = (raw: Raw): LegacySearch => ({
  search: text(raw, 'search'),
  location: text(raw, 'location'),
  source: text(raw, 'source'),
  state: someOf(raw, 'state', Object.keys(states) as LegacyState[]),
  migrated: oneOf(raw, 'migrated', either),
  cancelled: oneOf(raw, 'cancelled', either),
  missing: oneOf(raw, 'missing', either),
  billed: oneOf(raw, 'billed', either),
  from: dayOf(raw, 'from'),
  until: dayOf(raw, 'until'),
  sort: oneOf(raw, 'sort', ['NAME', 'NEXT_BILLING'] as const),
});

/** The day after. The API's ranges end before a day; people name the last one. */
export function dayAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}

export const sourceKey = (name: string) => encodeURIComponent(name);

/** An address that somebody mistyped shows a list and no error. */
function sourceName(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

export const filterOf = (s: LegacySearch): LegacyMembershipFilter => ({
  search: s.search,
  locationIds: chosen(s.location),
  sources: chosen(s.source)?.map(sourceName),
  states: chosen<LegacyState>(s.state),
  migrated: yesNo(s.migrated),
  cancelledThere: yesNo(s.cancelled),
  missing: yesNo(s.missing),
  stillBilled: yesNo(s.billed),
  nextBillingFrom: s.from,
  nextBillingBefore: s.until && dayAfter(s.until),
});

export const orderOf = (s: LegacySearch): LegacyMembershipOrder => s.sort ?? 'NEWEST';

export interface WorkSearch {
  location?: string | undefined;
  until?: string | undefined;
}

export const readWorkSearch = (raw: Raw): WorkSearch => ({
  location: text(raw, 'location'),
  until: dayOf(raw, 'until'),
});

export const workOf = (s: WorkSearch): LegacyWorkFilter => ({
  locationIds: chosen(s.location),
  renewsBefore: s.until && dayAfter(s.until),
});

/** Where the worklist is downloaded. It takes locations alone, so one that was narrowed by day is said to hold every day. */
export function workFile(s: WorkSearch): string {
  const only = new URLSearchParams((chosen(s.location) ?? []).map((id) => ['locationId', id])).toString();
  return '/exports/legacy-worklist.csv' + (only && `?${only}`);
}

export interface ImportSearch {
  /** The file that was tried, to be imported or tried again. */
  upload?: string | undefined;
  /** The trial whose columns, source and location stand in the form. */
  trial?: string | undefined;
}

export const readImportSearch = (raw: Raw): ImportSearch => ({
  upload: text(raw, 'upload'),
  trial: text(raw, 'trial'),
});
