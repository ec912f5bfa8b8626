// Sums of money as exact decimals: an amount never becomes a float.
import type { Amount } from '../../shared/format';

const decimal = /^(\d+)(?:\.(\d+))?$/;

/** What a person typed as a price, as the API takes it: "1,180.5" as "1180.5". Anything else, "129,50" too, is left for the API to refuse. */
export const typedPrice = (text: string) =>
  text
    .trim()
    .replace(/^\$/, '')
    .replace(/,(?=\d{3}(?!\d))/g, '');

/** The sum, with as many decimals as the longest has; null where one is no amount, or they are of several currencies. */
export function sum(...amounts: Amount[]): Amount | null {
  const currency = amounts[0]?.currency;
  const parts = amounts.map(({ amount }) => decimal.exec(amount));
  if (currency === undefined || amounts.some((each) => each.currency !== currency)) return null;
  const places = Math.max(...parts.map((part) => part?.[2]?.length ?? 0));
  let total = 0n;
  for (const part of parts) {
    if (!part) return null;
    total += BigInt(part[1]! + (part[2] ?? '').padEnd(places, '0'));
  }
  const digits = total.toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return { amount: places > 0 ? `${whole}.${digits.slice(digits.length - places)}` : whole, currency };
}
