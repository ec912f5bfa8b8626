import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { nameStandIn, usd, visit } from '../setup/testing';
import { App } from './app';
import { takeLink, underWay } from './link';
import { anAccount, aReservation, Server } from './testing';

let server: Server;

beforeEach(() => {
  sessionStorage.clear();
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['en-US']);
  visit('/account');
  nameStandIn();
  server = new Server();
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const open = (returned: Parameters<typeof App>[0]['returned'] = null) =>
  render(<App link={takeLink()} returned={returned} />);
const button = (name: string) => screen.findByRole('button', { name });
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

describe('a mailed link', () => {
  it('leaves the address and the history at once, and is used by a click', async () => {
    visit('/account#k1.token');
    const entries = history.length;
    open();
    expect(location.hash).toBe('');
    expect(history.length).toBe(entries);
    const enter = await button('Open my account');
    expect(server.asked).toEqual([]); // whatever looks at links in emails does not use it up
    fireEvent.click(enter);
    fireEvent.click(enter);
    await heading('Hello Dana');
    expect(server.inputs('SignInWithLink')).toEqual([{ token: 'k1.token' }]);
    expect(JSON.stringify(sessionStorage)).not.toContain('k1.token');
  });

  it('that opens nothing any more leads to a new one', async () => {
    server.link = () => false;
    visit('/account#k1.token');
    open();
    fireEvent.click(await button('Open my account'));
    await heading('This link no longer opens');
    await button('Send me a link');
  });

  it('is taken where this page is open already', async () => {
    server.signedIn = false;
    open();
    await heading('Sign in to your account');
    location.hash = '#k1.token';
    dispatchEvent(new Event('hashchange'));
    await button('Open my account');
    expect(location.hash).toBe('');
  });
});

describe('the form that asks for a link', () => {
  beforeEach(() => {
    server.signedIn = false;
  });

  it('says the same whatever the address is', async () => {
    open();
    await heading('Sign in to your account');
    type('Email address', ' dana@home.example ');
    fireEvent.click(await button('Send me a link'));
    await heading('Look at your email');
    await screen.findByText(/If there is an account with dana@home.example/);
    expect(server.inputs('RequestSignInLink')).toEqual([{ email: 'dana@home.example', language: 'EN' }]);
  });

  it('asks for an address that is one', async () => {
    open();
    await heading('Sign in to your account');
    type('Email address', 'dana');
    fireEvent.click(await button('Send me a link'));
    await screen.findByText(/like ana@example.com/);
    expect(server.inputs('RequestSignInLink')).toEqual([]);
  });
});

describe('the account', () => {
  it('leads to the bank that wants a payment confirmed, and looks again', async () => {
    server.account = () =>
      anAccount({
        reservations: [
          aReservation({
            asked: 'CONFIRM_PAYMENT',
            confirmation: {
              isPayment: true,
              amount: usd('129.00'),
              clientSecret: 'pi_1_secret_2',
              publishableKey: 'pk_test_1',
              url: 'https://stripe.example/invoice',
              untilOn: null,
            },
          }),
        ],
      });
    open();
    await screen.findByText(/wants you to confirm a payment of \$129.00/);
    expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'Confirm now' }).href).toBe(
      'https://stripe.example/invoice',
    );
    server.account = () => anAccount();
    fireEvent.click(await button('I have confirmed it'));
    await screen.findByText('There is nothing for you to do.');
  });

  it('shows what is charged next, how, and how things stand', async () => {
    const { container } = open();
    await heading('Hello Dana');
    for (const text of [
      'North Light Studio',
      'Studio 9',
      'Greenpoint Art Lofts',
      'Active',
      'Next charge, on April 15, 2026',
      '$129.00',
      'Visa ending 4242',
      'dana@home.example',
      'March 11, 2026',
    ]) {
      expect(container.textContent).toContain(text);
    }
  });

  it('shows what is asked and the way there', async () => {
    server.account = () =>
      anAccount({
        reservations: [
          aReservation({
            status: 'PAYMENT_FAILED',
            asked: 'NEW_PAYMENT_METHOD',
            askedReason: 'The card was declined.',
            askedUrl: 'https://move.example/setup/k1.x',
            nextCharge: null,
            changeableTo: [],
          }),
        ],
      });
    open();
    await screen.findByText('Please give another payment method');
    expect(screen.getByText('The card was declined.')).toBeTruthy();
    expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'Go on' }).href).toBe(
      'https://move.example/setup/k1.x',
    );
    expect(screen.queryByRole('button', { name: 'Change payment method' })).toBeNull();
  });

  it('says whom to ask where the link has expired', async () => {
    server.account = () =>
      anAccount({ reservations: [aReservation({ asked: 'SUBMIT_AGAIN', changeableTo: [] })] });
    open();
    await screen.findByText(/Ask Greenpoint Art Lofts to send you a new one/);
  });

  it('is left by signing out', async () => {
    open();
    fireEvent.click(await button('Sign out'));
    await heading('Sign in to your account');
  });

  it('stays left where an answer from before arrives after that', async () => {
    open();
    const out = await button('Sign out');
    let arrive = () => {};
    server.way = (operation) =>
      operation === 'Account' ? new Promise((resolve) => (arrive = resolve)) : Promise.resolve();
    fireEvent.click(screen.getByRole('button', { name: 'Español' }));
    await waitFor(() => expect(server.asked.filter((each) => each.operation === 'Account')).toHaveLength(2));
    fireEvent.click(out);
    await heading('Entre en su cuenta');
    arrive();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await heading('Entre en su cuenta');
  });

  it('asks for another address', async () => {
    server.email = () => ({ account: anAccount({ requestedEmail: 'new@home.example' }), userErrors: [] });
    open();
    fireEvent.click(await button('Change address'));
    type('Your new address', 'new@home.example');
    fireEvent.click(await button('Ask for the change'));
    await screen.findByText(/You asked for new@home.example/);
    expect(server.inputs('RequestEmailChange')).toEqual([{ email: 'new@home.example' }]);
  });

  it('speaks Spanish', async () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['es-US']);
    open();
    await heading('Hola, Dana');
    await screen.findByText('Próximo cobro, el 15 de abril de 2026');
  });
});

describe('another payment method', () => {
  const pending = {
    state: 'PENDING' as const,
    paymentMethod: 'Mastercard ending 4444',
    reason: '',
    verificationUrl: null,
  };

  it('is saved and handed in with one click', async () => {
    server.change = () => ({
      account: anAccount({ reservations: [aReservation({ methodChange: pending })] }),
      userErrors: [],
    });
    open();
    fireEvent.click(await button('Change payment method'));
    const save = await button('Save this card');
    fireEvent.click(save);
    fireEvent.click(save);
    await screen.findByText(/Changing to Mastercard ending 4444/);
    expect(server.inputs('ChangePaymentMethod')).toEqual([
      { reservationId: 'rsv_1', setupIntentId: 'seti_1', acceptMandate: false, language: 'EN' },
    ]);
    expect(screen.queryByRole('button', { name: 'Save this card' })).toBeNull();
  });

  it('is looked after until Stripe was told', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    server.account = () => anAccount({ reservations: [aReservation({ methodChange: pending })] });
    open();
    await screen.findByText(/Changing to Mastercard/);
    server.account = () =>
      anAccount({
        reservations: [
          aReservation({
            paymentMethod: 'Mastercard ending 4444',
            methodChange: { ...pending, state: 'DONE' },
          }),
        ],
      });
    await vi.advanceTimersByTimeAsync(2500);
    await waitFor(() => expect(screen.queryByText(/Changing to/)).toBeNull());
    expect(screen.getByText('Mastercard ending 4444')).toBeTruthy();
    expect(screen.getByText(/^Done: Mastercard ending 4444/)).toBeTruthy();
    vi.useRealTimers();
  });

  it('from a bank account needs its mandate accepted', async () => {
    server.account = () =>
      anAccount({
        reservations: [aReservation({ changeableTo: ['US_BANK_ACCOUNT'], mandate: 'I authorize these.' })],
      });
    open();
    fireEvent.click(await button('Change payment method'));
    fireEvent.input(screen.getByLabelText('Account holder’s full name'), { target: { value: 'Dana W' } });
    fireEvent.click(await button('Save this bank account'));
    await screen.findByText('Please authorize the debits first.');
    fireEvent.click(screen.getByLabelText('I authorize these debits.'));
    fireEvent.click(await button('Save this bank account'));
    await waitFor(() =>
      expect(server.inputs('ChangePaymentMethod')[0]).toMatchObject({ acceptMandate: true }),
    );
  });

  it('that the bank confirmed is handed in when the tenant comes back', async () => {
    underWay.set('rsv_1');
    server.change = () => ({
      account: anAccount({ reservations: [aReservation({ methodChange: pending })] }),
      userErrors: [],
    });
    open({ type: 'CARD', intentId: 'seti_9', label: 'Visa 3155', succeeded: true });
    await screen.findByText(/Changing to Mastercard/);
    expect(server.inputs('ChangePaymentMethod')).toMatchObject([{ setupIntentId: 'seti_9' }]);
  });

  it('that cannot be used says so, and what was before stays', async () => {
    server.change = () => ({
      account: anAccount(),
      userErrors: [{ code: 'PAYMENT_METHOD_UNUSABLE', field: null, message: 'This card was removed again.' }],
    });
    open();
    fireEvent.click(await button('Change payment method'));
    fireEvent.click(await button('Save this card'));
    expect((await screen.findByText('This card was removed again.')).lang).toBe('en');
    expect(screen.getByText('Visa ending 4242')).toBeTruthy();
  });

  it('that cannot be begun says why', async () => {
    server.start = () => ({
      clientSecret: null,
      publishableKey: null,
      userErrors: [{ code: 'WRONG_STATE', field: null, message: 'This subscription has ended.' }],
    });
    open();
    fireEvent.click(await button('Change payment method'));
    fireEvent.click(await button('Save this card'));
    await screen.findByText('This subscription has ended.');
  });

  it('leads to signing in where that has ended meanwhile', async () => {
    server.errors = (operation) =>
      operation === 'StartMethodChange'
        ? [{ message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } }]
        : [];
    open();
    fireEvent.click(await button('Change payment method'));
    fireEvent.click(await button('Save this card'));
    await heading('Sign in to your account');
  });

  it('that failed later says why', async () => {
    server.account = () =>
      anAccount({
        reservations: [
          aReservation({
            methodChange: { ...pending, state: 'FAILED', reason: 'It was not verified in time.' },
          }),
        ],
      });
    open();
    await screen.findByText(/Mastercard ending 4444 could not be used/);
    await screen.findByText(/It was not verified in time/);
  });
});

describe('a connection that breaks', () => {
  it('can be tried again', async () => {
    const account = server.account;
    server.account = () => {
      throw new TypeError('Failed to fetch');
    };
    open();
    await heading('Your account could not be opened');
    server.account = account;
    fireEvent.click(await button('Try again'));
    await heading('Hello Dana');
  });
});
