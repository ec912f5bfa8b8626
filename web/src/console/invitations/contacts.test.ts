import { expect, test } from 'vitest';

import { changesOf, contactsOf, same } from './contacts';

const read = { name: 'Ann Archer', email: 'ann@example.com', phone: '+13035550101', language: 'EN' as const };
const typed = contactsOf(read);

test('what was not changed is not written', () => {
  expect(Object.values(changesOf(typed, read)).filter((value) => value !== undefined)).toEqual([]);
  expect(same({ ...typed, name: ' Ann Archer ' }, typed)).toBe(true);
});

test('an emptied phone is taken away', () => {
  expect(changesOf({ ...typed, phone: '' }, read).phone).toBe('');
});

test('a consent goes with its number, and one without a day is refused rather than dropped', () => {
  const { phone, phoneConsent } = changesOf({ ...typed, consentSource: 'Lease' }, read);
  expect(phone).toBe(read.phone);
  expect(phoneConsent).toEqual({ givenAt: '0001-01-01T00:00:00Z', source: 'Lease' });
  expect(changesOf({ ...typed, consentOn: '2026-03-01' }, read).phoneConsent?.source).toBe('');
});
