// What the counter says, beside what the API says itself.
import type { CounterStep, LegacyState, SessionStage } from '../gql/graphql';
import type { ProblemWords } from '../shared/paying';
import type { Does } from '../shared/sandbox';

export const stageNames: Record<SessionStage, string> = {
  PRE_GATE: 'Pre-Gate',
  MIGRATING: 'Migrating',
  MIGRATED: 'Migrated',
  CLOSED: 'Closed',
};

export const stageTones = {
  PRE_GATE: 'blue',
  MIGRATING: 'violet',
  MIGRATED: 'green',
  CLOSED: 'gray',
} as const;

export const steps = [
  'MATCH',
  'CONTACT',
  'CARD',
  'CHECKOUT',
  'TERMS',
  'DONE',
] as const satisfies readonly CounterStep[];

export const stepNames: Record<CounterStep, string> = {
  MATCH: 'Match',
  CONTACT: 'Contact',
  CARD: 'Card',
  CHECKOUT: 'Checkout',
  TERMS: 'Terms',
  DONE: 'Done',
};

const matches: Record<string, string> = {
  plate: 'plate',
  rfid: 'tag',
  memberNumber: 'member number',
  phone: 'phone',
  email: 'email',
  name: 'name',
};

/** "Found by plate and phone". */
export const foundBy = (matchedBy: readonly string[]) =>
  matchedBy.length === 0
    ? ''
    : `Found by ${new Intl.ListFormat('en-US').format(matchedBy.map((each) => matches[each] ?? each))}`;

/** How a membership stands in the old system. */
export const legacyStates: Record<LegacyState, string> = {
  ACTIVE: 'Active',
  PAUSED: 'Paused',
  PAST_DUE: 'Payment overdue',
  CANCELLED: 'Cancelled',
  CANCELLATION_RECORDED: 'Cancelled',
};

export const nothingToday = 'Nothing is charged today';

/** Why no card was saved, for the attendant who stands beside the customer. */
export const cardProblems: ProblemWords = {
  expired_card: 'The card has expired. Ask for another one.',
  incorrect_cvc: 'The security code is not right.',
  processing_error: 'The card could not be read just now. Try again in a moment.',
  setup_intent_authentication_failure:
    'The bank did not confirm the customer. Try again, or ask for another card.',
  payment_method_microdeposit_failed: 'This account cannot be confirmed.',
  holderMissing: 'The name is missing.',
  mandateMissing: 'The authorization is missing.',
  methodMissing: 'No card is saved yet.',
  methodUnusable: 'What was saved cannot be charged. Ask for another card.',
  stripeAbsent: 'Stripe’s form could not be loaded. Check the connection and try again.',
  unreachable: 'The server could not be reached. Check the connection and try again.',
  failed: 'Something went wrong. Try again in a minute.',
  declined: 'The bank declined the card. Nothing was charged. Ask for another card.',
};

export const testMethodWords: Record<Does, string> = {
  testWorks: 'Works',
  testDeclinedLater: 'Is saved, and declined when it is charged',
  testDeclinedNow: 'Is declined at once',
  testAsksYou: 'Its bank asks the customer now',
  testAsksAlways: 'Its bank asks the customer at each charge',
  testLinked: 'Linked at once',
  testDeposit: 'Confirmed by a deposit',
  testNoDeposit: 'Cannot be confirmed',
};
