// Stripe.js's part where the server runs the demo's stand-in for Stripe: named test methods instead of numbers.
//
// There is no field for a card's number here, and the server names a stand-in only where it serves one itself: a card that
// exists cannot get here. What the methods do is Stripe's, see https://docs.stripe.com/testing.
import type { PaymentMethodType } from '../gql/graphql';
import { post, Trouble } from './ask';
import { type Attempt, attemptOf, type Intent, type Started } from './paying';

/** What a test method does. */
export type Does =
  | 'testWorks'
  | 'testDeclinedLater'
  | 'testDeclinedNow'
  | 'testAsksYou'
  | 'testAsksAlways'
  | 'testLinked'
  | 'testDeposit'
  | 'testNoDeposit';

/** One method to choose from. */
export interface TestMethod {
  name: string;
  /** The key of a page's words for it. */
  does: Does;
  /** What Stripe.js would send for it, for an account holder's name. */
  form: (holder: string) => Record<string, string>;
}

/** Where the stand-in is, or null where the page talks to Stripe. The server says so in the page's head. */
export function standIn(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="stripe-base"]')?.content || null;
}

const named = (id: string) => () => ({ payment_method: id });

const account = (details: Record<string, string>) => (holder: string) => ({
  'payment_method_data[type]': 'us_bank_account',
  'payment_method_data[billing_details][name]': holder,
  'payment_method_data[us_bank_account][account_holder_type]': 'individual',
  ...Object.fromEntries(
    Object.entries(details).map(([key, value]) => [`payment_method_data[us_bank_account][${key}]`, value]),
  ),
});

const numbered = (number: string) => account({ account_number: number, routing_number: '110000000' });

/** What there is to choose from. */
export const testMethods: Record<PaymentMethodType, readonly TestMethod[]> = {
  CARD: [
    { name: 'Visa 4242', does: 'testWorks', form: named('pm_card_visa') },
    { name: 'Visa 0341', does: 'testDeclinedLater', form: named('pm_card_chargeCustomerFail') },
    { name: 'Visa 0002', does: 'testDeclinedNow', form: named('pm_card_visa_chargeDeclined') },
    { name: 'Visa 3155', does: 'testAsksYou', form: named('pm_card_authenticationRequiredOnSetup') },
    { name: 'Visa 3184', does: 'testAsksAlways', form: named('pm_card_authenticationRequired') },
  ],
  US_BANK_ACCOUNT: [
    { name: 'Bank 6789', does: 'testLinked', form: account({ financial_connections_account: 'fca_test' }) },
    { name: 'Bank 6789', does: 'testDeposit', form: numbered('000123456789') },
    { name: 'Bank 6661', does: 'testNoDeposit', form: numbered('000666666661') },
  ],
};

interface Answer extends Intent {
  error?: { type: string; code?: string; message: string };
}

/** Confirms the SetupIntent as Stripe.js does, https://docs.stripe.com/api/setup_intents/confirm. Nothing is charged. */
export async function confirmAtStandIn(
  base: string,
  started: Started,
  method: Record<string, string>,
  returnUrl: string,
): Promise<Attempt> {
  if (started.publishableKey.startsWith('pk_live_')) {
    throw new Trouble('failed', 'A live key belongs to Stripe and to no stand-in.');
  }
  const [intentId = ''] = started.clientSecret.split('_secret_');
  const form = new URLSearchParams({
    ...method,
    client_secret: started.clientSecret,
    key: started.publishableKey,
    return_url: returnUrl,
  });
  const url = `${base}/v1/setup_intents/${encodeURIComponent(intentId)}/confirm`;
  const answer = await post<Answer>(url, 'application/x-www-form-urlencoded', form.toString());
  const code = answer.error?.code ?? '';
  if (answer.error?.type === 'card_error' || code === 'payment_method_microdeposit_failed') {
    return { kind: 'refused', problem: code };
  }
  const attempt = answer.error ? null : attemptOf(answer);
  if (!attempt) throw new Trouble('failed', answer.error?.message ?? `The SetupIntent is ${answer.status}.`);
  return attempt;
}
