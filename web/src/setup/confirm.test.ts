import { describe, expect, it } from 'vitest';

import { bankPage } from './confirm';

const card = {
  isPayment: false,
  clientSecret: 'seti_1_secret_2',
  publishableKey: 'pk_1',
  url: null,
  untilOn: '2026-04-03',
};

describe('bankPage', () => {
  it('is Stripe’s own where there is one', () => {
    expect(bankPage({ ...card, url: 'https://stripe.example/1' }, '/sandbox/stripe')).toBe(
      'https://stripe.example/1',
    );
  });
  it('is the stand-in’s for a card, and for a payment', () => {
    expect(bankPage(card, '/base')).toBe('/base/sandbox/setup_intents/seti_1/bank');
    expect(bankPage({ ...card, isPayment: true, clientSecret: 'pi_1_secret_2' }, '/base')).toBe(
      '/base/sandbox/payment_intents/pi_1/bank',
    );
  });
  it('is left to Stripe.js otherwise, and holds no secret', () => {
    expect(bankPage(card, null)).toBeNull();
    expect(bankPage(card, '/base')).not.toContain('secret');
  });
});
