import { describe, expect, it } from 'vitest';

import { sum, typedPrice } from './decimal';

const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('sum', () => {
  it.each([
    [['129.00', '22.50'], '151.50'],
    [['0.10', '0.20'], '0.30'],
    [['129', '22.5'], '151.5'],
    [['0.05'], '0.05'],
    [['9007199254740993.01', '0.01'], '9007199254740993.02'], // beyond what a float holds
  ])('%j', (amounts, total) => {
    expect(sum(...amounts.map(usd))).toEqual(usd(total));
  });

  it('of yen has no decimals', () => {
    expect(sum({ amount: '1500', currency: 'JPY' }, { amount: '20', currency: 'JPY' })).toEqual({
      amount: '1520',
      currency: 'JPY',
    });
  });

  it.each([['12,5'], ['-1.00'], ['abc'], ['']])('is none with %j', (amount) => {
    expect(sum(usd('1.00'), usd(amount))).toBeNull();
  });

  it('is none of two currencies', () => {
    expect(sum(usd('1.00'), { amount: '1.00', currency: 'CAD' })).toBeNull();
  });
});

describe('typedPrice', () => {
  it.each([
    ['$1,180.50', '1180.50'],
    [' 99 ', '99'],
    ['1,234,567', '1234567'],
    ['129,50', '129,50'], // a decimal comma: twelve thousand is not what was meant
    ['12,5', '12,5'],
    ['ninety', 'ninety'],
  ])('%j', (typed, amount) => {
    expect(typedPrice(typed)).toBe(amount);
  });
});
