// The old system's words, as staff read them.
import type { LegacyField, LegacyPeriod, LegacyState } from '../../gql/graphql';
import { plain } from '../parts/words';

export const states: Record<LegacyState, string> = {
  ACTIVE: 'Active',
  PAUSED: 'Paused',
  PAST_DUE: 'Past due',
  CANCELLED: 'Cancelled there',
  CANCELLATION_RECORDED: 'Cancellation recorded',
};

export const periods: Record<LegacyPeriod, string> = {
  MONTHLY: 'Monthly',
  WEEKLY: 'Weekly',
  QUARTERLY: 'Quarterly',
  YEARLY: 'Yearly',
  OTHER: 'Otherwise',
};

/** What a column can hold, in the order in which one looks for it. */
export const fields: Record<LegacyField, string> = {
  SOURCE_ID: 'Id in the old system',
  NAME: 'Name',
  FIRST_NAME: 'First name',
  LAST_NAME: 'Last name',
  EMAIL: 'Email',
  PHONE: 'Phone',
  PLATE: 'Plate',
  RFID: 'RFID tag',
  MEMBER_NUMBER: 'Member number',
  UNIT: 'Unit',
  PLAN: 'Plan',
  PRICE: 'Price',
  DISCOUNT: 'Discount',
  DISCOUNT_ENDS_ON: 'End of the discount',
  NEXT_BILLING_ON: 'Next bill',
  BILLING_DAY: 'Billing day',
  PAID_THROUGH: 'Paid through',
  ENDS_ON: 'End of the membership',
  PERIOD: 'Billing period',
  STATE: 'State',
  CANCELLED_ON: 'Cancelled on',
};

const mended: Record<string, string> = {
  name: 'name',
  emails: 'emails',
  phones: 'phones',
  plate: 'plate',
  rfid: 'RFID tag',
  memberNumber: 'member number',
  unit: 'unit',
  planName: 'plan',
  price: 'price',
  discount: 'discount',
  period: 'billing period',
  nextBillingOn: 'next bill',
  billingDay: 'billing day',
  paidThrough: 'paid through',
  endsOn: 'end',
};

/** "plate, next bill". */
export const mendedWords = (names: readonly string[]) =>
  names.map((name) => mended[name] ?? plain(name.toUpperCase()).toLowerCase()).join(', ');

/** What `inviteSkip` and `duplicate` answer, in the words that the server has for the same reasons of a batch. */
const skips: Record<string, string> = {
  MIGRATED: 'The membership has already been migrated.',
  CANCELLED_THERE: 'It was cancelled in the old system.',
  ENDED_HERE: 'Its subscription here has ended, and the old plan is still to be cancelled there.',
  ALREADY_INVITED: 'There is an open invitation for it already.',
  NO_EMAIL: 'The list has no email address. Add one, or migrate at the counter.',
  NO_PLAN: 'Nobody has said yet which monthly plan on offer its old plan becomes.',
  NOT_MONTHLY: 'It is not billed by the month there. Agree on a monthly price and invite by hand.',
  NO_BILLING_DATE: 'The list has neither its next billing date nor its billing day.',
  NO_PRICE: 'The list has no price for it, and its old plan is given none.',
  ENDS_THERE: 'It ends in the old system before it is billed again.',
  DISCOUNT_ENDS:
    'Its discount ends, so its price is not the same for ever. Mend the discount or its end, invite by hand, or give its old plan a price.',
  DUPLICATE_PLATE: 'Another live membership at the location has the same plate.',
  DUPLICATE_EMAIL: "Somebody else on the location's list has the same email address.",
  DUPLICATE_PHONE: "Somebody else on the location's list has the same phone number.",
};

export const skipWords = (reason: string) => skips[reason] ?? `${plain(reason)}.`;

const separators: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '|': 'bars',
  '\t': 'tabs',
};

export const separatorWords = (separator: string) => separators[separator] ?? separator;

/** "12 KB". */
export function bytes(size: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let at = 0;
  let n = size;
  while (n >= 1000 && at < units.length - 1) {
    n /= 1000;
    at++;
  }
  return `${n >= 10 || at === 0 ? Math.round(n) : n.toFixed(1)} ${units[at]}`;
}

/** What a row wants, as a sentence: it comes without a capital and a full stop, to stand behind its column in a file. */
export const sentence = (wants: string) =>
  wants && wants.charAt(0).toUpperCase() + wants.slice(1) + (/[.!?]$/.test(wants) ? '' : '.');

const shortDays = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** A date at the location, for a column: "Apr 15, 2026". */
export const shortDay = (iso: string) => shortDays.format(new Date(`${iso}T00:00:00Z`));
