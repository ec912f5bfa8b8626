import type { DeliveryPurpose, DeliveryStatus, EmailCorrectionState, TextReplyKind } from '../../gql/graphql';

export const deliveryStatuses: Record<DeliveryStatus, string> = {
  QUEUED: 'Queued',
  SENDING: 'Sending',
  ACCEPTED: 'Accepted',
  DELIVERED: 'Delivered',
  UNDELIVERED: 'Undelivered',
  FAILED: 'Failed',
  UNKNOWN: 'Unknown',
  CANCELED: 'Canceled',
};

/** Where the server has nothing more particular to say. */
export const deliveryMeanings: Record<DeliveryStatus, string> = {
  QUEUED: 'Waits for its turn.',
  SENDING: 'The provider is being asked.',
  ACCEPTED: 'The provider has taken it.',
  DELIVERED: 'It arrived.',
  UNDELIVERED: 'The provider could not deliver it.',
  FAILED: 'It was refused; nothing was sent.',
  UNKNOWN: 'It may have been sent.',
  CANCELED: 'Withdrawn before it was sent.',
};

export const purposes: Record<DeliveryPurpose, string> = {
  INVITATION: 'Invitation',
  EMAIL_REQUEST: 'Asks for an email',
  ACTION_NEEDED: 'Something for the tenant to do',
  RECEIPT: 'Receipt',
  SIGN_IN: 'Sign-in link',
  ACCOUNT_NOTICE: 'Notice about the account',
  STAFF_NOTICE: 'Notice to staff',
};

export const replyKinds: Record<TextReplyKind, string> = {
  STOP: 'STOP',
  START: 'START',
  HELP: 'HELP',
  OTHER: 'To read',
};

export const correctionStates: Record<EmailCorrectionState, string> = {
  PENDING: 'Waiting',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  REPLACED: 'Replaced by a newer one',
};
