import { expect, it } from 'vitest';

import { dayAfter, filterOf, orderOf, readLegacySearch, sourceKey, workFile, workOf } from './search';

it('drops what it does not understand', () => {
  expect(
    readLegacySearch({
      state: 'ACTIVE,GONE',
      migrated: 'maybe',
      from: '2026-13-01',
      sort: 'PRICE',
      page: '2',
    }),
  ).toEqual({ state: 'ACTIVE' });
});

it('a range ends with the day that is named', () => {
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
  expect(filterOf({ from: '2026-12-01', until: '2026-12-31' })).toMatchObject({
    nextBillingFrom: '2026-12-01',
    nextBillingBefore: '2027-01-01',
  });
  expect(workOf({ until: '2028-02-28' }).renewsBefore).toBe('2028-02-29');
});

it("a source's name may hold a comma", () => {
  const source = ['Rocket, East', 'Larimer'].map(sourceKey).join(',');
  expect(filterOf({ source }).sources).toEqual(['Rocket, East', 'Larimer']);
  expect(filterOf({ source: '100%' }).sources).toEqual(['100%']);
});

it('nothing chosen is no condition, and the newest come first', () => {
  expect(Object.values(filterOf({})).filter((value) => value !== undefined)).toEqual([]);
  expect(orderOf({})).toBe('NEWEST');
  expect(filterOf({ migrated: 'no', cancelled: 'yes' })).toMatchObject({
    migrated: false,
    cancelledThere: true,
  });
});

it('the file of the worklist is of the same locations', () => {
  expect(workFile({})).toBe('/exports/legacy-worklist.csv');
  expect(workFile({ location: 'loc_1,loc_2' })).toBe(
    '/exports/legacy-worklist.csv?locationId=loc_1&locationId=loc_2',
  );
});
