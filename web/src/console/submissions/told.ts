// What staff decide and what became of it, in words.
import type {
  ApprovalOutcome,
  BillingLineViewFragment,
  InvoiceStatus,
  StartOption,
  SubscriptionStatus,
  UndoAct,
} from '../../gql/graphql';
import { day, moment, plural } from '../parts/words';

/** The two starts, by the names and in the words of the help page. */
export const starts: Record<StartOption, { name: string; means: string }> = {
  CURRENT_MONTH: {
    name: 'Current Month',
    means: 'Charges the full month immediately (backdated to billing anchor)',
  },
  NEXT_MONTH: { name: 'Next Month', means: 'No charge until the next billing date' },
};

export const options = Object.keys(starts) as StartOption[];

/** "waiting for 3 days, since Apr 15, 2026, 3:04 PM"; null where nothing waits. */
export const waited = ({
  waitingSince,
  daysWaiting,
}: {
  waitingSince?: string | null;
  daysWaiting?: number | null;
}) =>
  waitingSince
    ? `waiting ${daysWaiting ? `for ${plural(daysWaiting, 'day')}, ` : ''}since ${moment(waitingSince)}`
    : null;

/** The days that a line of a charge pays for: "November 1, 2026 to November 30, 2026". Empty where that is not known. */
export function period({ from, until }: Pick<BillingLineViewFragment, 'from' | 'until'>): string {
  if (!from || !until) return '';
  const last = new Date(`${until}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() - 1);
  return `${day(from)} to ${day(last.toISOString().slice(0, 10))}`;
}

const hours = 3_600_000;

/**
 * Until when the making of a subscription waits; null where it is made at once. The API answers its own now where nothing waits, which
 * the browser's clock may not agree with: the other choice's moment is the better measure, and no wait is as long as a day.
 */
export function waitsUntil(notBefore: string, other: string | undefined, now = Date.now()): string | null {
  const at = new Date(notBefore).getTime();
  const isAfter = (then: number) => at > then + 60_000 && at < then + 18 * hours;
  return isAfter(now) || (other !== undefined && isAfter(new Date(other).getTime())) ? notBefore : null;
}

export const outcomes: Record<ApprovalOutcome, string> = {
  PENDING: 'The subscription is being made',
  APPROVED: 'The subscription exists',
  TENANT_ACTION_REQUIRED: "The tenant's bank wants the tenant to confirm",
  PAYMENT_FAILED: 'The charge was declined; nothing exists at Stripe',
  RETURNED: 'Went back to Ready for Approval; nothing exists at Stripe',
};

export const undone: Record<UndoAct, string> = {
  REFUNDED: 'Refunded',
  VOIDED: 'Void: it was not paid and will not be collected',
  DISPUTED: "The tenant's bank had taken it back before",
  CREDITED: 'Credited: it was paid outside of Stripe and given back the same way',
};

export const invoiceStatuses: Record<InvoiceStatus, string> = {
  DRAFT: 'Draft',
  OPEN: 'Open',
  PAID: 'Paid',
  UNCOLLECTIBLE: 'Uncollectible',
  VOID: 'Void',
};

export const subscriptionStatuses: Record<SubscriptionStatus, string> = {
  INCOMPLETE: 'Waits for the first payment',
  INCOMPLETE_EXPIRED: 'Ended: the first payment was not made in time',
  TRIALING: 'Active, nothing charged yet',
  ACTIVE: 'Active',
  PAST_DUE: 'Past due',
  UNPAID: 'Unpaid',
  PAUSED: 'Paused',
  CANCELED: 'Canceled',
};
