// What an event tells, in plain words. An action that has none here is shown by its own name.
import type { EventSubject } from '../../gql/graphql';
import { invitationStatuses, plain, submissionStatuses } from './words';

type Words = Record<string, string>;

const words: Partial<Record<EventSubject, Words>> = {
  SUBMISSION: {
    submitted: 'The tenant submitted the form',
    ready_for_approval: 'Ready for approval',
    bank_verification_failed: 'The bank account could not be verified',
    approving: 'Approved; the subscription is being made',
    approved: 'The subscription was made',
    tenant_action_required: "The tenant's bank wants the tenant to confirm",
    payment_failed: 'The payment failed',
    withdrawn: 'The approval was withdrawn',
    rejected: 'Rejected',
    closed: 'Closed',
    method_lost: 'The payment method was withdrawn',
    confirmation_given_up: "No longer waited for the tenant's confirmation",
    undo_requested: 'The approval is being undone',
    undone: 'The approval was undone',
  },
  RESERVATION: {
    created: 'The reservation was made',
    ended: 'The reservation ended',
    method_change_asked: 'The tenant gave another payment method',
    method_changed: 'Charged to the other payment method from then on',
    method_change_failed: 'The other payment method could not be used',
  },
  SUBSCRIPTION: {
    created: 'The subscription was made at Stripe',
    canceled: 'The subscription ended at Stripe',
    confirmation_wanted: "The tenant's bank wants a payment confirmed",
    confirmation_over: 'The payment waits for the tenant no more',
  },
  LEGACY_MEMBERSHIP: {
    created: 'Added by hand',
    mended: 'Mended by hand',
    state_imported: 'A file brought another state',
    cancellation_recorded: 'The cancellation in the old system was recorded',
    cancellation_taken_back: 'The recording of the cancellation was taken back',
    still_billed: 'A newer file says that it is still billed',
  },
  EMAIL_CORRECTION: {
    asked: 'The tenant gave another email',
    accepted: 'The other email was accepted',
    declined: 'The other email was declined',
    replaced: 'Another word of the tenant took its place',
  },
  METHOD_CHANGE: {
    asked: 'The tenant gave another payment method',
    done: 'Charged to the other payment method from then on',
    failed: 'The other payment method could not be used',
  },
};

/** What happened: "The tenant submitted the form". */
export const happened = (subject: EventSubject, action: string) =>
  words[subject]?.[action] ?? plain(action.toUpperCase());

const names: Words = { ...invitationStatuses, ...submissionStatuses };

/** A state as an event holds it, by the name that the pages give it; what is no name of a state stays as it is. */
export const stateName = (state: string) => {
  const code = state.toUpperCase();
  return names[code] ?? (/^[A-Z_]+$/.test(code) ? plain(code) : state);
};
