import { describe, expect, it } from 'vitest';

import { date, dayOfMonth, isZero, money } from './format';

describe('money', () => {
  it.each([
    ['129.00', 'USD', 'EN', '$129.00'],
    ['1180.50', 'USD', 'ES', '$1,180.50'],
    ['1500', 'JPY', 'EN', '¥1,500'],
    ['9007199254740993.01', 'USD', 'EN', '$9,007,199,254,740,993.01'], // beyond what a float holds
  ] as const)('%s %s in %s', (amount, currency, language, text) => {
    expect(money({ amount, currency }, language)).toBe(text);
  });
});

describe('isZero', () => {
  it.each([
    ['0.00', true],
    ['0', true],
    ['0.01', false],
    ['100.00', false],
  ])('%s', (amount, zero) => expect(isZero({ amount, currency: 'USD' })).toBe(zero));
});

describe('date', () => {
  it('stays the day that it is at the location', () => {
    expect(date('2026-03-01', 'EN')).toBe('March 1, 2026');
    expect(date('2026-12-31', 'ES')).toBe('31 de diciembre de 2026');
  });
});

describe('dayOfMonth', () => {
  it.each([
    [1, 'the 1st'],
    [2, 'the 2nd'],
    [3, 'the 3rd'],
    [11, 'the 11th'],
    [12, 'the 12th'],
    [13, 'the 13th'],
    [21, 'the 21st'],
    [22, 'the 22nd'],
    [23, 'the 23rd'],
    [31, 'the 31st'],
  ])('%d', (day, text) => expect(dayOfMonth(day, 'EN')).toBe(text));

  it('is plain in Spanish', () => expect(dayOfMonth(1, 'ES')).toBe('el día 1'));
});
