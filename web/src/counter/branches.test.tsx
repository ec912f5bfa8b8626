// What goes otherwise than straight on, on one session's screen.
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { answers } from '../console/api';
import type { RefusalFragment } from '../gql/graphql';
import { readerFor, rememberReader, rememberStandIn } from './search';
import {
  aCandidate,
  aCard,
  aContact,
  aMigration,
  anAgreement,
  anOffer,
  aReader,
  aSession,
  aText,
  open,
  Server,
} from './testing';

// What is live, for a test to tell.
const live = vi.hoisted((): { tell: (news: unknown) => void } => ({ tell: () => {} }));
vi.mock('../console/live', async () => {
  const { useState } = await import('react');
  return {
    useLive() {
      const [held, hold] = useState<unknown>(null);
      live.tell = hold;
      return held;
    },
  };
});

window.scrollTo = () => {};

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => {
  cleanup();
  answers.clear();
  vi.unstubAllGlobals();
});

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>('button', { name });
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
const tap = async (name: string | RegExp) => fireEvent.click(await button(name));
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const refused = (code: RefusalFragment['code'], field: string, message: string): RefusalFragment[] => [
  { code, field: [field], message },
];

const right = {
  phone: '+13035550142',
  email: 'ana@example.com',
  emailSource: 'TEXT',
  canConfirm: true,
} as const;
const asking = (contact: Parameters<typeof aContact>[0]) =>
  aSession(aMigration('CONTACT', { contact: aContact(contact) }));

describe('what is refused', () => {
  const wrong = [
    ...refused('INVALID', 'email', 'This is no address.'),
    ...refused('INVALID', 'phone', 'This is no phone number.'),
  ];
  const gone = (words: string) => waitFor(() => expect(screen.queryByText(words)).toBeNull());

  it('of a correction goes with the value that was refused, each with its own', async () => {
    const server = new Server(aSession(aMigration('CARD')));
    server.acts['EnterEmail'] = () => ({ session: aSession(aMigration('CARD')), userErrors: wrong });
    open();
    await tap('Correct it');
    type(/^Email/, 'ana@');
    type(/^Phone/, '1');
    await tap('Save');
    await screen.findByText('This is no address.');
    type(/^Email/, 'ana@example.org');
    await gone('This is no address.');
    screen.getByText('This is no phone number.');
    await tap('Save');
    await screen.findByText('This is no address.'); // it was refused anew
    await tap('Leave it as it is');
    await gone('This is no address.');
    await gone('This is no phone number.');
  });

  it('of a field that the step does not show stands above it', async () => {
    const server = new Server(aSession(aMigration('CARD')));
    server.acts['StartCardSetup'] = () => ({ session: aSession(aMigration('CARD')), userErrors: wrong });
    open();
    await tap('Type the card');
    await screen.findByText('This is no address. This is no phone number.');
  });

  it('of the address stands above a contact whose address is not asked for yet', async () => {
    const server = new Server(asking({ phone: '+13035550142' }));
    server.acts['RequestEmailByText'] = () => ({
      session: asking({ phone: '+13035550142' }),
      userErrors: refused('INVALID', 'email', 'There is an address already.'),
    });
    open();
    await tap('Text the customer');
    await screen.findByText('There is an address already.');
    await tap('Type the email instead');
    await waitFor(() => expect(screen.getAllByText('There is an address already.')).toHaveLength(1));
    type(/^Email/, 'ana@example.org');
    await gone('There is an address already.');
  });

  it('goes with the field that it is of', async () => {
    const server = new Server(asking({ phone: '+13035550142' }));
    server.acts['RequestEmailByText'] = () => ({
      session: server.session,
      userErrors: refused('INVALID', 'phone', 'This is no phone number.'),
    });
    open();
    await tap('Text the customer');
    await screen.findByText('This is no phone number.');
    act(() => live.tell({ sessionChanged: aSession(aMigration('CARD')) }));
    await heading('Add a card');
    await gone('This is no phone number.');
  });

  it('of a day stands above the terms, which ask for none', async () => {
    const server = new Server(aSession(aMigration('TERMS')));
    server.acts['Checkout'] = () => ({
      session: aSession(aMigration('TERMS')),
      userErrors: refused('REQUIRED', 'nextBillingOn', 'The date in the list is over.'),
    });
    open();
    await heading('Terms and signature');
    fireEvent.click(screen.getByLabelText('Español'));
    await screen.findByText('The date in the list is over.');
  });

  it('of a day goes with it, and the field stays to be emptied', async () => {
    const server = new Server(aSession(aMigration('CHECKOUT')));
    server.acts['Checkout'] = () => ({
      session: aSession(aMigration('CHECKOUT')),
      userErrors: refused('INVALID', 'nextBillingOn', 'The list has another day.'),
    });
    open();
    await tap('Checkout');
    await screen.findByText('The list has another day.');
    type(/^Next billing date/, '2026-12-30');
    await gone('The list has another day.');
    type(/^Next billing date/, '');
    screen.getByLabelText(/^Next billing date/);
  });

  it('of a signature goes with what is drawn or typed', async () => {
    const server = new Server(aSession(aMigration('TERMS')));
    server.acts['AgreeToTerms'] = () => ({
      session: aSession(aMigration('TERMS')),
      userErrors: [
        ...refused('INVALID', 'signature.name', 'This is no name.'),
        ...refused('WRONG_STATE', 'receipts', 'No text can go there.'),
      ],
    });
    open();
    await tap(/^Sign by typing/);
    type(/^Full name/, ' ');
    await tap('Agree');
    await screen.findByText('Type the customer’s full name.');
    type(/^Full name/, 'A');
    await gone('Type the customer’s full name.');
    await tap('Agree');
    await screen.findByText('This is no name.');
    type(/^Full name/, 'Ana');
    await gone('This is no name.');
    fireEvent.click(screen.getByLabelText(/^By text/));
    await gone('No text can go there.');
  });
});

describe('a text that is refused', () => {
  it.each([
    ['RATE_LIMITED', true],
    ['WRONG_STATE', true],
    ['INVALID', false],
  ] as const)('for %s offers to type the address: %s', async (code, typing) => {
    const server = new Server(asking({ phone: '+13035550142' }));
    server.acts['RequestEmailByText'] = () => ({
      session: asking({ phone: '+13035550142' }),
      userErrors: refused(code, 'phone', 'No text went out.'),
    });
    open();
    await tap('Text the customer');
    await screen.findByText('No text went out.');
    expect(screen.queryByLabelText(/^Email/) !== null).toBe(typing);
  });
});

describe('the terms on two devices', () => {
  const es = { id: 'ter_2', language: 'ES' as const, body: 'Usted paga cada mes.' };
  const spanish = anAgreement({ digest: 'two', language: 'ES', terms: es });
  const at = (agreement: ReturnType<typeof anAgreement>) => aSession(aMigration('TERMS', { agreement }));
  const chosen = () => screen.getByRole<HTMLInputElement>('radio', { checked: true }).value;

  function draw() {
    const pad = screen.getByRole('img', { name: /^The signature/ });
    pad.setPointerCapture = () => {};
    const down = { isPrimary: true, button: 0, pointerId: 1 };
    fireEvent.pointerDown(pad, { ...down, clientX: 1, clientY: 1 });
    fireEvent.pointerMove(pad, { ...down, clientX: 90, clientY: 40 });
    fireEvent.pointerUp(pad, { ...down, clientX: 90, clientY: 40 });
  }

  it('are read in the language that another one has chosen, beside what is being signed', async () => {
    const server = new Server(at(anAgreement()));
    open();
    await heading('Terms and signature');
    type(/^Full name/, 'Ana Pérez Ramos');
    draw();
    await screen.findByRole('img', { name: 'The signature, drawn' });
    act(() => live.tell({ sessionChanged: at(spanish) }));
    await screen.findByText('Usted paga cada mes.');
    expect(chosen()).toBe('ES');
    expect(screen.queryByText('Something has changed')).toBeNull();
    screen.getByRole('img', { name: 'The signature, drawn' });
    await tap(/^Sign by typing/);
    await tap('Agree');
    await waitFor(() => expect(server.times('AgreeToTerms')).toBe(1));
    expect(server.last('AgreeToTerms')).toMatchObject({
      digest: 'two',
      signature: { name: 'Ana Pérez Ramos' },
    });
  });

  it('are signed anew where more than the language is another one', async () => {
    new Server(at(anAgreement()));
    open();
    await heading('Terms and signature');
    draw();
    await screen.findByRole('img', { name: 'The signature, drawn' });
    act(() => live.tell({ sessionChanged: at({ ...spanish, firstChargeOn: '2027-01-31' }) }));
    await screen.findByText('Something has changed');
    screen.getByRole('img', { name: /nothing is drawn yet/ });
    expect(chosen()).toBe('ES');
  });

  it('have changed where another version of them is shown in the same language', async () => {
    new Server(at(anAgreement()));
    open();
    await heading('Terms and signature');
    draw();
    const body = 'You pay each month, and more.';
    act(() =>
      live.tell({
        sessionChanged: at(anAgreement({ digest: 'three', terms: { ...es, language: 'EN', body } })),
      }),
    );
    await screen.findByText(body);
    await screen.findByText('Something has changed');
    screen.getByRole('img', { name: /nothing is drawn yet/ });
  });

  it('show the language that was asked for, also where the location has no terms in it', async () => {
    new Server(at(anAgreement({ language: 'ES' })));
    open();
    await screen.findByText('The location has these terms in English alone.');
    expect(chosen()).toBe('ES');
  });

  it('stay in the language of before where the other one is refused', async () => {
    const server = new Server(at(anAgreement()));
    server.acts['Checkout'] = () => ({
      session: at(anAgreement()),
      userErrors: refused('INVALID', 'language', 'There are no such terms.'),
    });
    open();
    await heading('Terms and signature');
    fireEvent.click(screen.getByLabelText('Español'));
    await screen.findByText('There are no such terms.');
    expect(chosen()).toBe('EN');
  });
});

describe('a reader', () => {
  const confirmed = () => {
    const server = new Server(asking({ ...right, text: aText('ANSWERED') }));
    server.acts['ConfirmContact'] = () => ({ session: aSession(aMigration('CARD')) });
    return server;
  };

  it('of another desk is not asked by itself while the own one is busy', async () => {
    const server = confirmed();
    server.readers = [aReader({ isBusy: true }), aReader({ id: 'tmr_2', label: 'Lane' })];
    open();
    await tap('Confirm');
    await button('Reader Lane');
    expect(server.times('StartCardSetup')).toBe(0);
  });

  it('that was chosen on this device begins by itself from then on', async () => {
    const server = confirmed();
    server.readers = [aReader(), aReader({ id: 'tmr_2', label: 'Lane' })];
    const waits = aSession(aMigration('CARD', { card: aCard({ state: 'READER_WAITS', reader: aReader() }) }));
    server.acts['StartCardSetup'] = () => ({ session: waits });
    open();
    await tap('Confirm');
    await tap('Reader Lane');
    await heading('Hold the card to the reader');
    server.session = asking({ ...right, text: aText('ANSWERED') });
    open();
    await tap('Confirm');
    await heading('Hold the card to the reader');
    expect(server.times('StartCardSetup')).toBe(2);
    expect(server.last('StartCardSetup')).toMatchObject({ readerId: 'tmr_2' });
  });
});

describe('a reader that this device remembers', () => {
  const lane = aReader({ id: 'tmr_2', label: 'Lane' });
  const confirming = () => asking({ ...right, text: aText('ANSWERED') });
  const waits = aSession(aMigration('CARD', { card: aCard({ state: 'READER_WAITS', reader: aReader() }) }));

  function remembering(own: Parameters<typeof aReader>[0]) {
    localStorage.setItem('counter.reader', 'tmr_1');
    const server = new Server(confirming());
    server.readers = [aReader(own), lane];
    server.acts['ConfirmContact'] = () => ({ session: aSession(aMigration('CARD')) });
    server.acts['StartCardSetup'] = () => ({ session: waits });
    return server;
  }
  const asked = (server: Server) => server.last('StartCardSetup')?.['readerId'];

  it.each([{ isOnline: false }, { isBusy: true }])(
    'is its own again after another one stood in for it with one customer (%o)',
    async (away) => {
      const server = remembering(away);
      open();
      await tap('Confirm');
      await tap('Reader Lane');
      await heading('Hold the card to the reader');
      server.session = confirming();
      open();
      await tap('Confirm'); // the same customer, once more
      await heading('Hold the card to the reader');
      expect(server.times('StartCardSetup')).toBe(2);
      expect(asked(server)).toBe('tmr_2');
      server.readers = [aReader(), lane];
      for (const act of ['ConfirmContact', 'StartCardSetup']) {
        const does = server.acts[act]!;
        server.acts[act] = (input) => ({ session: { ...does(input).session, id: 'ses_2' } });
      }
      server.session = { ...confirming(), id: 'ses_2' };
      open('ses_2');
      await tap('Confirm'); // the next customer
      await heading('Hold the card to the reader');
      expect(asked(server)).toBe('tmr_1');
    },
  );

  it('is another one from then on where that was chosen beside a free one', async () => {
    const server = remembering({});
    server.session = aSession(aMigration('CARD'));
    open();
    await tap('Reader Lane');
    await heading('Hold the card to the reader');
    expect(localStorage.getItem('counter.reader')).toBe('tmr_2');
    expect(asked(server)).toBe('tmr_2');
  });

  it('is the only one once it was chosen again, in place of one that stood in for it', () => {
    rememberReader('tmr_1');
    rememberStandIn('ses_1', 'tmr_2');
    expect(readerFor('ses_1')).toBe('tmr_2');
    rememberReader('tmr_1');
    expect(readerFor('ses_1')).toBe('tmr_1');
  });

  it('is forgotten where it is its own no more', async () => {
    const server = remembering({ isOnline: false });
    server.session = aSession(aMigration('CARD'));
    open();
    await tap('Front is not its own any more');
    await tap('Reader Lane');
    await heading('Hold the card to the reader');
    expect(localStorage.getItem('counter.reader')).toBe('tmr_2');
  });

  it('is another one where it stands at this location no more', async () => {
    const server = remembering({ id: 'tmr_9' });
    server.session = aSession(aMigration('CARD'));
    open();
    await tap('Reader Lane');
    await heading('Hold the card to the reader');
    expect(localStorage.getItem('counter.reader')).toBe('tmr_2');
  });
});

describe('the account', () => {
  it('is shown beside the card, and corrected until one is on file', async () => {
    const server = new Server(aSession(aMigration('CARD')));
    server.acts['EnterEmail'] = () => ({
      session: asking({ ...right, email: 'anna@example.com', emailSource: 'TYPED' }),
    });
    open();
    await screen.findByText('ana@example.com');
    await tap('Correct it');
    type(/^Email/, 'anna@example.com');
    await tap('Save');
    await heading('Phone and email');
    expect(server.last('EnterEmail')).toEqual({ sessionId: 'ses_1', email: 'anna@example.com', phone: null });
  });

  it('says beside the field what is wrong with a correction, and leaves it where nothing was changed', async () => {
    const server = new Server(aSession(aMigration('CARD')));
    server.acts['EnterEmail'] = () => ({
      session: server.session,
      userErrors: refused('INVALID', 'phone', 'This is no phone number.'),
    });
    open();
    await tap('Correct it');
    type(/^Phone/, '12');
    await tap('Save');
    await screen.findByText('This is no phone number.');
    expect(server.last('EnterEmail')).toMatchObject({ phone: '12' });
    type(/^Phone/, '+13035550142');
    await tap('Save');
    await button('Correct it');
    expect(server.times('EnterEmail')).toBe(1);
  });

  it('goes on as it was where the same membership is confirmed again', async () => {
    const server = new Server(aSession(aMigration('CARD')));
    server.found = [aCandidate()];
    open();
    await tap(/Match again$/);
    type('Name', 'ana');
    await tap('Find');
    await tap(/^That.s Me: Ana/);
    await heading('Add a card');
  });
});

describe('a refusal', () => {
  it('of a reader is no news of the session', async () => {
    const server = new Server(aSession(aMigration('CARD')));
    server.acts['StartCardSetup'] = () => ({
      session: server.session,
      userErrors: refused('TAKEN', 'readerId', 'This reader asks for another customer’s card.'),
    });
    open();
    await tap('Reader Front');
    await screen.findByText(/This reader asks for another/);
    expect(screen.queryByText('It has moved on meanwhile')).toBeNull();
  });

  it('of the session where it stands as the screen shows it is no news either', async () => {
    const server = new Server(aSession(aMigration('CHECKOUT')));
    server.acts['Checkout'] = () => ({
      session: server.session,
      userErrors: refused('TAKEN', 'sessionId', 'The account has the same membership here already.'),
    });
    open();
    await tap('Checkout');
    await screen.findByText(/The account has the same/);
    expect(screen.queryByText('It has moved on meanwhile')).toBeNull();
  });

  it('that came too late says so', async () => {
    const server = new Server(aSession(aMigration('CHECKOUT')));
    server.acts['Checkout'] = () => ({
      session: aSession(aMigration('CARD')),
      userErrors: refused('WRONG_STATE', 'sessionId', 'Put a card on file first.'),
    });
    open();
    await tap('Checkout');
    await screen.findByText('It has moved on meanwhile');
  });
});

describe('an answer beside a typed address', () => {
  it('is offered, and taken', async () => {
    const typed = { ...right, email: 'anna@example.com', emailSource: 'TYPED' } as const;
    const server = new Server(asking({ ...typed, text: aText('WAITING') }));
    server.acts['EnterEmail'] = () => ({ session: asking({ ...right, emailSource: 'TYPED' }) });
    open();
    await screen.findByLabelText(/^Email/);
    act(() =>
      live.tell({
        sessionChanged: asking({ ...typed, text: { ...aText('ANSWERED'), email: 'ana@example.com' } }),
      }),
    );
    await tap('Use it');
    await waitFor(() =>
      expect(server.last('EnterEmail')).toEqual({
        sessionId: 'ses_1',
        email: 'ana@example.com',
        phone: null,
      }),
    );
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Use it' })).toBeNull());
  });

  it('is waited for again where the customer is texted again', async () => {
    const waiting = asking({ phone: right.phone, text: aText('WAITING') });
    const server = new Server(waiting);
    server.acts['EnterEmail'] = () => ({
      session: asking({ ...right, emailSource: 'TYPED', text: aText('WAITING') }),
    });
    server.acts['RequestEmailByText'] = () => ({ session: waiting });
    open();
    await tap('Type the email instead');
    type(/^Email/, right.email);
    await waitFor(() => expect(server.times('EnterEmail')).toBe(1));
    await tap('Text again');
    await waitFor(() => expect(screen.queryByLabelText(/^Email/)).toBeNull());
    await screen.findByText(/The answer appears here by itself/);
  });
});

describe('a number', () => {
  it('that is short, as in some countries, is handed over', async () => {
    const server = new Server(asking({ offerTyping: true }));
    open();
    await screen.findByLabelText(/^Email/);
    type(/^Phone/, '93 123 4');
    type(/^Phone/, '93 12 345');
    type(/^Email/, 'ana@example.com');
    await waitFor(() => expect(server.last('EnterEmail')).toMatchObject({ phone: '93 12 345' }), {
      timeout: 3_000,
    });
  });

  it('that takes no texts gets no receipt, though one was wanted', async () => {
    const server = new Server(aSession(aMigration('TERMS')));
    server.acts['AgreeToTerms'] = () => ({ session: aSession(aMigration('DONE')) });
    open();
    await tap(/^Sign by typing/);
    fireEvent.click(screen.getByLabelText(/^By text/));
    const silent = aContact({
      ...right,
      canText: false,
      whyNoText: 'This number has asked for no more texts.',
    });
    act(() => live.tell({ sessionChanged: aSession(aMigration('TERMS', { contact: silent })) }));
    await screen.findByText('This number has asked for no more texts.');
    expect(screen.getByLabelText<HTMLInputElement>(/^By text/).checked).toBe(false);
    await tap('Agree');
    await heading(/^Done/);
    expect(server.last('AgreeToTerms')).toMatchObject({ receipts: ['EMAIL'] });
  });
});

describe('what is found', () => {
  it('says that there are more than it shows', async () => {
    const server = new Server(aSession(aMigration('MATCH'), { candidates: [] }));
    server.found = Array.from({ length: 21 }, (_, i) => aCandidate({ id: `leg_${i}`, name: `Jo ${i}` }));
    open();
    await heading('Find the old membership');
    type('Name', 'jo');
    await tap('Find');
    await screen.findByText('The first 20 memberships');
    expect(screen.getAllByRole('button', { name: /^That.s Me/ })).toHaveLength(20);
    await screen.findByText(/There are more/);
  });

  describe('that another open session has', () => {
    const other = aCandidate({ standing: 'IN_ANOTHER_SESSION', wayOn: 'Go on there.', sessionId: 'ses_2' });
    const at = (step: 'MATCH' | null) => aSession(step && aMigration(step), { candidates: [other] });

    it.each(['MATCH', null] as const)(
      'leads there in one tap, and leaves no session behind (%s)',
      async (step) => {
        const server = new Server(at(step));
        open();
        await tap('Go on there, and close this session');
        await waitFor(() => expect(server.last('CounterSession')).toEqual({ id: 'ses_2' }));
        expect(server.last('CloseSession')).toEqual({
          id: 'ses_1',
          reason: 'The customer’s other session goes on.',
          onlyUnconfirmed: true,
        });
      },
    );

    it('leads there when it is tried again after the line was cut', async () => {
      const server = new Server(at('MATCH'));
      let cut = true;
      server.acts['CloseSession'] = () => {
        if (cut) throw new TypeError('cut');
        return { session: at('MATCH') };
      };
      open();
      await tap('Go on there, and close this session');
      const again = await button(/try again/i);
      cut = false;
      fireEvent.click(again);
      await waitFor(() => expect(server.last('CounterSession')).toEqual({ id: 'ses_2' }));
    });

    it('keeps saying why that one was not ended, also where it was signed meanwhile', async () => {
      const server = new Server(at('MATCH'));
      server.acts['CloseSession'] = () => ({
        session: aSession(aMigration('MATCH'), {
          candidates: [{ ...other, standing: 'MIGRATED', wayOn: 'Migrated already.', sessionId: null }],
        }),
        userErrors: refused('WRONG_STATE', 'id', 'The customer has agreed already.'),
      });
      open();
      await tap('End that one, and go on here');
      await tap('End that session');
      await screen.findByText('Migrated already.');
      await screen.findByText('The customer has agreed already.');
    });

    it('stays where closing this one is refused', async () => {
      const server = new Server(at('MATCH'));
      server.acts['CloseSession'] = () => ({
        session: at('MATCH'),
        userErrors: refused('WRONG_STATE', 'id', 'The customer has agreed already.'),
      });
      open();
      await tap('Go on there, and close this session');
      await screen.findByText('The customer has agreed already.');
      await waitFor(() => expect(server.times('CounterSession')).toBeGreaterThan(1)); // how it stands now
      expect(server.last('CounterSession')).toEqual({ id: 'ses_1' });
    });

    it('closes nothing in which a membership was confirmed', async () => {
      const server = new Server(aSession(aMigration('CONTACT'), { candidates: [{ ...other, id: 'leg_2' }] }));
      open();
      await tap(/Match again$/);
      await tap('Open that session');
      await waitFor(() => expect(server.last('CounterSession')).toEqual({ id: 'ses_2' }));
      expect(server.times('CloseSession')).toBe(0);
    });

    it('is confirmed here once that one is ended', async () => {
      const server = new Server(at('MATCH'));
      server.acts['CloseSession'] = () => ({ session: aSession(aMigration('MATCH')) });
      open();
      await tap('End that one, and go on here');
      expect(server.times('CloseSession')).toBe(0);
      await tap('End that session');
      await heading('Is this you?');
      expect(server.last('CloseSession')).toEqual({
        id: 'ses_2',
        reason: 'The customer goes on in another session.',
        legacyMembershipId: 'leg_1',
      });
    });

    it('is told of by That’s Me, also where it was found by looking', async () => {
      const server = new Server(aSession(aMigration('MATCH'), { candidates: [] }));
      server.found = [aCandidate()];
      server.acts['ConfirmLegacyMatch'] = () => {
        server.found = [other];
        return {
          session: aSession(aMigration('MATCH'), { candidates: [] }),
          userErrors: refused('TAKEN', 'legacyMembershipId', 'Another open session has this membership.'),
        };
      };
      open();
      await heading('Find the old membership');
      type('Name', 'ana');
      await tap('Find');
      await tap(/^That.s Me/);
      await screen.findByText('Another open session has this membership.');
      await button('Go on there, and close this session');
      expect(screen.queryByRole('button', { name: /^That.s Me/ })).toBeNull();
    });
  });

  it('that was migrated already leaves nothing to do, and no session behind', async () => {
    const done = aCandidate({ standing: 'MIGRATED', wayOn: 'This membership was migrated already.' });
    const server = new Server(aSession(null, { candidates: [done] }));
    open();
    await tap('Close this session');
    await screen.findByText('The list');
    expect(server.last('CloseSession')).toMatchObject({ id: 'ses_1' });
  });

  it('shows when it ends there', async () => {
    new Server(aSession(aMigration('MATCH'), { candidates: [aCandidate({ endsOn: '2027-05-20' })] }));
    open();
    await screen.findByText('May 20, 2027');
  });
});

describe('terms', () => {
  it('that change after another language was refused are told of', async () => {
    const server = new Server(aSession(aMigration('TERMS')));
    server.acts['Checkout'] = () => ({
      session: server.session,
      userErrors: refused('INVALID', 'language', 'There are none in that language.'),
    });
    open();
    await heading('Terms and signature');
    fireEvent.click(screen.getByLabelText('Español'));
    await screen.findByText('There are none in that language.');
    const changed = aMigration('TERMS', { agreement: anAgreement({ digest: 'two' }) });
    act(() => live.tell({ sessionChanged: aSession(changed) }));
    await screen.findByText('Something has changed');
  });

  it('are preceded by what to know before it is signed', async () => {
    new Server(aSession(aMigration('CHECKOUT', { offer: anOffer({ warning: 'It ends there on May 20.' }) })));
    open();
    await screen.findByText('Before it is signed');
  });
});

describe('the end', () => {
  const ended = (submissionStatus: 'APPROVED' | 'READY_FOR_APPROVAL' | 'PAYMENT_FAILED') => {
    const done = aMigration('DONE');
    return aSession({ ...done, outcome: { ...done.outcome!, submissionStatus } });
  };

  it.each([
    ['APPROVED', /^Done/, null],
    ['READY_FOR_APPROVAL', 'Signed, and not done yet', /Ask a manager to approve it again/],
    ['PAYMENT_FAILED', 'Signed, and not done yet', /declined the card/],
  ] as const)('says what has become of it: %s', async (status, title, trouble) => {
    new Server(ended(status));
    open();
    await heading(title);
    if (trouble) expect((await screen.findByRole('alert')).textContent).toMatch(trouble);
    else expect(screen.queryByRole('alert')).toBeNull();
  });
});
