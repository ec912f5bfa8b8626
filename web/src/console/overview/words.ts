import type { BillingAlarmKind, StuckKind } from '../../gql/graphql';

/** A kind that is newer than this page is not among them. */
export const stuckKinds: Partial<Record<StuckKind, string>> = {
  BANK_VERIFICATION_OVERDUE: 'Bank verification overdue',
  APPROVAL_OVERDUE: 'Approval overdue',
  SUBSCRIPTION_NOT_MADE: 'No subscription yet',
  TENANT_ACTION_OVERDUE: 'Tenant has not confirmed',
  TENANT_MUST_RETRY: 'Tenant has to try again',
  SUBSCRIPTION_UNKNOWN: 'Subscription unknown at Stripe',
  NEW_OFFER_UNANSWERED: 'New offer unanswered',
  UNDO_PENDING: 'Undo not done yet',
  DELIVERY_UNKNOWN: 'Message may not have arrived',
  DELIVERY_NOT_SENT: 'Message not sent yet',
  BATCH_STANDING: 'Bulk act stands still',
  BILLING_ALARM: 'Billing alarm',
  EMAIL_CORRECTION: 'Corrected email undecided',
};

export const alarmKinds: Partial<Record<BillingAlarmKind, string>> = {
  FIRST_CHARGE_AMOUNT: 'First charge: another amount',
  FIRST_CHARGE_DAY: 'First charge: another day',
  FIRST_CHARGE_MISSING: 'First charge missing',
  FIRST_PAYMENT_FAILED: 'First payment failed',
  RENEWAL_CONFIRMATION: 'The bank wants the tenant to confirm',
  FINALIZATION_FAILED: 'Invoice not finalized',
  DISPUTE: 'Payment taken back by the bank',
  DISPUTE_INQUIRY: 'The bank asks about a payment',
  REFUND_FAILED: 'Refund failed',
  TWO_LIVE_SUBSCRIPTIONS: 'Two live subscriptions',
  SUBSCRIPTION_ENDED: 'Subscription ended at Stripe',
  NOBODY_BILLS: 'Nobody bills',
  STILL_BILLED_THERE: 'Still billed in the old system',
};
