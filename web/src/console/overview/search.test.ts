import { describe, expect, it } from 'vitest';

import { dayHere, funnelFilter, readOverviewSearch, wrong } from './search';

describe('funnelFilter', () => {
  const today = '2026-03-15';
  const at = (iso: string) => new Date(iso).toISOString();

  it('counts whole days up to now', () => {
    expect(funnelFilter({ period: '30' }, today).from).toBe(at('2026-02-14T00:00:00'));
    expect(funnelFilter({}, today)).toEqual({});
  });

  it('takes in the last day of a period of one’s own', () => {
    expect(
      funnelFilter({ period: 'own', from: '2026-01-01', until: '2026-01-31', location: 'a,b' }, today),
    ).toEqual({
      locationIds: ['a', 'b'],
      from: at('2026-01-01T00:00:00'),
      before: at('2026-02-01T00:00:00'),
    });
  });

  it('does not look at days that are not asked for', () => {
    expect(funnelFilter({ period: '90', from: '2020-01-01' }, today).from).toBe(at('2025-12-16T00:00:00'));
  });
});

describe('wrong', () => {
  it.each([
    [{ period: 'own', from: '2025-03-16', until: undefined }, undefined],
    [{ period: 'own', from: '2025-03-15', until: undefined }, 'A year at most'],
    [{ period: 'own', from: '2026-03-02', until: '2026-03-01' }, 'ends before'],
    [{ period: 'own', from: undefined, until: undefined }, undefined],
    [{ period: '30', from: '2020-01-01', until: undefined }, undefined],
  ] as const)('%j', (search, says) => {
    const answer = wrong(search, '2026-03-15');
    if (says) expect(answer).toContain(says);
    else expect(answer).toBeUndefined();
  });
});

it('reads of an address only what it understands', () => {
  expect(
    readOverviewSearch({ period: '31', from: '2026-13-45', until: '2026-02-03', location: 'a' }),
  ).toEqual({
    until: '2026-02-03',
    location: 'a',
  });
});

it('names a day by the clock of the reader', () => {
  expect(dayHere(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});
