// Amounts, moments and states as staff read them. Days of billing are the location's; moments are the reader's own clock.
import type { InvitationStatus, StaffRole, SubmissionStatus } from '../../gql/graphql';
import { type Amount, date as longDate, money as inLanguage } from '../../shared/format';

export const money = (amount: Amount) => inLanguage(amount, 'EN');

/** A date at the location: "April 15, 2026". */
export const day = (iso: string) => longDate(iso, 'EN');

const moments = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' });
const days = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' });

/** "Apr 15, 2026, 3:04 PM". */
export const moment = (iso: string) => moments.format(new Date(iso));

/** "Apr 15, 2026", of a moment. */
export const momentDay = (iso: string) => days.format(new Date(iso));

const spans = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });

/** "3 days ago", "in 2 hours". */
export function ago(iso: string, now = Date.now()): string {
  const minutes = Math.round((new Date(iso).getTime() - now) / 60_000);
  if (Math.abs(minutes) < 60) return minutes === 0 ? 'just now' : spans.format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return spans.format(Math.round(minutes / 60), 'hour');
  return spans.format(Math.round(minutes / 60 / 24), 'day');
}

/** "1,234" or "10,000+" where there are at least that many. */
export const count = (total: number, precision: 'EXACT' | 'AT_LEAST' = 'EXACT') =>
  total.toLocaleString('en-US') + (precision === 'AT_LEAST' ? '+' : '');

export const plural = (n: number, one: string, many = one + 's') =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

export const invitationStatuses: Record<InvitationStatus, string> = {
  PENDING: 'Pending',
  SENT: 'Sent',
  CLAIMED: 'Claimed',
  REVOKED: 'Revoked',
};

export const submissionStatuses: Record<SubmissionStatus, string> = {
  WAITING_FOR_BANK_VERIFICATION: 'Waiting for Bank Verification',
  BANK_VERIFICATION_FAILED: 'Bank Verification Failed',
  READY_FOR_APPROVAL: 'Ready for Approval',
  APPROVING: 'Approving',
  TENANT_ACTION_REQUIRED: 'Tenant Action Required',
  APPROVED: 'Approved',
  PAYMENT_FAILED: 'Payment Failed',
  REJECTED: 'Rejected',
  METHOD_LOST: 'Payment Method Lost',
  UNDONE: 'Undone',
};

/** "SUBSCRIPTION_NOT_MADE" as "Subscription not made", for a word that has no better one here. */
export const plain = (code: string) =>
  code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ').replaceAll('.', ': ');

export const roles: Record<StaffRole, string> = {
  ADMIN: 'Administrator',
  MANAGER: 'Manager',
  ATTENDANT: 'Attendant',
};

export const channels = { EMAIL: 'Email', SMS: 'Text' } as const;
