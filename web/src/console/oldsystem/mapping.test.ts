import { expect, it } from 'vitest';

import { type Choice, columnsOf, knownOf, nothing, twice } from './mapping';

const known = [
  { header: 'Account', field: 'SOURCE_ID' as const },
  { header: 'Notes', field: null },
];

it('what a heading is known for', () => {
  expect(knownOf('Account', known)).toBe('SOURCE_ID');
  expect(knownOf('Notes', known)).toBe(nothing);
  expect(knownOf('Never seen', known)).toBe('');
});

it('only what is said otherwise is sent', () => {
  const said = { Account: 'SOURCE_ID', Notes: 'UNIT', Plan: nothing, Name: '', Gone: 'PLATE' } as const;
  expect(columnsOf(['Account', 'Notes', 'Plan', 'Name'], said, known)).toEqual([
    { header: 'Notes', field: 'UNIT' },
    { header: 'Plan', field: null },
  ]);
});

it('two columns may hold emails, and not two the name', () => {
  const of: Record<string, Choice> = {
    A: 'NAME',
    B: 'NAME',
    C: 'EMAIL',
    D: 'EMAIL',
    E: '',
    F: '',
    G: 'PLAN',
  };
  expect(twice(Object.keys(of), (header) => of[header]!)).toEqual(new Set(['A', 'B']));
});
