// How a card or bank account gets saved, whoever takes it: Stripe's own form, or the demo's stand-in.
import type { Trouble } from './ask';

/** What Stripe.js needs to save one method. Asking for it makes no charge. */
export interface Started {
  clientSecret: string;
  publishableKey: string;
}

/** How it ended. `bank` leads to a bank's page, which sends the tenant back to the address they left from. */
export type Attempt =
  | { kind: 'saved'; intentId: string }
  | { kind: 'bank'; intentId: string; url: string }
  | { kind: 'refused'; problem: Problem };

/** Why there is no saved method: a word of ours, Stripe's error code, or what the server said. */
export type Problem = string | Said;

/** A sentence of the server's for the person, in English. */
export interface Said {
  said: string;
}

/** What a person reads of a trouble: what the server said, or a word of ours. */
export const problemOf = (trouble: Trouble): Problem =>
  trouble.said ? { said: trouble.said } : trouble.kind;

/** Stripe's SetupIntent, as far as a page sees it: https://docs.stripe.com/api/setup_intents/object. */
export interface Intent {
  id: string;
  status: string;
  next_action?: { type: string; redirect_to_url?: { url: string | null } } | null;
}

/** Reads an intent that was confirmed. Null where it came to nothing. */
export function attemptOf(intent: Intent): Attempt | null {
  const bank = intent.next_action?.redirect_to_url?.url;
  // A bank account that waits for the code of a deposit can be handed in: the location waits for it, not the tenant.
  const waits = intent.next_action?.type === 'verify_with_microdeposits' || intent.status === 'processing';
  if (intent.status === 'succeeded' || waits) return { kind: 'saved', intentId: intent.id };
  return bank ? { kind: 'bank', intentId: intent.id, url: bank } : null;
}

const known = [
  'expired_card',
  'incorrect_cvc',
  'processing_error',
  'setup_intent_authentication_failure',
  'payment_method_microdeposit_failed',
  'holderMissing',
  'mandateMissing',
  'methodMissing',
  'methodUnusable',
  'stripeAbsent',
  'unreachable',
  'failed',
] as const;

/** What a page says of each problem. */
export type ProblemWords = Readonly<Record<(typeof known)[number] | 'declined', string>>;

/** The same for the person. A code that is not known (https://docs.stripe.com/error-codes) is the bank's own no. */
export function problemWords(problem: Problem, words: ProblemWords): string {
  if (typeof problem !== 'string') return problem.said;
  return words[known.find((each) => each === problem) ?? 'declined'];
}
