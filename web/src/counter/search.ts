import type { SessionStage } from '../gql/graphql';
import { oneOf, type Raw, text } from '../console/parts/search';

export const stages = [
  'PRE_GATE',
  'MIGRATING',
  'MIGRATED',
  'CLOSED',
] as const satisfies readonly SessionStage[];

/** What is chosen of the list. */
export interface ListSearch {
  /** The location whose counter it is. */
  at?: string | undefined;
  /** Absent: those that are not over. */
  stage?: SessionStage | undefined;
}

export const readListSearch = (raw: Raw): ListSearch => ({
  at: text(raw, 'at'),
  stage: oneOf(raw, 'stage', stages),
});

const key = 'counter.location';

export const rememberLocation = (id: string) => localStorage.setItem(key, id);

const readerKey = 'counter.reader';
const standInKey = 'counter.standin';

/** Which reader stands beside this device, as somebody chose it last. None stands in for it any more. */
export function rememberReader(id: string) {
  localStorage.setItem(readerKey, id);
  sessionStorage.removeItem(standInKey);
}
export const rememberedReader = () => localStorage.getItem(readerKey);
export const forgetReader = () => localStorage.removeItem(readerKey);

/** Which reader one session uses while the device's own is out of reach. */
export const rememberStandIn = (session: string, id: string) =>
  sessionStorage.setItem(standInKey, `${session} ${id}`);

/** The reader that a session's card is asked for on. */
export function readerFor(session: string): string | null {
  const [of, standIn] = sessionStorage.getItem(standInKey)?.split(' ') ?? [];
  return of === session && standIn ? standIn : rememberedReader();
}

/** At which of the caller's counters this device stands: chosen in the address, or on this device before, or the only one. */
export const locationOf = <T extends { id: string }>(
  at: string | undefined,
  all: readonly T[],
): T | undefined =>
  all.find(({ id }) => id === at) ??
  all.find(({ id }) => id === localStorage.getItem(key)) ??
  (all.length === 1 ? all[0] : undefined);
