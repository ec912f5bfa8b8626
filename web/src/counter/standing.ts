// What a session's screen shows, of what the API says of it.
import type { CounterStep } from '../gql/graphql';
import type { Migration, Session } from './acting';
import type { CandidateFragment, CardReaderFragment } from '../gql/graphql';
import { money } from '../console/parts/words';

/** A step of the migration, or what stands before and after it. */
export type Screen = CounterStep | 'BEGIN' | 'CLOSED';

/** Whether another old membership may be chosen: until the card is on file. */
export const canRematch = ({ step, card }: Migration) =>
  step === 'CONTACT' || (step === 'CARD' && card.state !== 'ON_FILE');

/** `rematching`: the attendant has gone back to the match on this screen. */
export function screenOf(
  { stage, migration }: Pick<Session, 'stage' | 'migration'>,
  rematching: boolean,
): Screen {
  if (stage === 'CLOSED') return 'CLOSED';
  if (!migration) return 'BEGIN';
  return rematching && canRematch(migration) ? 'MATCH' : migration.step;
}

/** Live updates bring what changes; asking beside them is for where they do not come through, and for what changes by waiting alone. */
export function every({ migration }: Pick<Session, 'migration'>): number {
  const text = migration?.step === 'CONTACT' ? migration.contact.text?.state : undefined;
  return text === 'SENDING' || text === 'WAITING' || text === 'UNKNOWN' ? 4_000 : 15_000;
}

/** The one to ask "is that you?" at once. Null where the attendant has to look or to choose. */
export function theOne(candidates: readonly CandidateFragment[]): CandidateFragment | null {
  const those = candidates.filter(({ standing }) => standing === 'MIGRATABLE');
  return those.length === 1 && candidates.every(({ standing }) => standing !== 'NO_PLAN') ? those[0]! : null;
}

/** Why a reader cannot be asked now. Empty where it can. */
export const outOfReach = ({ isOnline, isBusy }: CardReaderFragment) =>
  !isOnline ? 'off, or without a connection' : isBusy ? 'busy with another customer' : '';

/**
 * The reader that begins by itself once the contact is confirmed, where it is free: the only one of the location, or the one that was chosen
 * on this device before. Another one that happens to be free may stand at another desk, before another customer.
 */
export function ownReader(
  readers: readonly CardReaderFragment[],
  chosen: string | null,
): CardReaderFragment | null {
  const own = readers.length === 1 ? readers[0]! : readers.find(({ id }) => id === chosen);
  return own && !outOfReach(own) ? own : null;
}

/** What came by itself, for whoever does not look at it: said by a reader of screens. Empty where nothing did. */
export function toldOf(before: Migration | null | undefined, now: Migration | null | undefined): string {
  if (!before || !now || before.id !== now.id) return '';
  return toldOfText(before.contact, now.contact) || toldOfCard(before.card, now.card);
}

function toldOfText(before: Migration['contact'], now: Migration['contact']): string {
  if (before.text?.state === now.text?.state && before.email === now.email) {
    return now.offerTyping && !before.offerTyping ? 'No answer yet. The email address can be typed now.' : '';
  }
  switch (now.text?.state) {
    case 'ANSWERED':
      if (now.text.email && now.text.email !== now.email)
        return `The customer has answered: ${now.text.email}.`;
      return now.emailSource === 'TEXT' ? `The answer has arrived: ${now.email}.` : '';
    case 'UNREADABLE':
      return 'An answer has arrived, without an email address.';
    case 'OPTED_OUT':
      return 'The number takes no texts from us. Type the email address.';
    case 'FAILED':
      return 'The text did not arrive. Type the email address.';
    case 'UNKNOWN':
      return 'Nobody knows whether the text went out. Type the email address.';
    case 'WAITING':
      return before.text?.state === 'SENDING' ? 'The text is with the customer.' : '';
    case 'SENDING':
    case undefined:
      return '';
  }
}

function toldOfCard(before: Migration['card'], now: Migration['card']): string {
  if (before.state === now.state && before.problem === now.problem) return '';
  if (now.state === 'READER_WAITS') return `${now.reader?.label ?? 'The reader'} asks for the card.`;
  if (now.state === 'ON_FILE') return `The card is on file: ${now.label}.`;
  return ''; // a problem stands in an alert, which tells of itself
}

/** Who it is, and what they pay: what stands beside every step. */
export function summaryOf({ plate, migration }: Session) {
  const legacy = migration?.legacy;
  const offer = migration?.offer;
  const price = migration?.agreement?.monthly.total ?? offer?.monthly.total ?? legacy?.price;
  return {
    name: legacy?.name || migration?.contact.name || '',
    plate: plate || legacy?.plate || '',
    plan: offer?.plan.name ?? legacy?.planName ?? '',
    price: price ? `${money(price)} a month` : '',
    nextBill:
      migration?.outcome?.firstChargeOn ??
      migration?.agreement?.firstChargeOn ??
      offer?.firstChargeOn ??
      legacy?.nextBillingOn ??
      null,
  };
}
