import { describe, expect, it } from 'vitest';

import { idOfMail, readSubmissionSearch } from './search';
import { period, waited, waitsUntil } from './told';

describe('period', () => {
  it.each([
    ['2026-11-01', '2026-12-01', 'November 1, 2026 to November 30, 2026'],
    ['2028-02-01', '2028-03-01', 'February 1, 2028 to February 29, 2028'],
    ['2026-12-15', '2027-01-15', 'December 15, 2026 to January 14, 2027'],
    [null, null, ''],
  ])('%s until %s', (from, until, text) => expect(period({ from, until })).toBe(text));
});

describe('waited', () => {
  it.each([
    [3, /^waiting for 3 days, since Apr /],
    [1, /^waiting for 1 day, since Apr /],
    [0, /^waiting since Apr /],
  ])('%d days', (daysWaiting, text) =>
    expect(waited({ waitingSince: '2026-04-15T12:00:00Z', daysWaiting })).toMatch(text),
  );
  it('is null where nothing waits', () =>
    expect(waited({ waitingSince: null, daysWaiting: null })).toBeNull());
});

describe('waitsUntil', () => {
  const now = Date.parse('2026-04-15T10:00:00Z');
  it.each([
    ['at once', '2026-04-15T10:00:10Z', '2026-04-15T10:00:10Z', false],
    ['both wait', '2026-04-15T18:00:00Z', '2026-04-15T18:00:00Z', true],
    ['at once, by a clock that is weeks ahead', '2026-05-20T08:31:06Z', '2026-05-20T08:31:06Z', false],
    ['one waits, by such a clock', '2026-05-20T18:00:00Z', '2026-05-20T08:31:06Z', true],
  ])('%s', (_, at, other, waits) => expect(waitsUntil(at, other, now)).toBe(waits ? at : null));
});

describe('idOfMail', () => {
  it.each([
    ['01a22122-ba02-7af9-80eb-98bf8c9a58a9', 'sbm_01a22122ba027af980eb98bf8c9a58a9'],
    ['sbm_01a22122ba027af980eb98bf8c9a58a9', null],
    ['01a22122ba027af980eb98bf8c9a58a9', null],
    ['', null],
  ])('%s', (id, known) => expect(idOfMail(id)).toBe(known));
});

describe('readSubmissionSearch', () => {
  it('drops what it does not know', () =>
    expect(
      readSubmissionSearch({ status: 'READY_FOR_APPROVAL,NONSENSE', method: 'CASH', sort: 'STATUS' }),
    ).toMatchObject({ status: 'READY_FOR_APPROVAL', method: undefined, sort: 'STATUS' }));
});
