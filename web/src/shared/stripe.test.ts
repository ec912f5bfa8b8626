import type { Stripe } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { openStripeForm } from './stripe';

vi.mock('@stripe/stripe-js/pure', () => ({ loadStripe: vi.fn() }));
afterEach(() => vi.clearAllMocks());

const started = { clientSecret: 'seti_1_secret_2', publishableKey: 'pk_live_1' };

function stripeAnswers(confirmed: object) {
  const mount = vi.fn();
  const confirmSetup = vi.fn().mockResolvedValue(confirmed);
  const elements = () => ({ create: () => ({ mount }) });
  vi.mocked(loadStripe).mockResolvedValue({ elements, confirmSetup } as unknown as Stripe);
  return { mount, confirmSetup };
}

async function save(confirmed: object) {
  stripeAnswers(confirmed);
  const form = await openStripeForm(started, document.createElement('div'), 'es');
  return form!.save('https://here.example/setup/');
}

describe('openStripeForm', () => {
  it('shows Stripe’s form in the reader’s language', async () => {
    const { mount } = stripeAnswers({});
    const into = document.createElement('div');
    await openStripeForm(started, into, 'es');
    expect(mount).toHaveBeenCalledWith(into);
    expect(loadStripe).toHaveBeenCalledWith('pk_live_1', { locale: 'es' });
  });

  it('is null where Stripe.js does not load', async () => {
    vi.mocked(loadStripe).mockRejectedValue(new Error('Failed to load Stripe.js'));
    expect(await openStripeForm(started, document.createElement('div'), 'en')).toBeNull();
  });

  it.each([
    ['saved', { setupIntent: { id: 'seti_1', status: 'succeeded' } }, { kind: 'saved', intentId: 'seti_1' }],
    [
      'refused',
      { error: { type: 'card_error', code: 'expired_card' } },
      { kind: 'refused', problem: 'expired_card' },
    ],
    ['left to the form itself', { error: { type: 'validation_error', code: 'incomplete_number' } }, null],
    [
      'undecided',
      { setupIntent: { id: 'seti_1', status: 'requires_payment_method' } },
      { kind: 'refused', problem: 'processing_error' },
    ],
  ])('%s', async (_, confirmed, outcome) => expect(await save(confirmed)).toEqual(outcome));
});
