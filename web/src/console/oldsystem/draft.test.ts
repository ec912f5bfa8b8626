import { describe, expect, it } from 'vitest';

import { beside, blank, changesOf, type Draft, draftOf, others } from './draft';

const read: Draft = {
  ...blank,
  name: 'Ann Archer',
  emails: 'ann@example.com\nann@example.org',
  plate: 'ABC 123',
  price: '39.00',
  billingDay: '31',
  nextBillingOn: '2026-12-31',
};

describe('changesOf', () => {
  it.each<[string, Partial<Draft>, object]>([
    ['nothing', {}, {}],
    ['blanks around it are no change', { name: ' Ann Archer ' }, {}],
    ['a text', { unit: ' Bay 2 ' }, { unit: 'Bay 2' }],
    ['an emptied text', { plate: '' }, { plate: '' }],
    ['one email less', { emails: 'ann@example.org' }, { emails: ['ann@example.org'] }],
    ['no email', { emails: ' \n' }, { emails: [] }],
    ['phones by line or semicolon', { phones: '1;2\n3' }, { phones: ['1', '2', '3'] }],
    ['a price as people write it', { price: '$1,039.50' }, { price: { amount: '1039.50', currency: 'USD' } }],
    ['a day', { billingDay: '30' }, { billingDay: 30 }],
    ['a date', { paidThrough: '2026-12-30' }, { paidThrough: '2026-12-30' }],
    ['a period', { period: 'YEARLY' }, { period: 'YEARLY' }],
    [
      'a discount that ends',
      { discount: '9', discountEndsOn: '2027-01-01' },
      { discount: { amount: '9', currency: 'USD' }, discountEndsOn: '2027-01-01' },
    ],
    [
      'what takes no empty text',
      { price: ' ', billingDay: '', nextBillingOn: '' },
      { clear: ['PRICE', 'NEXT_BILLING_ON', 'BILLING_DAY'] },
    ],
  ])('%s', (_, typed, changes) => {
    expect(changesOf({ ...read, ...typed }, read, 'USD')).toEqual(changes);
  });
});

it('what is read of somebody without anything is empty', () => {
  const nobody = { name: 'X', emails: [], phones: [], unit: '', planName: '', period: 'MONTHLY' as const };
  expect(
    draftOf({
      ...nobody,
      plate: null,
      rfid: null,
      memberNumber: null,
      price: null,
      discount: null,
      discountEndsOn: null,
      nextBillingOn: null,
      billingDay: null,
      paidThrough: null,
      endsOn: null,
    }),
  ).toEqual({ ...blank, name: 'X' });
});

it('a refusal of one email stands beside the emails, and one of no field above the form', () => {
  const refused = { 'emails.1': 'No address.', 'price.amount': 'Too much.', id: 'Not there.' };
  expect(beside(refused, 'emails')).toBe('No address.');
  expect(beside(refused, 'price')).toBe('Too much.');
  expect(beside(refused, 'name')).toBeUndefined();
  expect(others(refused)).toBe('Not there.');
});
