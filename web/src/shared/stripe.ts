// Stripe's Payment Element: https://docs.stripe.com/payments/payment-element. Loaded from Stripe, as its terms ask, and only
// after the token has left the address: Stripe.js reports the address of the page that it is on.
import { loadStripe } from '@stripe/stripe-js/pure';

import { type Attempt, attemptOf, type Started } from './paying';

export interface OpenForm {
  /** Null where the form itself says what is missing. */
  save: (returnUrl: string) => Promise<Attempt | null>;
}

/** Opens the form in an element. Null where Stripe.js does not load. */
export async function openStripeForm(
  started: Started,
  into: HTMLElement,
  locale: 'en' | 'es',
  dark = matchMedia('(prefers-color-scheme: dark)').matches,
): Promise<OpenForm | null> {
  const stripe = await loadStripe(started.publishableKey, { locale }).catch(() => null);
  if (!stripe) return null;
  const elements = stripe.elements({
    clientSecret: started.clientSecret,
    appearance: { theme: dark ? 'night' : 'stripe' },
  });
  elements.create('payment').mount(into);
  return {
    async save(returnUrl) {
      const { error, setupIntent } = await stripe.confirmSetup({
        elements,
        redirect: 'if_required',
        confirmParams: { return_url: returnUrl },
      });
      if (error?.type === 'validation_error') return null;
      if (error) return { kind: 'refused', problem: error.code ?? '' };
      return attemptOf(setupIntent) ?? { kind: 'refused', problem: 'processing_error' };
    },
  };
}
