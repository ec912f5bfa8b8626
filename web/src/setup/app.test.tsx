import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { App } from './app';
import { draft, takeToken } from './tab';
import { anOffer, aSetup, nameStandIn, Server, usd, visit } from './testing';

let server: Server;

beforeEach(() => {
  sessionStorage.clear();
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['en-US']);
  visit('/setup/tok-1');
  nameStandIn();
  server = new Server();
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const open = (returned: Parameters<typeof App>[0]['returned'] = null) =>
  render(<App token={takeToken()} returned={returned} />);
const button = (name: string) => screen.findByRole('button', { name });
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
const asked = (operation: string) => server.asked.filter((each) => each === operation).length;

async function saveCard() {
  fireEvent.click(await button('Save this card'));
  await screen.findByText('Your card is saved.');
}

async function sign() {
  fireEvent.input(screen.getByLabelText(/^Your full name/), { target: { value: ' Dana Whitfield ' } });
  fireEvent.click(screen.getByLabelText(/I have read the terms/));
  fireEvent.click(await button('Agree and send'));
}

describe('an open offer', () => {
  it('shows plan, unit, location, both prices and both starts', async () => {
    const { container } = open();
    await heading(/Hello Dana/);
    for (const text of [
      'North Light Studio',
      'Studio 9',
      'the 15th',
      '$129.00',
      '$119.00',
      'April 15, 2026',
    ]) {
      expect(container.textContent).toContain(text);
    }
  });

  it('is submitted with what was shown, signed and saved', async () => {
    open();
    await saveCard();
    await sign();
    await heading('Thank you, Dana. We have everything');
    expect(server.submitted).toEqual([
      {
        token: 'tok-1',
        setupIntentId: 'seti_1',
        digest: 'digest-1',
        acceptTerms: true,
        acceptMandate: false,
        signature: { kind: 'TYPED', name: 'Dana Whitfield' },
        language: 'EN',
      },
    ]);
    expect(screen.getByText(/one full month \(\$129.00\)/)).toBeTruthy();
    expect(draft.saved()).toBeNull();
  });

  describe('signed by hand', () => {
    beforeEach(() => {
      vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue('data:image/png;base64,aW5r');
      vi.spyOn(HTMLCanvasElement.prototype, 'getBoundingClientRect').mockReturnValue(
        new DOMRect(0, 0, 300, 120),
      );
      HTMLCanvasElement.prototype.setPointerCapture = () => {};
    });

    const pointer = (type: string, x: number, more: PointerEventInit = {}) =>
      fireEvent(
        screen.getByRole('img', { name: /Your signature/ }),
        new PointerEvent(type, { clientX: x, clientY: 60, isPrimary: true, bubbles: true, ...more }),
      );

    function stroke(from: number, to: number) {
      pointer('pointerdown', from);
      pointer('pointermove', to);
      pointer('pointerup', to);
    }

    it('hands in the drawing with the name beside it', async () => {
      open();
      await saveCard();
      fireEvent.click(screen.getByLabelText('Draw my signature'));
      stroke(20, 220);
      await screen.findByRole('img', { name: 'Your signature, drawn' });
      await sign();
      await heading(/Thank you/);
      expect(server.submitted[0]?.signature).toEqual({
        kind: 'DRAWN',
        name: 'Dana Whitfield',
        imageBase64: 'aW5r',
      });
    });

    it('is not taken empty, as a dot, or cleared, and leads to the other way', async () => {
      open();
      await saveCard();
      fireEvent.click(screen.getByLabelText('Draw my signature'));
      await sign();
      await screen.findByText(/Or type your name instead/);
      await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Draw my signature')));
      stroke(20, 21);
      fireEvent.click(await button('Agree and send'));
      await screen.findByText(/Or type your name instead/);
      stroke(20, 220);
      fireEvent.click(await button('Clear and draw again'));
      await screen.findByRole('img', { name: /nothing is drawn yet/ });
      fireEvent.click(await button('Agree and send'));
      await screen.findByText(/Or type your name instead/);
      expect(asked('SubmitSetup')).toBe(0);
      fireEvent.click(screen.getByLabelText('Type my name'));
      fireEvent.click(await button('Agree and send'));
      await heading(/Thank you/);
      expect(server.submitted[0]?.signature).toEqual({ kind: 'TYPED', name: 'Dana Whitfield' });
    });

    it('takes one finger alone, and no other button of a mouse', async () => {
      open();
      await saveCard();
      fireEvent.click(screen.getByLabelText('Draw my signature'));
      pointer('pointerdown', 20, { isPrimary: false });
      pointer('pointerdown', 20, { button: 2 });
      pointer('pointermove', 220);
      pointer('pointerup', 220);
      expect(screen.getByRole('img', { name: /nothing is drawn yet/ })).toBeTruthy();
    });
  });

  it('is submitted once by a double click', async () => {
    open();
    await saveCard();
    const send = await button('Agree and send');
    fireEvent.input(screen.getByLabelText(/as your signature/), { target: { value: 'Dana' } });
    fireEvent.click(screen.getByLabelText(/I have read the terms/));
    fireEvent.click(send);
    fireEvent.click(send);
    await heading(/Thank you/);
    expect(asked('SubmitSetup')).toBe(1);
  });

  it('saves one card by a double click', async () => {
    open();
    const save = await button('Save this card');
    fireEvent.click(save);
    fireEvent.click(save);
    await screen.findByText('Your card is saved.');
    expect(asked('StartSetup')).toBe(1);
  });

  it('sends nothing while something is missing, and leads there', async () => {
    open();
    fireEvent.click(await button('Agree and send'));
    await screen.findByText('Sign with your full name.');
    expect(screen.getByText('Please agree to the terms.')).toBeTruthy();
    expect(screen.getByText('Not saved yet. Please save it first.')).toBeTruthy();
    expect(asked('SubmitSetup')).toBe(0);
    await waitFor(() => expect(document.activeElement?.getAttribute('name')).toBe('method'));
  });

  it('can be paid from a bank account once its mandate is accepted', async () => {
    open();
    fireEvent.click(await screen.findByLabelText(/From a bank account/));
    fireEvent.input(screen.getByLabelText('Account holder’s full name'), { target: { value: 'Dana W' } });
    fireEvent.click(await button('Save this bank account'));
    await screen.findByText('Please authorize the debits first.');
    expect(asked('StartSetup')).toBe(0);
    fireEvent.click(screen.getByLabelText('I authorize these debits.'));
    fireEvent.click(await button('Save this bank account'));
    await screen.findByText('Your bank account is saved.');
    await sign();
    await heading(/Thank you/);
    expect(server.submitted[0]).toMatchObject({ acceptMandate: true });
  });

  it('shows what a bank account is charged, and when, once it is chosen', async () => {
    const { container } = open();
    fireEvent.click(await screen.findByLabelText(/From a bank account/));
    const starts = container.querySelector('.starts')!;
    expect(starts.textContent).toContain('$119.00');
    expect(starts.textContent).not.toContain('$129.00');
    expect(container.textContent).toContain('once your bank has confirmed the account');
  });

  it('tells what follows with the bank account’s amounts', async () => {
    open();
    fireEvent.click(await screen.findByLabelText(/From a bank account/));
    fireEvent.input(screen.getByLabelText('Account holder’s full name'), { target: { value: 'Dana W' } });
    fireEvent.click(screen.getByLabelText('I authorize these debits.'));
    fireEvent.click(await button('Save this bank account'));
    await screen.findByText('Your bank account is saved.');
    await sign();
    await screen.findByText(/one full month \(\$119.00\)/);
  });

  it('shows where messages go, and takes another address along', async () => {
    open();
    await screen.findByText('dana@home.example');
    fireEvent.click(await button('Use another address'));
    await saveCard();
    await sign();
    await screen.findByText(/like ana@example.com/);
    expect(asked('SubmitSetup')).toBe(0);
    fireEvent.input(screen.getByLabelText('Your email address'), {
      target: { value: ' dana@mended.example ' },
    });
    fireEvent.click(await button('Agree and send'));
    await heading(/Thank you/);
    expect(server.submitted[0]).toMatchObject({ email: 'dana@mended.example' });
    expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'Open your account' }).pathname).toBe(
      '/account',
    );
    expect(draft.email()).toBeNull();
  });

  it('keeps the address on file where the tenant thinks again', async () => {
    open();
    fireEvent.click(await button('Use another address'));
    fireEvent.click(await button('Keep the one you have'));
    await saveCard();
    await sign();
    await heading(/Thank you/);
    expect(server.submitted[0]).not.toHaveProperty('email');
  });

  it('offers a card alone where bank accounts are not taken', async () => {
    server.setup = () => aSetup({ offer: anOffer({ ach: null, achStarts: null, mandate: null }) });
    open();
    await button('Save this card');
    expect(screen.queryByLabelText(/From a bank account/)).toBeNull();
  });

  it('keeps the card and the name over a reload', async () => {
    open();
    await saveCard();
    fireEvent.input(screen.getByLabelText(/as your signature/), { target: { value: 'Dana W' } });
    await waitFor(() => expect(draft.name()).toBe('Dana W'));
    cleanup();
    open();
    await screen.findByText('Your card is saved.');
    expect(screen.getByLabelText<HTMLInputElement>(/as your signature/).value).toBe('Dana W');
  });
});

describe('a card', () => {
  it('that is declined can be followed by another', async () => {
    server.confirm = () => ({ error: { type: 'card_error', code: 'card_declined', message: 'Declined.' } });
    open();
    fireEvent.click(await button('Save this card'));
    await screen.findByText(/Your bank declined the card/);
    server.confirm = () => ({ id: 'seti_1', status: 'succeeded' });
    await saveCard();
    expect(screen.queryByText(/Your bank declined the card/)).toBeNull();
  });

  it('that the bank confirmed is saved when the tenant comes back', async () => {
    open({ type: 'CARD', intentId: 'seti_9', label: 'Visa 3155', succeeded: true });
    await screen.findByText('Your card is saved.');
    await sign();
    await heading(/Thank you/);
    expect(server.submitted[0]).toMatchObject({ setupIntentId: 'seti_9' });
  });

  it('that the bank did not confirm is not', async () => {
    open({ type: 'CARD', intentId: 'seti_9', label: 'Visa 3155', succeeded: false });
    await screen.findByText(/did not confirm that it is you/);
    await button('Save this card');
  });

  it('that cannot be used has to be saved again', async () => {
    server.submit = () => ({
      setup: null,
      userErrors: [{ code: 'PAYMENT_METHOD_UNUSABLE', field: null, message: '' }],
    });
    open();
    await saveCard();
    await sign();
    await screen.findByText(/can’t be used for this offer/);
    await waitFor(() => expect(draft.saved()).toBeNull());
  });

  it('that comes at a bad moment can be sent again as it is', async () => {
    let busy = true;
    server.submit = () =>
      busy
        ? { setup: null, userErrors: [{ code: 'BUSY', field: null, message: 'An import holds it.' }] }
        : { setup: aSetup({ state: 'SUBMITTED' }), userErrors: [] };
    open();
    await saveCard();
    await sign();
    await screen.findByText(/send it again in a moment\. You can send again without worry/);
    expect(screen.queryByText(/An import/)).toBeNull();
    expect(draft.saved()).not.toBeNull();
    busy = false;
    fireEvent.click(await button('Agree and send'));
    await heading(/We have everything/);
  });

  it('of an attempt that came to nothing is not taken for a new one', async () => {
    server.submit = () => ({ setup: aSetup(), userErrors: [] });
    open();
    await saveCard();
    await sign();
    await screen.findByText(/can’t be used for this offer/);
  });
});

describe('an offer that changes meanwhile', () => {
  it('is shown anew, with what is new, and has to be signed again', async () => {
    const now = anOffer({ digest: 'digest-2', card: { ...anOffer().card, total: usd('139.00') } });
    server.submit = ({ digest }) =>
      digest === 'digest-2'
        ? { setup: aSetup({ state: 'SUBMITTED' }), userErrors: [] }
        : {
            setup: aSetup({ offer: now }),
            userErrors: [{ code: 'QUOTE_CHANGED', field: ['digest'], message: '' }],
          };
    open();
    await saveCard();
    await sign();
    await screen.findByText('By card: $139.00 per month instead of $129.00');
    expect(screen.getByLabelText<HTMLInputElement>(/I have read/).checked).toBe(false);
    expect(screen.getByLabelText<HTMLInputElement>(/as your signature/).value).toBe('');
    await sign();
    await heading(/Thank you/);
    expect(server.submitted.map((each) => each.digest)).toEqual(['digest-1', 'digest-2']);
  });
});

describe('a link that is not open', () => {
  it.each([
    ['SUBMITTED', 'Thank you, Dana. We have everything'],
    ['CONFIRM', 'Thank you, we are checking'], // asked for nothing any more
    ['DONE', 'You are all set'],
    ['EXPIRED', 'This link has expired'],
    ['REPLACED', 'There is a newer link'],
    ['REVOKED', 'This offer is no longer open'],
  ] as const)('%s', async (state, title) => {
    server.setup = () => aSetup({ state });
    open();
    const shown = await heading(title);
    await waitFor(() => expect(document.activeElement).toBe(shown));
  });

  it('is told apart from one that never was', async () => {
    server.setup = () => null;
    open();
    await heading('This link doesn’t open anything');
  });

  it('is asked for where this tab has none', async () => {
    visit('/setup/');
    open();
    await heading('Open the link from your message again');
    expect(server.asked).toEqual([]);
  });

  it('closes the form when it closes while it is filled in', async () => {
    open();
    await button('Save this card');
    server.setup = () => aSetup({ state: 'REVOKED' });
    server.start = () => ({
      clientSecret: null,
      publishableKey: null,
      userErrors: [{ code: 'LINK_CLOSED', field: ['token'], message: '' }],
    });
    fireEvent.click(await button('Save this card'));
    await heading('This offer is no longer open');
  });

  it('leads to the bank that wants the tenant, and looks again', async () => {
    server.setup = () =>
      aSetup({
        state: 'CONFIRM',
        confirmation: {
          isPayment: true,
          clientSecret: 'pi_1_secret_2',
          publishableKey: 'pk_test_1',
          url: 'https://stripe.example/invoice',
          untilOn: '2026-04-03',
        },
      });
    open();
    const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Confirm now' });
    expect(link.href).toBe('https://stripe.example/invoice');
    server.setup = () => aSetup({ state: 'DONE' });
    fireEvent.click(await button('I have confirmed it'));
    await heading('You are all set');
    expect(screen.queryByText('What is charged next')).toBeNull();
  });

  it('says what is charged next once all is done', async () => {
    server.setup = () => aSetup({ state: 'DONE', nextCharge: { on: '2026-04-15', amount: usd('129.00') } });
    open();
    const box = await screen.findByRole('region', { name: 'What is charged next' });
    expect(box.textContent).toContain('On April 15, 2026');
    expect(box.textContent).toContain('$129.00');
  });

  it('looks again while the bank’s answer is on its way', async () => {
    server.setup = () => aSetup({ state: 'CONFIRM' });
    open();
    await heading('Thank you, we are checking');
    expect(screen.queryByText(/One step is left/)).toBeNull();
    server.setup = () => aSetup({ state: 'DONE' });
    fireEvent.click(await button('Look again'));
    await heading('You are all set');
  });

  it('shows how a bank account gets confirmed', async () => {
    server.setup = () =>
      aSetup({
        state: 'SUBMITTED',
        verification: {
          depositArrivesOn: '2026-04-03',
          deadlineOn: '2026-04-11',
          url: 'https://stripe.example/code',
        },
      });
    open();
    const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Enter the code' });
    expect(link.href).toBe('https://stripe.example/code');
    expect(screen.getByText(/by April 3, 2026.*by April 11, 2026/)).toBeTruthy();
  });

  it('says why it is open again', async () => {
    server.setup = () => aSetup({ reopenedReason: 'No se pudo hacer el cobro.', reopenedLanguage: 'ES' });
    open();
    expect((await screen.findByText('No se pudo hacer el cobro.')).lang).toBe('es');
  });
});

describe('a connection that breaks', () => {
  const broken = () => {
    throw new TypeError('Failed to fetch');
  };

  it('can be tried again', async () => {
    server.setup = broken;
    open();
    await heading('The offer could not be opened');
    server.setup = () => aSetup();
    fireEvent.click(await button('Try again'));
    await heading(/Hello Dana/);
  });

  it('leaves a submission to be sent again with the same SetupIntent', async () => {
    server.submit = broken;
    open();
    await saveCard();
    await sign();
    await screen.findByText(/you are signed up only once/);
    server.submit = () => ({ setup: aSetup({ state: 'SUBMITTED' }), userErrors: [] });
    fireEvent.click(await button('Agree and send'));
    await heading(/Thank you/);
    expect(server.submitted.map((each) => each.setupIntentId)).toEqual(['seti_1', 'seti_1']);
  });

  it('tells a failure of the server with what the operator finds it by', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json({ data: null, errors: [{ message: 'Went wrong. (Request 01a2-b3)' }] })),
    );
    open();
    await heading('The offer could not be opened');
    expect(screen.getByText('Request 01a2-b3')).toBeTruthy();
  });
});

describe('the language', () => {
  it('is the browser’s', async () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['es-US', 'en']);
    open();
    await heading('Hola, Dana. Configuremos su cuenta');
    expect(document.documentElement.lang).toBe('es');
    expect(server.languages).toEqual(['ES']);
  });

  it('can be switched; what is signed is what was read', async () => {
    server.setup = () => aSetup({ offer: anOffer({ digest: `digest-${server.languages.at(-1)}` }) });
    open();
    await saveCard();
    fireEvent.click(screen.getByLabelText(/I have read the terms/));
    fireEvent.click(await button('Español'));
    await heading(/Hola, Dana/);
    await waitFor(() => expect(server.languages).toEqual(['EN', 'ES']));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(/He leído/).checked).toBe(false));
    fireEvent.click(screen.getByLabelText(/He leído/));
    fireEvent.input(screen.getByLabelText(/como firma/), { target: { value: 'Dana' } });
    fireEvent.click(await button('Aceptar y enviar'));
    await heading(/Gracias, Dana/);
    expect(server.submitted[0]).toMatchObject({ digest: 'digest-ES', language: 'ES' });
  });
});
