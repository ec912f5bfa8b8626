import { beforeEach, describe, expect, it } from 'vitest';

import { Trouble } from '../shared/ask';
import { confirmAtStandIn, testMethods } from '../shared/sandbox';
import { Server } from './testing';

const started = { clientSecret: 'seti_1_secret_2', publishableKey: 'pk_test_1' };
const confirm = (form: Record<string, string>, s = started) =>
  confirmAtStandIn('/sandbox/stripe', s, form, 'http://here/setup/');

describe('confirmAtStandIn', () => {
  let server: Server;
  let form: URLSearchParams;
  beforeEach(() => {
    server = new Server();
    server.confirm = (given) => {
      form = given;
      return { id: 'seti_1', status: 'succeeded' };
    };
  });

  it('sends what Stripe.js sends', async () => {
    expect(await confirm({ payment_method: 'pm_card_visa' })).toEqual({ kind: 'saved', intentId: 'seti_1' });
    expect(Object.fromEntries(form)).toEqual({
      payment_method: 'pm_card_visa',
      client_secret: 'seti_1_secret_2',
      key: 'pk_test_1',
      return_url: 'http://here/setup/',
    });
  });

  it('tells a declined card by its code', async () => {
    server.confirm = () => ({
      error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' },
    });
    expect(await confirm({})).toEqual({ kind: 'refused', problem: 'card_declined' });
  });

  it('leads to the bank’s page', async () => {
    server.confirm = () => ({
      id: 'seti_1',
      status: 'requires_action',
      next_action: { type: 'redirect_to_url', redirect_to_url: { url: '/bank' } },
    });
    expect(await confirm({})).toEqual({ kind: 'bank', intentId: 'seti_1', url: '/bank' });
  });

  it('takes an account that waits for its deposit', async () => {
    server.confirm = () => ({
      id: 'seti_1',
      status: 'requires_action',
      next_action: { type: 'verify_with_microdeposits' },
    });
    expect(await confirm({})).toEqual({ kind: 'saved', intentId: 'seti_1' });
  });

  it('gives up on any other error', async () => {
    server.confirm = () => ({ error: { type: 'invalid_request_error', message: 'No such setup_intent' } });
    await expect(confirm({})).rejects.toThrow(Trouble);
  });

  it('sends nothing with a live key', async () => {
    const live = { ...started, publishableKey: 'pk_live_1' };
    await expect(confirm({}, live)).rejects.toThrow('no stand-in');
    expect(server.asked).toEqual([]);
  });
});

describe('testMethods', () => {
  it('name the holder of an account and no number of a card', () => {
    for (const method of testMethods.US_BANK_ACCOUNT) {
      expect(method.form('Dana C')['payment_method_data[billing_details][name]']).toBe('Dana C');
    }
    for (const method of testMethods.CARD) expect(Object.keys(method.form(''))).toEqual(['payment_method']);
  });
});
