import { describe, expect, it } from 'vitest';

import type { ImportViewFragment } from '../../gql/graphql';
import { firstRows, further, stageOf } from './progress';

const look = (created: number, more: Partial<ImportViewFragment> = {}, awaitsLook = false) =>
  ({
    state: 'RUNNING',
    total: 10,
    finishedAt: null,
    ...more,
    import: { created, updated: 0, unchanged: 0, refused: 0, awaitsLook },
  }) as unknown as ImportViewFragment;

describe('of two looks', () => {
  it('the one that is further on', () => {
    const [a, b] = [look(1), look(2)];
    expect(further(a, b)).toBe(b);
    expect(further(b, a)).toBe(b);
  });

  it('the one that is over', () => {
    const over = look(2, { finishedAt: '2026-11-28T00:00:00Z', state: 'FINISHED' });
    expect(further(over, look(2))).toBe(over);
    expect(further(look(2), over)).toBe(over);
  });

  it('of two as far the one that was asked for, which knows that somebody has said "continue"', () => {
    const goesOn = look(1);
    expect(further(look(1, {}, true), goesOn)).toBe(goesOn);
  });

  it('the only one', () => {
    const live = look(1);
    expect(further(live, undefined)).toBe(live);
    expect(further(undefined, live)).toBe(live);
    expect(further(undefined, null)).toBeNull();
  });
});

it.each([
  [look(1, {}, true), 'Waits for you'],
  [look(0, { total: 0 }), 'Looking at the whole file'],
  [look(1), 'Reading'],
  [look(1, { state: 'STOPPED' }), 'Stopped itself'],
  [look(1, { state: 'CANCELED' }), 'Stopped by staff'],
  [look(10, { state: 'FINISHED' }), 'Finished'],
])('stage %#', (batch, stage) => {
  expect(stageOf(batch)).toBe(stage);
});

it('the first row, or some', () => {
  expect(firstRows(1)).toBe('the first row');
  expect(firstRows(1200)).toBe('the first 1,200 rows');
});
