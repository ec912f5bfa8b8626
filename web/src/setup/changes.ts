// What a tenant has to be told when an offer is not any more what it was while they looked at it.
import type { Offer } from './api';

export type Change =
  | { what: 'card' | 'ach'; before: Offer['card']['total'] | null; now: Offer['card']['total'] | null }
  | { what: 'anchorDay'; before: number; now: number }
  | { what: 'terms' };

/** The differences that matter to the person, in the order in which the page shows them. */
export function changes(before: Offer, now: Offer): Change[] {
  const found: Change[] = [];
  for (const what of ['card', 'ach'] as const) {
    const [was, is] = [before[what]?.total ?? null, now[what]?.total ?? null];
    if (was?.amount !== is?.amount || was?.currency !== is?.currency)
      found.push({ what, before: was, now: is });
  }
  if (before.anchorDay !== now.anchorDay) {
    found.push({ what: 'anchorDay', before: before.anchorDay, now: now.anchorDay });
  }
  if (before.terms.id !== now.terms.id) found.push({ what: 'terms' });
  return found;
}
