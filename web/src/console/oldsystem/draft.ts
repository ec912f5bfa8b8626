// What is typed of somebody of the old system, and what of it is written. Only what differs from what was read is: whatever is written no
// later file changes any more.
import type {
  LegacyField,
  LegacyPeriod,
  LegacyViewFragment,
  SaveLegacyMembershipInput,
} from '../../gql/graphql';
import type { Refusals } from '../api';
import { typedPrice } from '../parts/decimal';

export interface Draft {
  name: string;
  /** One a line. */
  emails: string;
  phones: string;
  plate: string;
  rfid: string;
  memberNumber: string;
  unit: string;
  planName: string;
  price: string;
  discount: string;
  discountEndsOn: string;
  period: LegacyPeriod;
  nextBillingOn: string;
  billingDay: string;
  paidThrough: string;
  endsOn: string;
}

export const blank: Draft = {
  name: '',
  emails: '',
  phones: '',
  plate: '',
  rfid: '',
  memberNumber: '',
  unit: '',
  planName: '',
  price: '',
  discount: '',
  discountEndsOn: '',
  period: 'MONTHLY',
  nextBillingOn: '',
  billingDay: '',
  paidThrough: '',
  endsOn: '',
};

type Read = Pick<
  LegacyViewFragment,
  | 'name'
  | 'emails'
  | 'phones'
  | 'plate'
  | 'rfid'
  | 'memberNumber'
  | 'unit'
  | 'planName'
  | 'price'
  | 'discount'
  | 'discountEndsOn'
  | 'period'
  | 'nextBillingOn'
  | 'billingDay'
  | 'paidThrough'
  | 'endsOn'
>;

export const draftOf = (l: Read): Draft => ({
  name: l.name,
  emails: l.emails.join('\n'),
  phones: l.phones.join('\n'),
  plate: l.plate ?? '',
  rfid: l.rfid ?? '',
  memberNumber: l.memberNumber ?? '',
  unit: l.unit,
  planName: l.planName,
  price: l.price?.amount ?? '',
  discount: l.discount?.amount ?? '',
  discountEndsOn: l.discountEndsOn ?? '',
  period: l.period,
  nextBillingOn: l.nextBillingOn ?? '',
  billingDay: l.billingDay ? String(l.billingDay) : '',
  paidThrough: l.paidThrough ?? '',
  endsOn: l.endsOn ?? '',
});

const lines = (text: string) =>
  text
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter(Boolean);

const texts = ['name', 'plate', 'rfid', 'memberNumber', 'unit', 'planName'] as const;
const amounts = ['price', 'discount'] as const;
const dates = ['discountEndsOn', 'nextBillingOn', 'paidThrough', 'endsOn'] as const;

/** What takes no empty text, by the name by which it is emptied. */
const emptied: Partial<Record<keyof Draft, LegacyField>> = {
  price: 'PRICE',
  discount: 'DISCOUNT',
  discountEndsOn: 'DISCOUNT_ENDS_ON',
  nextBillingOn: 'NEXT_BILLING_ON',
  billingDay: 'BILLING_DAY',
  paidThrough: 'PAID_THROUGH',
  endsOn: 'ENDS_ON',
};

type Changes = Omit<SaveLegacyMembershipInput, 'id' | 'locationId'>;

export function changesOf(d: Draft, before: Draft, currency: string): Changes {
  const changes: Changes = {};
  for (const name of texts) if (d[name].trim() !== before[name].trim()) changes[name] = d[name].trim();
  for (const name of ['emails', 'phones'] as const)
    if (lines(d[name]).join('\n') !== lines(before[name]).join('\n')) changes[name] = lines(d[name]);
  for (const name of dates) if (d[name] && d[name] !== before[name]) changes[name] = d[name];
  for (const name of amounts) {
    const amount = typedPrice(d[name]);
    if (amount && amount !== before[name]) changes[name] = { amount, currency };
  }
  if (d.billingDay && d.billingDay !== before.billingDay) changes.billingDay = Number(d.billingDay);
  if (d.period !== before.period) changes.period = d.period;
  const clear = (Object.keys(emptied) as (keyof Draft)[]).filter((name) => before[name] && !d[name].trim());
  if (clear.length > 0) changes.clear = clear.map((name) => emptied[name]!);
  return changes;
}

/** What was refused of a field, or of one of its lines: "emails.1" stands beside the emails. */
export function beside(refused: Refusals, name: string): string | undefined {
  const all = Object.entries(refused)
    .filter(([at]) => at === name || at.startsWith(`${name}.`))
    .map(([, message]) => message);
  return all.join(' ') || undefined;
}

export const fieldsOfForm = [...Object.keys(blank), 'locationId'];

/** What belongs to no field of the form. */
export const others = (refused: Refusals) =>
  Object.entries(refused)
    .filter(([at]) => !fieldsOfForm.includes(at.split('.')[0]!))
    .map(([, message]) => message)
    .join(' ') || undefined;
