import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { answers } from '../console/api';
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

afterEach(() => {
  cleanup();
  answers.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>('button', { name });
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
const tap = async (name: string | RegExp) => fireEvent.click(await button(name));
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

const right = { phone: '+13035550142', email: 'ana@example.com', canConfirm: true };

describe('a session', () => {
  it.each([
    ['MATCH', 'Is this you?'],
    ['CONTACT', 'Phone and email'],
    ['CARD', 'Add a card'],
    ['CHECKOUT', 'Checkout'],
    ['TERMS', 'Terms and signature'],
    ['DONE', /^Done/],
  ] as const)('goes on at %s on another device', async (step, title) => {
    new Server(aSession(aMigration(step)));
    open();
    await heading(title);
    expect(document.querySelector('[aria-current=step]')?.textContent).toContain(
      step.charAt(0) + step.slice(1).toLowerCase(),
    );
    expect(screen.getByRole('complementary').textContent).toContain('Nothing is charged today');
  });

  it('leads the reader to the heading of the next step', async () => {
    const server = new Server(aSession(null));
    server.acts['StartCounterMigration'] = () => ({ session: aSession(aMigration('MATCH')) });
    open();
    await tap('Migrate Membership');
    await waitFor(async () => expect(document.activeElement).toBe(await heading('Is this you?')));
  });

  it('says what came too late, and shows how it stands', async () => {
    const server = new Server(aSession(aMigration('MATCH')));
    server.acts['ConfirmLegacyMatch'] = () => ({
      session: aSession(aMigration('CARD')),
      userErrors: [{ code: 'WRONG_STATE', field: null, message: 'Another device was first.' }],
    });
    open();
    await tap(/^That.s Me/);
    await heading('Add a card');
    expect((await screen.findByRole('alert')).textContent).toContain('Another device was first.');
  });

  it('can be discarded, and begun anew', async () => {
    const server = new Server(aSession(aMigration('CARD')));
    server.acts['DiscardCounterMigration'] = () => ({ session: aSession(null) });
    open();
    await tap('Discard the migration');
    await tap('Discard');
    await button('Migrate Membership');
  });

  it('is not left by a way out once it is signed', async () => {
    new Server(aSession(aMigration('DONE')));
    open();
    await heading(/^Done/);
    expect(screen.queryByRole('button', { name: /Discard|Close/ })).toBeNull();
  });
});

describe('the match', () => {
  it('offers That’s Me for those alone that can be migrated, and the way on for the others', async () => {
    const others = [
      aCandidate({ id: 'leg_2', name: 'Bo Li', standing: 'MIGRATED', wayOn: 'Let the customer in.' }),
      aCandidate({ id: 'leg_3', name: 'Cy Ng', standing: 'CANCELLED_THERE', wayOn: 'Sell a new one.' }),
    ];
    new Server(aSession(aMigration('MATCH'), { candidates: [aCandidate(), ...others] }));
    open();
    await heading('Is this you?');
    expect(screen.getAllByRole('button', { name: /^That.s Me/ })).toHaveLength(1);
    expect(
      within(screen.getByRole('region', { name: 'Bo Li' })).getByText('Let the customer in.'),
    ).toBeTruthy();
  });

  it('shows what is paid here, and how it stands there', async () => {
    const paused = aCandidate({
      state: 'PAUSED',
      carriedPrice: { amount: '34.99', currency: 'USD' },
      wayOn: 'It is paused there.',
    });
    new Server(aSession(aMigration('MATCH'), { candidates: [paused] }));
    open();
    const card = within(await screen.findByRole('region', { name: 'Ana Pérez' }));
    card.getByText('$34.99 a month');
    card.getByText('Paused');
    card.getByText('It is paused there.');
    card.getByRole('button', { name: /^That.s Me/ });
  });

  it('asks for a plan where nobody has said what the old one becomes', async () => {
    const server = new Server(
      aSession(aMigration('MATCH'), { candidates: [aCandidate({ standing: 'NO_PLAN', wayOn: 'Choose.' })] }),
    );
    open();
    const me = await button(/^That.s Me/);
    expect(me.disabled).toBe(true);
    type('Becomes here', 'pla_2');
    fireEvent.click(me);
    await waitFor(() => expect(server.last('ConfirmLegacyMatch')).toMatchObject({ planId: 'pla_2' }));
  });

  it('looks by what the customer knows, and says that there is none', async () => {
    const server = new Server(aSession(aMigration('MATCH'), { candidates: [] }));
    open();
    await heading('Find the old membership');
    type('Phone', '303 555 0142');
    await tap('Find');
    await screen.findByText('No old membership found');
    expect(server.last('LegacyCandidates')).toEqual({ sessionId: 'ses_1', phone: '303 555 0142' });
    server.found = [aCandidate({ name: 'Bo Li' })];
    type('Name', 'bo');
    await tap('Find');
    await button(/^That.s Me: Bo Li/);
  });

  it('can be made again until the card is on file', async () => {
    const server = new Server(aSession(aMigration('CARD')));
    server.found = [aCandidate({ id: 'leg_2', name: 'Bo Li' })];
    server.acts['ConfirmLegacyMatch'] = () => ({
      session: aSession(aMigration('CONTACT', { legacy: aCandidate({ id: 'leg_2', name: 'Bo Li' }) })),
    });
    open();
    await tap(/Match again$/);
    await heading('Find the old membership');
    await tap(/^Back to/);
    await heading('Add a card');
    await tap(/Match again$/);
    type('Name', 'bo');
    await tap('Find');
    await tap(/^That.s Me: Bo Li/);
    await heading('Phone and email');
  });
});

describe('the contact', () => {
  const asking = (contact: Parameters<typeof aContact>[0]) =>
    aSession(aMigration('CONTACT', { contact: aContact(contact) }));

  it('texts the customer, and waits with the way to type beside it', async () => {
    const server = new Server(asking({}));
    server.acts['RequestEmailByText'] = () => ({
      session: asking({ phone: right.phone, text: aText('WAITING') }),
    });
    open();
    await heading('Phone and email');
    type(/^Phone/, '(303) 555-0142');
    await tap('Text the customer');
    await screen.findByText(/The answer appears here by itself/);
    expect(server.last('RequestEmailByText')).toEqual({ sessionId: 'ses_1', phone: '(303) 555-0142' });
    expect(screen.queryByLabelText(/^Email/)).toBeNull();
    await tap('Type the email instead');
    expect(screen.getByLabelText(/^Email/)).toBeTruthy();
  });

  it.each(['WAITING', 'UNKNOWN', 'UNREADABLE', 'OPTED_OUT', 'FAILED'] as const)(
    'offers to type by itself where it is the way on: %s',
    async (state) => {
      new Server(asking({ phone: right.phone, text: aText(state), offerTyping: true }));
      open();
      await screen.findByLabelText(/^Email/);
    },
  );

  it('shows the answer as it arrives, and tells of it', async () => {
    new Server(asking({ phone: right.phone, text: aText('WAITING') }));
    open();
    await screen.findByText(/The answer appears here by itself/);
    const answered = asking({ ...right, emailSource: 'TEXT', text: aText('ANSWERED') });
    act(() => live.tell({ sessionChanged: answered }));
    await screen.findByText('ana@example.com');
    expect(screen.getByText('The answer has arrived: ana@example.com.').getAttribute('role')).toBe('status');
    expect((await button('Confirm')).disabled).toBe(false);
  });

  it('keeps what is being typed when an answer arrives, and offers the answer', async () => {
    new Server(asking({ phone: right.phone, text: aText('WAITING') }));
    open();
    await tap('Type the email instead');
    type(/^Email/, 'anna@');
    const answered = asking({ ...right, emailSource: 'TEXT', text: aText('ANSWERED') });
    act(() => live.tell({ sessionChanged: answered }));
    await tap('Use the answer: ana@example.com');
    expect(screen.getByLabelText<HTMLInputElement>(/^Email/).value).toBe('ana@example.com');
    expect((await button('Confirm')).disabled).toBe(false);
  });

  it('texts whoever has an address already, though leaving the field has begun to save the number', async () => {
    const legacy = { email: 'ana@example.com', emailSource: 'LEGACY' as const };
    const server = new Server(asking(legacy));
    server.acts['EnterEmail'] = () => ({ session: asking({ ...legacy, phone: right.phone }) });
    server.acts['RequestEmailByText'] = () => ({
      session: asking({ ...legacy, phone: right.phone, text: aText('WAITING') }),
    });
    open();
    await screen.findByLabelText(/^Email/);
    const tapped = await button('Text the customer');
    type(/^Phone/, '(303) 555-0142');
    fireEvent.blur(screen.getByLabelText(/^Phone/));
    fireEvent.click(tapped);
    await screen.findByText(/The answer appears here by itself/);
    expect(server.times('EnterEmail')).toBe(1);
    expect(server.last('RequestEmailByText')).toEqual({ sessionId: 'ses_1', phone: '(303) 555-0142' });
  });

  it('cannot be confirmed before the API says so', async () => {
    new Server(
      asking({ phone: right.phone, missing: [{ code: 'REQUIRED', field: ['email'], message: 'No email.' }] }),
    );
    open();
    expect((await button('Confirm')).disabled).toBe(true);
  });

  it('hands over what is typed, and confirms what the API holds', async () => {
    const server = new Server(asking({ offerTyping: true }));
    const typed = {
      phone: right.phone,
      email: 'ana@example.com',
      emailSource: 'TYPED' as const,
      offerTyping: true,
    };
    server.acts['EnterEmail'] = () => ({ session: asking({ ...typed, canConfirm: true }) });
    server.acts['ConfirmContact'] = () => ({ session: aSession(aMigration('CARD')) });
    server.readers = [];
    open();
    await screen.findByLabelText(/^Email/);
    type(/^Phone/, '3035550142');
    type(/^Email/, 'Ana@Example.com');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Confirm' }).disabled).toBe(true);
    await waitFor(async () => expect((await button('Confirm')).disabled).toBe(false));
    expect(server.last('EnterEmail')).toEqual({
      sessionId: 'ses_1',
      phone: '3035550142',
      email: 'Ana@Example.com',
    });
    await tap('Confirm');
    await heading('Add a card');
    expect(server.last('ConfirmContact')).toEqual({ sessionId: 'ses_1', email: 'ana@example.com' });
  });

  it.each([
    ['saves an address without a phone', {}, false],
    ['removes a number that is not the customer’s', { phone: right.phone }, true],
  ])('%s', async (_, held, clears) => {
    const server = new Server(asking({ offerTyping: true, ...held }));
    server.acts['EnterEmail'] = () => ({
      session: asking({ email: right.email, emailSource: 'TYPED', offerTyping: true, canConfirm: true }),
    });
    open();
    await screen.findByLabelText(/^Email/);
    if (clears) type(/^Phone/, '');
    type(/^Email/, right.email);
    await waitFor(async () => expect((await button('Confirm')).disabled).toBe(false));
    const input = { sessionId: 'ses_1', email: right.email, phone: clears ? '' : null };
    expect(server.last('EnterEmail')).toEqual(input);
    expect(server.times('RequestEmailByText')).toBe(0);
  });

  it('shows a refusal beside its field, and does not ask the same again by itself', async () => {
    const server = new Server(asking({ ...right, emailSource: 'TYPED' }));
    server.acts['EnterEmail'] = () => ({
      session: server.session,
      userErrors: [{ code: 'INVALID', field: ['email'], message: 'Nobody gets mail there.' }],
    });
    open();
    await screen.findByLabelText(/^Email/);
    type(/^Email/, 'ana@nowhere.test');
    await screen.findByText('Nobody gets mail there.');
    expect(screen.getByLabelText(/^Email/).getAttribute('aria-invalid')).toBe('true');
    expect((await button('Confirm')).disabled).toBe(true);
    await new Promise((done) => setTimeout(done, 900));
    expect(server.times('EnterEmail')).toBe(1);
  });

  it('begins on the only reader by itself once it is confirmed', async () => {
    const server = new Server(asking({ ...right, emailSource: 'TEXT', text: aText('ANSWERED') }));
    server.acts['ConfirmContact'] = () => ({ session: aSession(aMigration('CARD')) });
    server.acts['StartCardSetup'] = () => ({
      session: aSession(aMigration('CARD', { card: aCard({ state: 'READER_WAITS', reader: aReader() }) })),
    });
    open();
    await screen.findByText('ana@example.com');
    await tap('Confirm');
    await heading('Hold the card to the reader');
    expect(server.last('StartCardSetup')).toEqual({ sessionId: 'ses_1', entry: 'READER', readerId: 'tmr_1' });
  });

  it('leaves the choice where two readers are free', async () => {
    const server = new Server(asking({ ...right, emailSource: 'TEXT', text: aText('ANSWERED') }));
    server.readers = [aReader(), aReader({ id: 'tmr_2', label: 'Lane' })];
    server.acts['ConfirmContact'] = () => ({ session: aSession(aMigration('CARD')) });
    open();
    await tap('Confirm');
    await button('Reader Lane');
    expect(server.times('StartCardSetup')).toBe(0);
  });
});

describe('the card', () => {
  const paying = (card: Parameters<typeof aCard>[0]) => aSession(aMigration('CARD', { card: aCard(card) }));

  it('is looked at while the reader waits, and no longer', async () => {
    vi.useFakeTimers();
    const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
    const server = new Server(paying({ state: 'READER_WAITS', reader: aReader() }));
    server.acts['CheckCardSetup'] = () => ({
      session: server.times('CheckCardSetup') < 2 ? server.session : aSession(aMigration('CHECKOUT')),
    });
    open();
    await pass(0);
    screen.getByRole('heading', { level: 1, name: 'Hold the card to the reader' });
    await pass(2_100);
    expect(server.times('CheckCardSetup')).toBe(1);
    await pass(2_100);
    screen.getByRole('heading', { level: 1, name: 'Checkout' });
    await pass(10_000);
    expect(server.times('CheckCardSetup')).toBe(2);
  });

  it('offers readers that are free, and says why not of the others', async () => {
    const server = new Server(paying({ problem: 'The bank declined the card.' }));
    server.readers = [
      aReader(),
      aReader({ id: 'b', label: 'Lane 1', isBusy: true }),
      aReader({ id: 'c', label: 'Lane 2', isOnline: false }),
    ];
    open();
    expect((await button('Reader Front')).disabled).toBe(false);
    expect((await button(/^Reader Lane 1: busy/)).disabled).toBe(true);
    expect((await button(/^Reader Lane 2: off/)).disabled).toBe(true);
    expect(screen.getByRole('alert').textContent).toContain('The bank declined the card.');
  });

  it('puts typing first where the reader gave no card that can be kept', async () => {
    new Server(paying({ problem: 'Type it.', offerTyping: true }));
    open();
    await button('Reader Front');
    const order = screen.getAllByRole('button').map(({ textContent }) => textContent);
    expect(order.indexOf('Type the card')).toBeLessThan(order.indexOf('Reader Front'));
  });

  it('is typed in place of the reader, and looked at once it is saved', async () => {
    const meta = Object.assign(document.createElement('meta'), {
      name: 'stripe-base',
      content: '/sandbox/stripe',
    });
    document.head.replaceChildren(meta);
    const server = new Server(paying({ state: 'READER_WAITS', reader: aReader() }));
    server.acts['StartCardSetup'] = () => ({
      session: paying({ state: 'TYPING' }),
      clientSecret: 'seti_1_secret_2',
      publishableKey: 'pk_test_1',
    });
    server.acts['CheckCardSetup'] = () => ({ session: aSession(aMigration('CHECKOUT')) });
    open();
    await tap('Type the card instead');
    await tap('Save this card');
    await heading('Checkout');
    expect(server.last('StartCardSetup')).toEqual({ sessionId: 'ses_1', entry: 'TYPED' });
  });

  it('that was typed on another screen is looked at once', async () => {
    const server = new Server(paying({ state: 'TYPING' }));
    server.acts['CheckCardSetup'] = () => ({ session: aSession(aMigration('CHECKOUT')) });
    open();
    await heading('Checkout');
    expect(server.times('CheckCardSetup')).toBe(1);
  });
});

describe('the checkout', () => {
  it('asks for the old record’s date where it has to be read again', async () => {
    const offer = anOffer({ firstChargeOn: null, problem: 'The date in the list is over.' });
    const server = new Server(aSession(aMigration('CHECKOUT', { offer })));
    server.acts['Checkout'] = () => ({ session: aSession(aMigration('TERMS')) });
    open();
    await screen.findByText('The date in the list is over.');
    type(/^Next billing date/, '2026-12-31');
    await tap('Checkout');
    await heading('Terms and signature');
    expect(server.last('Checkout')).toEqual({ sessionId: 'ses_1', nextBillingOn: '2026-12-31' });
  });

  it('says that the billing day stays, or what it will be', async () => {
    const offer = anOffer({ anchorDay: 30, firstChargeOn: '2026-11-30' });
    new Server(aSession(aMigration('CHECKOUT', { offer })));
    open();
    await screen.findByText(/The old system bills on the 31st.*here it is the 30th, and stays so/);
    expect(screen.queryByText(/stays as it was/)).toBeNull();
    new Server(aSession(aMigration('CHECKOUT')));
    open();
    await screen.findByText(/stays as it was/);
  });

  it('warns of a bill that both systems would send tomorrow, and once more at the end', async () => {
    const warning = 'The old system bills on 2026-12-31 as well.';
    new Server(aSession(aMigration('CHECKOUT', { offer: anOffer({ warning }) })));
    open();
    expect((await screen.findByRole('alert')).textContent).toContain(warning);
    const done = aMigration('DONE');
    new Server(aSession({ ...done, outcome: { ...done.outcome!, warning } }));
    open();
    await heading(/^Done/);
    expect((await screen.findByRole('alert')).textContent).toContain(warning);
  });

  it('asks for nothing where it has not', async () => {
    new Server(aSession(aMigration('CHECKOUT')));
    open();
    await button('Checkout');
    expect(screen.queryByLabelText(/^Next billing date/)).toBeNull();
  });
});

describe('the terms', () => {
  it('are agreed to with the name on file, by what was shown', async () => {
    const server = new Server(aSession(aMigration('TERMS')));
    server.acts['AgreeToTerms'] = () => ({ session: aSession(aMigration('DONE')) });
    open();
    await tap(/^Sign by typing/);
    fireEvent.click(screen.getByLabelText(/^By text/));
    await tap('Agree');
    await heading(/^Done/);
    expect(server.last('AgreeToTerms')).toEqual({
      sessionId: 'ses_1',
      digest: 'one',
      signature: { kind: 'TYPED', name: 'Ana Pérez' },
      receipts: ['EMAIL', 'SMS'],
    });
  });

  it('are not agreed to without a signature', async () => {
    const server = new Server(aSession(aMigration('TERMS')));
    open();
    await tap('Agree');
    await screen.findByText('The customer signs in the white field.');
    expect(server.times('AgreeToTerms')).toBe(0);
  });

  it('that have changed are shown anew, and signed again', async () => {
    const server = new Server(aSession(aMigration('TERMS')));
    server.acts['AgreeToTerms'] = () => ({
      session: aSession(aMigration('TERMS', { agreement: anAgreement({ digest: 'two' }) })),
      userErrors: [{ code: 'QUOTE_CHANGED', field: null, message: 'The price is another one.' }],
    });
    open();
    await tap(/^Sign by typing/);
    await tap('Agree');
    await screen.findByText('Something has changed');
    await button(/^Sign by typing/); // the signature of before is gone
  });

  it.each([
    [
      'that have come to nothing say why',
      anOffer({ problem: 'It was migrated already.' }),
      'It was migrated already.',
      false,
    ],
    [
      'of yesterday ask for the date',
      anOffer({ firstChargeOn: null, problem: 'The date in the list is over.' }),
      'The date in the list is over.',
      true,
    ],
    ['that hold no more lead on', anOffer(), 'Something has changed', false],
  ])('%s', async (_, offer, words, asks) => {
    const server = new Server(aSession(aMigration('TERMS', { offer, agreement: null })));
    server.acts['Checkout'] = () => ({ session: aSession(aMigration('TERMS')) });
    open();
    await screen.findByText(words);
    if (asks) type(/^Next billing date/, '2026-12-31');
    else expect(screen.queryByLabelText(/^Next billing date/)).toBeNull();
    await tap('Checkout');
    await heading('Terms and signature');
    expect(server.last('Checkout')).toEqual({
      sessionId: 'ses_1',
      ...(asks && { nextBillingOn: '2026-12-31' }),
    });
  });

  it('are read in the other language, which is no change to warn of', async () => {
    const server = new Server(aSession(aMigration('TERMS')));
    const terms = { id: 'ter_2', language: 'ES' as const, body: 'Usted paga cada mes.' };
    server.acts['Checkout'] = () => ({
      session: aSession(
        aMigration('TERMS', { agreement: anAgreement({ digest: 'two', language: 'ES', terms }) }),
      ),
    });
    open();
    await heading('Terms and signature');
    fireEvent.click(screen.getByLabelText('Español'));
    await screen.findByText('Usted paga cada mes.');
    expect(server.last('Checkout')).toEqual({ sessionId: 'ses_1', language: 'ES' });
    expect(screen.queryByText('Something has changed')).toBeNull();
  });
});
