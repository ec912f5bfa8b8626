import { describe, expect, it } from 'vitest';

import { every, ownReader, screenOf, summaryOf, theOne, toldOf } from './standing';
import { aCandidate, aCard, aContact, aMigration, anOffer, aReader, aSession, aText } from './testing';

describe('theOne', () => {
  it.each([
    ['one that can be migrated', ['MIGRATABLE'], true],
    ['one beside those that cannot', ['MIGRATABLE', 'MIGRATED', 'CANCELLED_THERE'], true],
    ['two', ['MIGRATABLE', 'MIGRATABLE'], false],
    ['one whose plan has to be chosen', ['NO_PLAN'], false],
    ['one of each', ['MIGRATABLE', 'NO_PLAN'], false],
    ['none', [], false],
  ] as const)('%s', (_, standings, is) => {
    const all = standings.map((standing, i) => aCandidate({ id: String(i), standing }));
    expect(theOne(all)?.id).toBe(is ? '0' : undefined);
  });
});

describe('ownReader', () => {
  const [front, lane] = [{ id: 'front' }, { id: 'lane' }];
  it.each([
    ['the only one', [front], null, 'front'],
    [
      'one beside another that is busy, which may stand at another desk',
      [front, { ...lane, isBusy: true }],
      null,
      undefined,
    ],
    ['one beside another that is off', [front, { ...lane, isOnline: false }], null, undefined],
    ['the one that was chosen here before', [front, lane], 'lane', 'lane'],
    ['the one that was chosen here, which is busy', [front, { ...lane, isBusy: true }], 'lane', undefined],
    ['one of another location that was chosen', [front, lane], 'elsewhere', undefined],
    ['the only one, which is busy', [{ ...front, isBusy: true }], null, undefined],
    ['none', [], 'lane', undefined],
  ])('%s', (_, readers, chosen, own) =>
    expect(
      ownReader(
        readers.map((each) => aReader(each)),
        chosen,
      )?.id,
    ).toBe(own),
  );
});

describe('screenOf', () => {
  it('goes back to the match on this screen, until the card is on file', () => {
    expect(screenOf(aSession(aMigration('CONTACT')), true)).toBe('MATCH');
    expect(screenOf(aSession(aMigration('CARD')), true)).toBe('MATCH');
    expect(screenOf(aSession(aMigration('CHECKOUT')), true)).toBe('CHECKOUT');
  });

  it('knows what stands before and after', () => {
    expect(screenOf(aSession(null), false)).toBe('BEGIN');
    expect(screenOf(aSession(null, { stage: 'CLOSED' }), false)).toBe('CLOSED');
  });
});

describe('every', () => {
  it('asks more often while a customer may answer', () => {
    const waiting = aMigration('CONTACT', { contact: aContact({ text: aText('WAITING') }) });
    expect(every(aSession(waiting))).toBeLessThan(every(aSession(aMigration('CONTACT'))));
    expect(every(aSession({ ...waiting, step: 'CARD' }))).toBe(every(aSession(null)));
  });
});

describe('toldOf', () => {
  const contact = (changed: Parameters<typeof aContact>[0]) =>
    aMigration('CONTACT', { contact: aContact(changed) });
  const card = (changed: Parameters<typeof aCard>[0]) => aMigration('CARD', { card: aCard(changed) });
  const waiting = contact({ text: aText('WAITING') });

  it.each([
    [
      'an answer',
      waiting,
      contact({ text: aText('ANSWERED'), email: 'a@b.example', emailSource: 'TEXT' }),
      /arrived: a@b/,
    ],
    [
      'an answer beside what was typed',
      contact({ text: aText('WAITING'), email: 'a@b.example', emailSource: 'TYPED' }),
      contact({
        text: { ...aText('ANSWERED'), email: 'c@d.example' },
        email: 'a@b.example',
        emailSource: 'TYPED',
      }),
      /has answered: c@d\.example/,
    ],
    ['an answer without an address', waiting, contact({ text: aText('UNREADABLE') }), /without an email/],
    ['an answer of the provider that was lost', waiting, contact({ text: aText('UNKNOWN') }), /Nobody knows/],
    [
      'a wait that was long enough',
      waiting,
      contact({ text: aText('WAITING'), offerTyping: true }),
      /can be typed/,
    ],
    ['a reader that asks', card({}), card({ state: 'READER_WAITS', reader: aReader() }), /^Front asks/],
    [
      'a card',
      card({ state: 'TYPING' }),
      card({ state: 'ON_FILE', label: 'Visa ending 4242' }),
      /Visa ending 4242/,
    ],
    ['nothing new', waiting, waiting, /^$/],
    ['another migration', waiting, { ...contact({ text: aText('FAILED') }), id: 'cmi_2' }, /^$/],
  ])('%s', (_, before, now, said) => expect(toldOf(before, now)).toMatch(said));
});

describe('summaryOf', () => {
  it('is of the old membership until it has become something here', () => {
    expect(summaryOf(aSession(aMigration('CONTACT', { offer: null })))).toMatchObject({
      name: 'Ana Pérez',
      plan: 'Gold',
      price: '$39.99 a month',
      nextBill: '2026-12-31',
    });
    const offer = anOffer({ firstChargeOn: '2027-01-31' });
    expect(summaryOf(aSession(aMigration('CONTACT', { offer })))).toMatchObject({
      plan: 'Unlimited',
      nextBill: '2027-01-31',
    });
  });
});
