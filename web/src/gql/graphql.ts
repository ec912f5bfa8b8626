/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** An amount of money as a client hands it in. The currency must be that of the plan. */
export type MoneyInput = {
  /** Exact, with at most as many decimals as the currency has, not negative. */
  amount: string;
  currency: string;
};

/** The reasons a mutation refuses. New values may be added; treat an unknown one like `INVALID`. */
export type UserErrorCode =
  /** The value is not of the form that is asked for. */
  | 'INVALID'
  /** A value is missing. */
  | 'REQUIRED'
  /** There is no such thing, or not at a location that the caller manages. */
  | 'NOT_FOUND'
  /** Something with the same identity exists and is alive: an open invitation or reservation for this tenant, plan and unit. */
  | 'TAKEN'
  /** The thing has moved on, and what was asked is not allowed in the state that it is in now. */
  | 'WRONG_STATE'
  /** Email or password is wrong, or the account is closed. It is not said which. */
  | 'WRONG_CREDENTIALS'
  /** The link opens nothing (any more): unknown, expired, revoked, or used. */
  | 'LINK_CLOSED'
  /** The price or the terms have changed since they were shown. The payload holds the new ones; show them and ask again. */
  | 'QUOTE_CHANGED'
  /** The amount due today, or the date of the next charge, is not the one that was confirmed. The payload's preview holds the new one. */
  | 'TOTAL_CHANGED'
  /** Another staff member was first. The message says who and with what, and the payload's submission holds it. */
  | 'ALREADY_DECIDED'
  /** The payment method is not there, not the tenant's, or not usable yet. */
  | 'PAYMENT_METHOD_UNUSABLE'
  /** The client key was used before for another request. Use a new one. */
  | 'KEY_REUSED'
  /** Somebody changed it since it was read. The payload holds it as it is now; look at it and ask again. */
  | 'STALE'
  /** Not as many match as were confirmed. Nothing was done; the message says how many match now. */
  | 'COUNT_CHANGED'
  /** It was tried too often, or too many others try. Nothing was looked at; ask again after `retryAfter` seconds. */
  | 'RATE_LIMITED'
  /**
   * Something else is at work on the same thing, an import of the old system's list for instance, and was for longer than a request waits.
   * It is safe to ask the same again, after `retryAfter` seconds.
   */
  | 'BUSY';

export type UserWarningCode =
  /** This email belongs to a tenant who is known elsewhere, or has other open invitations. */
  | 'EMAIL_IN_USE'
  /** Another tenant has this phone number; a number gets one invitation by text, ever. */
  | 'PHONE_IN_USE'
  /** This phone number had its one invitation by text. */
  | 'ALREADY_TEXTED'
  /** This address is on the suppression list; it is not written to. */
  | 'SUPPRESSED'
  /** The price differs from the plan's by more than half. */
  | 'UNUSUAL_PRICE';

export type SortDirection = 'ASC' | 'DESC';

/** How far a total can be believed. */
export type CountPrecision =
  /** It is the number. */
  | 'EXACT'
  /** There are at least that many; counting further would take longer than a page. */
  | 'AT_LEAST';

/** What a staff member may do. */
export type StaffRole =
  /** Everything, at every location. */
  | 'ADMIN'
  /** Invites, sends and approves at managed locations. */
  | 'MANAGER'
  /** Migrates customers at the counter of own locations; sees no invitations and approves nothing. */
  | 'ATTENDANT';

export type SignInInput = {
  email: string;
  password: string;
};

export type PlanKind =
  /** A studio, rented by the month or by the hour. */
  | 'STUDIO'
  /** A membership: of a car wash, of a gym. */
  | 'MEMBERSHIP';

export type EmailCorrectionState =
  /** Waits for staff. */
  | 'PENDING'
  /** It is the tenant's address since. */
  | 'ACCEPTED'
  /** The tenant keeps the old address and was told why. */
  | 'DECLINED'
  /** The tenant has given another one since, or taken it back. */
  | 'REPLACED';

/** All that is given must hold. */
export type EmailCorrectionFilter = {
  /** Any of these states. Empty or null: all. */
  states?: Array<EmailCorrectionState> | null | undefined;
  /** Given at any of these locations. Empty or null: at any. */
  locationIds?: Array<string | number> | null | undefined;
};

export type AcceptEmailCorrectionInput = {
  id: string | number;
};

export type DeclineEmailCorrectionInput = {
  id: string | number;
  /** Why, for the tenant to read. At most 500 characters. */
  reason: string;
};

export type InvitationStatus =
  /** Created but email not sent. An SMS alone leaves it here. */
  | 'PENDING'
  /** Email sent, waiting for the tenant to complete. */
  | 'SENT'
  /** The tenant completed the form. Kept for ever, never edited. */
  | 'CLAIMED'
  /** Withdrawn by staff; its link opens nothing. */
  | 'REVOKED';

/** All that is given must hold. */
export type InvitationFilter = {
  /**
   * Words in any order, each somewhere in the tenant's name or email, the plan's or the location's name; of one or two letters, at the
   * beginning of a word there. Case and accents do not matter, `%` and `_` are themselves. At most 100 characters; the first six words
   * count, and more do not narrow it.
   */
  search?: string | null | undefined;
  /** Any of these states. Empty or null: all. */
  statuses?: Array<InvitationStatus> | null | undefined;
  /** Any of these locations. Empty or null: all that the caller manages. */
  locationIds?: Array<string | number> | null | undefined;
  /** Any of these plans. */
  planIds?: Array<string | number> | null | undefined;
  /** Any of these billing days. */
  anchorDays?: Array<number> | null | undefined;
  /** Whether the tenant has a phone number. */
  hasPhone?: boolean | null | undefined;
  /** Whether an invitation by text went out. */
  texted?: boolean | null | undefined;
  /** Whether the last message about it did not arrive. */
  deliveryFailed?: boolean | null | undefined;
  /** Whether the link's time is over, for PENDING and SENT alike. */
  linkExpired?: boolean | null | undefined;
  /** Created at or after. */
  createdFrom?: string | null | undefined;
  /** Created before. */
  createdBefore?: string | null | undefined;
};

export type InvitationSort =
  /** The tenant's name. */
  | 'TENANT'
  /** The plan's name. */
  | 'PLAN'
  /** The location's name. */
  | 'LOCATION'
  /** The monthly card price. */
  | 'CARD_PRICE'
  /** The monthly bank account price; those without one come first. */
  | 'ACH_PRICE'
  /** The monthly insurance price; those without one come first. */
  | 'INSURANCE'
  /** The billing day. */
  | 'ANCHOR_DAY'
  /** Pending, Sent, Claimed, Revoked. */
  | 'STATUS'
  /** When it was created. */
  | 'CREATED_AT';

/** Rows that are equal in it keep one order, so that no page repeats or loses one. */
export type InvitationOrder = {
  by: InvitationSort;
  direction?: SortDirection;
};

export type QuoteLineKind = 'PLAN' | 'INSURANCE';

/**
 * A person who is not known yet. If the email is known, the existing tenant is invited and keeps the name and phone on file, and
 * messages greet them by that name. If the email is known at another location only, the caller goes on seeing the name and phone
 * typed here, and the plan's location's messages go by them, until the tenant completes a set-up there.
 */
export type NewTenantInput = {
  name: string;
  email: string;
  /** With country code; written as E.164 afterwards. */
  phone?: string | null | undefined;
  /** Where and when the tenant agreed to be texted at `phone`. */
  phoneConsent?: PhoneConsentInput | null | undefined;
};

/** The tenant's consent to be texted. */
export type PhoneConsentInput = {
  /** When it was given; not in the future. */
  givenAt: string;
  /** Where: `Lease of 2024-05-01`, `Web form`. At most 120 characters. */
  source: string;
};

export type CreateInvitationInput = {
  /** An existing tenant. Give this or `newTenant`. */
  tenantId?: string | number | null | undefined;
  /** Give this or `tenantId`. */
  newTenant?: NewTenantInput | null | undefined;
  /** A monthly plan at a location that the caller manages. */
  planId: string | number;
  /** Which one, where the tenant may have several of this plan: a plate, a seat. */
  unit?: string | null | undefined;
  /** Override of the plan's card price. Without it the invitation follows the plan. */
  cardPrice?: MoneyInput | null | undefined;
  /** Override of the plan's bank account price (USD only). */
  achPrice?: MoneyInput | null | undefined;
  /** 1 to 28; that of `legacyMembershipId`, if one is given, too. */
  anchorDay: number;
  /** An insurance plan offered at the plan's location. */
  insurancePlanId?: string | number | null | undefined;
  /**
   * The membership of the old system's list that it takes over, of the plan's location: neither cancelled there nor migrated nor invited. Then its
   * billing day may be 29 to 31, `firstBillOn` is the old system's next bill where that is on the billing day, and once it is approved the old plan
   * stands on `legacyWorklist` until its cancellation is recorded.
   */
  legacyMembershipId?: string | number | null | undefined;
};

/** The whole offer as it shall be: what is left out becomes empty, but for the recipient. */
export type UpdateInvitationInput = {
  id: string | number;
  /** As it was read. If the invitation was edited since, nothing is done (STALE). */
  revision: number;
  /** Another recipient, who is known. Possible only while nobody was told; give neither to keep the recipient. */
  tenantId?: string | number | null | undefined;
  /** Another recipient, who is new. */
  newTenant?: NewTenantInput | null | undefined;
  /** A monthly plan at a location that the caller manages. */
  planId: string | number;
  unit?: string | null | undefined;
  /** Override of the plan's card price. Null: follow the plan. */
  cardPrice?: MoneyInput | null | undefined;
  /** Override of the plan's bank account price. Null: follow the plan. */
  achPrice?: MoneyInput | null | undefined;
  anchorDay: number;
  /** Null: without insurance. */
  insurancePlanId?: string | number | null | undefined;
};

export type DeleteInvitationInput = {
  id: string | number;
};

export type RevokeInvitationInput = {
  id: string | number;
  /** For the record; at most 500 characters. */
  reason?: string | null | undefined;
};

export type RenewInvitationLinkInput = {
  id: string | number;
  /** True: links given out before stop opening. For a link that came into wrong hands. */
  replace?: boolean;
};

export type CopyInvitationLinkInput = {
  id: string | number;
};

/**
 * What is left out stays as it is; an empty `phone` takes the number away. While the record is another location's only the name and
 * phone that the caller's locations typed change.
 */
export type UpdateTenantInput = {
  id: string | number;
  name?: string | null | undefined;
  /**
   * Where there is none yet, at any time. Another one only while nothing was sent to this tenant and no set-up was completed; after a
   * set-up see `enterEmailCorrection`.
   */
  email?: string | null | undefined;
  /** Another number is without consent, unless `phoneConsent` says otherwise. */
  phone?: string | null | undefined;
  /** Goes with the `phone` that it was given for, also where that is the number on file. */
  phoneConsent?: PhoneConsentInput | null | undefined;
  language?: Language | null | undefined;
};

export type MessageChannel = 'EMAIL' | 'SMS';

export type DeliveryPurpose =
  /** A link by which a tenant signs in. */
  | 'SIGN_IN'
  /** Tells a tenant what became of their account: another address, another payment method. */
  | 'ACCOUNT_NOTICE'
  | 'INVITATION'
  | 'EMAIL_REQUEST'
  | 'ACTION_NEEDED'
  | 'RECEIPT'
  | 'STAFF_NOTICE';

export type DeliveryStatus =
  /** Waits for its turn. */
  | 'QUEUED'
  /** The provider is being asked. */
  | 'SENDING'
  /** The provider has taken it. */
  | 'ACCEPTED'
  /** The provider says it arrived. */
  | 'DELIVERED'
  /** The provider took it and could not deliver it. */
  | 'UNDELIVERED'
  /** Nothing was sent: the provider refused it, at once or after it had taken it, or a look-up or a person found out after its answer had been lost. */
  | 'FAILED'
  /** The provider's answer was lost. It may have been sent; it is not sent again by itself. */
  | 'UNKNOWN'
  /** Withdrawn before the provider was asked. */
  | 'CANCELED';

export type DeliveryFilter = {
  /** Any of these states. UNKNOWN are the ones that may need a person. */
  statuses?: Array<DeliveryStatus> | null | undefined;
  channel?: MessageChannel | null | undefined;
  purposes?: Array<DeliveryPurpose> | null | undefined;
  locationIds?: Array<string | number> | null | undefined;
};

export type ResolveDeliveryInput = {
  id: string | number;
  /** True: it was sent. False: it surely was not, and may be sent anew. */
  sent: boolean;
  /** How that was found out; for the record. At most 500 characters. */
  note: string;
};

export type SendInvitationsInput = {
  channel: MessageChannel;
  /** The invitations, each once, at most 1000. Give this or `filter`. */
  ids?: Array<string | number> | null | undefined;
  /** All that match. Give this or `ids`. Who matches is settled now, whatever changes while the batch runs. */
  filter?: InvitationFilter | null | undefined;
  /** How many the person confirmed. If it is not the number of `ids`, or of those that match now, nothing is sent (COUNT_CHANGED). */
  expectedCount: number;
  /** Chosen by the client for this one act, for instance a UUID. The same key again answers the same batch and sends nothing. */
  clientKey: string;
};

export type PreviewSendInput = {
  channel: MessageChannel;
  ids?: Array<string | number> | null | undefined;
  filter?: InvitationFilter | null | undefined;
};

export type TextEncoding =
  /** The seven-bit alphabet of GSM 03.38. */
  | 'GSM_7'
  /** For everything else: less than half as much fits. */
  | 'UCS_2';

export type BatchKind = 'SEND' | 'APPROVE' | 'IMPORT' | 'CREATE_FROM_LEGACY';

export type BatchState =
  | 'RUNNING'
  | 'FINISHED'
  /** Staff canceled what had not gone. */
  | 'CANCELED'
  /** Too many failed, so the rest was not tried. See `stateReason`. */
  | 'STOPPED';

/**
 * What has not gone to a provider is withdrawn: messages are not sent, and submissions of which Stripe was not asked are READY_FOR_APPROVAL
 * again.
 */
export type CancelBatchInput = {
  id: string | number;
};

export type RetryBatchInput = {
  /** A batch that has finished. */
  id: string | number;
  /** Chosen by the client for this one act. The same key again answers the same batch and does nothing. */
  clientKey: string;
};

export type BatchOutcomeKind = 'PENDING' | 'SUCCEEDED' | 'SKIPPED' | 'FAILED';

export type SuppressionScope =
  /** No invitations and reminders; what a tenant must know to keep their place is still sent. */
  | 'INVITATIONS'
  /** Nothing at all on this channel. */
  | 'ALL';

export type SuppressionReason =
  /** The person answered STOP to a text. They lift it with START. */
  | 'STOP'
  /** The person used the link of an email. They lift it on the same page. */
  | 'UNSUBSCRIBE'
  /** The address does not exist or refuses us for good. */
  | 'BOUNCE'
  /** The person reported a message as spam. */
  | 'COMPLAINT'
  /** A staff member's entry. */
  | 'DO_NOT_CONTACT';

/**
 * Give one of `email`, `phone` and `tenantId`; a tenant is suppressed on every channel that is known. The list holds at every location. Again, by
 * the same staff member, it changes nothing unless it reaches further.
 */
export type SuppressInput = {
  email?: string | null | undefined;
  phone?: string | null | undefined;
  tenantId?: string | number | null | undefined;
  scope?: SuppressionScope;
  /** For the record; at most 500 characters. */
  note?: string | null | undefined;
};

export type UnsuppressInput = {
  id: string | number;
};

export type TextReplyKind =
  /** Ends texts to the number. Dealt with by itself. */
  | 'STOP'
  /** Lifts what STOP did. Dealt with by itself. */
  | 'START'
  /** Answered by the provider. Dealt with by itself. */
  | 'HELP'
  /** Anything else: for a person to read. Where it asks in other words for no more texts, they are ended as by STOP. */
  | 'OTHER';

export type HandleTextReplyInput = {
  id: string | number;
};

export type Language = 'EN' | 'ES';

export type PaymentMethodType =
  | 'CARD'
  /** A US bank account, debited by ACH. USD only. */
  | 'US_BANK_ACCOUNT';

export type SetupState =
  /** The tenant can choose a payment method and submit. */
  | 'OPEN'
  /** Submitted; the location reviews it. */
  | 'SUBMITTED'
  /** Approved, and the tenant's bank wants the tenant to confirm it: see `confirmation`. DONE once that is done. */
  | 'CONFIRM'
  /** Approved; nothing more is asked of the tenant here. */
  | 'DONE'
  /** The link's time is over. The location can send a new one. */
  | 'EXPIRED'
  /** The location made a newer link, and this one opens nothing any more. */
  | 'REPLACED'
  /** The offer was withdrawn, or the subscription that came of it has ended. */
  | 'REVOKED';

export type StartSetupInput = {
  token: string;
  method: PaymentMethodType;
};

export type SignatureKind =
  /** The typed name is the signature. */
  | 'TYPED'
  /** A drawing of it, with the name typed beside it. */
  | 'DRAWN';

export type SignatureInput = {
  kind: SignatureKind;
  /** The signer's full name. */
  name: string;
  /** For DRAWN: a PNG as base64, at most 200 kB. */
  imageBase64?: string | null | undefined;
};

export type SubmitSetupInput = {
  token: string;
  /** Of the SetupIntent that was confirmed: `seti_…`. */
  setupIntentId: string;
  /** As `setup` answered it. */
  digest: string;
  /** The tenant agrees to the terms that were shown. Must be true. */
  acceptTerms: boolean;
  /** The tenant accepts `mandate`. Must be true for a bank account. */
  acceptMandate?: boolean | null | undefined;
  signature: SignatureInput;
  /** The language in which the offer and its terms were read. */
  language?: Language | null | undefined;
  /** The tenant's own address, where the one on file is not. It waits for staff; until then messages go to the one on file. */
  email?: string | null | undefined;
};

export type TenantTask =
  /** Nothing. */
  | 'NOTHING'
  /** Enter the code of the one-cent deposit. */
  | 'ENTER_CODE'
  /** Give another payment method: the one before failed or was withdrawn. */
  | 'NEW_PAYMENT_METHOD'
  /** Confirm a payment with the bank, the first or a later one: see `confirmation`. */
  | 'CONFIRM_PAYMENT'
  /** The location did not take the attempt, or made another offer in its place, and says why: send it again. */
  | 'SUBMIT_AGAIN';

export type MethodChangeState =
  /** Stripe is being told, or a bank account is being verified. The method before is charged until then. */
  | 'PENDING'
  /** It is charged from the next time on. */
  | 'DONE'
  /** The method before stays. */
  | 'FAILED';

export type RequestSignInLinkInput = {
  /** The address that messages about the account go to. */
  email: string;
  /** Of the email. */
  language?: Language | null | undefined;
};

export type SignInWithLinkInput = {
  /** What the mailed link holds after `#`. */
  token: string;
};

export type StartMethodChangeInput = {
  reservationId: string | number;
  /** One of `changeableTo`. */
  method: PaymentMethodType;
};

export type ChangePaymentMethodInput = {
  reservationId: string | number;
  /** Of the SetupIntent that was confirmed: `seti_…`. */
  setupIntentId: string;
  /** The tenant accepts `mandate`. Must be true for a bank account. */
  acceptMandate?: boolean | null | undefined;
  /** The language in which the mandate was read. */
  language?: Language | null | undefined;
};

export type RequestEmailChangeInput = {
  /** The tenant's own address. The one on file takes an earlier request back. */
  email: string;
};

export type SubmissionStatus =
  /** The bank account is being verified, three to five business days. */
  | 'WAITING_FOR_BANK_VERIFICATION'
  /** The bank account could not be verified. The tenant's link is open for another attempt. */
  | 'BANK_VERIFICATION_FAILED'
  /** Ready for Approval. */
  | 'READY_FOR_APPROVAL'
  /** Approved by a staff member; the subscription is being made. */
  | 'APPROVING'
  /**
   * The subscription exists, but the tenant's bank wants the tenant to confirm it, and the tenant was asked. APPROVED once that is
   * done, PAYMENT_FAILED where it fails or is not done in time.
   */
  | 'TENANT_ACTION_REQUIRED'
  /** The subscription exists. */
  | 'APPROVED'
  /** The first charge was declined or not confirmed, and no subscription is left. The tenant's link is open for another payment method. */
  | 'PAYMENT_FAILED'
  /** Turned down by staff with a reason. The tenant's link is open for another attempt. */
  | 'REJECTED'
  /** The payment method was withdrawn before approval. The tenant's link is open for another one. */
  | 'METHOD_LOST'
  /** Approved and taken back. */
  | 'UNDONE';

/** All that is given must hold. */
export type SubmissionFilter = {
  /** As in `InvitationFilter`: words in the tenant's name or email, the plan's or the location's name. */
  search?: string | null | undefined;
  /** Any of these states. Empty or null: all. */
  statuses?: Array<SubmissionStatus> | null | undefined;
  /** Any of these locations. Empty or null: all that the caller manages. */
  locationIds?: Array<string | number> | null | undefined;
  /** Paid by any of these methods. Empty or null: all. */
  methods?: Array<PaymentMethodType> | null | undefined;
  /** Submitted at or after. */
  submittedFrom?: string | null | undefined;
  /** Submitted before. */
  submittedBefore?: string | null | undefined;
  /** Waits, and has since before this: `waitingSince` is earlier. */
  waitingSinceBefore?: string | null | undefined;
};

export type SubmissionSort =
  /** The tenant's name. */
  | 'TENANT'
  /** The plan's name. */
  | 'PLAN'
  /** The location's name. */
  | 'LOCATION'
  /** The monthly card price. */
  | 'CARD_PRICE'
  /** The monthly bank account price; those without one come first. */
  | 'ACH_PRICE'
  /** The monthly insurance price; those without one come first. */
  | 'INSURANCE'
  /** The billing day. */
  | 'ANCHOR_DAY'
  /** In the order of `SubmissionStatus`. */
  | 'STATUS'
  /** When the tenant submitted. */
  | 'SUBMITTED_AT'
  /** What is paid each month. */
  | 'MONTHLY_TOTAL'
  /** Since when it waits; those without `waitingSince` come last. */
  | 'WAITING_SINCE';

/** Rows that are equal in it keep one order, so that no page repeats or loses one. */
export type SubmissionOrder = {
  by: SubmissionSort;
  direction?: SortDirection;
};

/** When billing starts. */
export type StartOption =
  /** Charges the full month immediately, backdated to the last billing day. */
  | 'CURRENT_MONTH'
  /** No charge until the next billing day, or until `firstBillOn` of an offer that carries a legacy cycle over, where that is ahead. */
  | 'NEXT_MONTH';

export type RejectSubmissionInput = {
  submissionId: string | number;
  /** What is wrong and what the tenant can do about it: it stands in the message to the tenant and on the tenant's page. At most 500 characters. */
  reason: string;
  /** Where the offer itself was wrong: what is offered instead, to the same tenant. Null: the tenant tries again with the same offer. */
  newOffer?: NewOfferInput | null | undefined;
  /**
   * True: nothing is offered instead. The reservation ends, the tenant's link opens nothing any more, and the plan is free for another
   * invitation. Give this or `newOffer`, or neither.
   */
  close?: boolean;
};

/** The whole offer as it shall be, as in `updateInvitation`. */
export type NewOfferInput = {
  /** A monthly plan at a location that the caller manages. */
  planId: string | number;
  unit?: string | null | undefined;
  /** Override of the plan's card price. Null: follow the plan. */
  cardPrice?: MoneyInput | null | undefined;
  /** Override of the plan's bank account price (USD only). Null: follow the plan. */
  achPrice?: MoneyInput | null | undefined;
  /** 1 to 28, or the billing day that the offer had before. */
  anchorDay: number;
  /** Null: without insurance. */
  insurancePlanId?: string | number | null | undefined;
};

/** Withdraws an approval before Stripe is asked. */
export type WithdrawApprovalInput = {
  submissionId: string | number;
  /** Why, for other staff: it stands beside the submission until it is decided on again. At most 500 characters. */
  reason?: string | null | undefined;
};

/** Waits no more for a tenant who does not confirm at their bank. */
export type EndConfirmationInput = {
  submissionId: string | number;
  /** Why; the tenant reads it. At most 500 characters. */
  reason: string;
};

export type UndoState =
  /** Under way; the submission is APPROVED until it is done. */
  'PENDING' | 'DONE';

export type UndoAct =
  /** What was paid goes back. */
  | 'REFUNDED'
  /** It was not paid and will not be collected. */
  | 'VOIDED'
  /** The tenant's bank had taken it back before. */
  | 'DISPUTED'
  /** It was paid outside of Stripe, and staff gave it back the same way: Stripe holds a credit note for it. */
  | 'CREDITED';

export type UndoApprovalInput = {
  submissionId: string | number;
  /** Why; it stands in the message to the tenant. At most 500 characters. */
  reason: string;
};

export type ApproveSubmissionsInput = {
  /** The submissions, each once, at most 1000. Give this or `filter`. */
  ids?: Array<string | number> | null | undefined;
  /** All that match. Give this or `ids`. Which match is settled now, whatever changes while the batch runs. */
  filter?: SubmissionFilter | null | undefined;
  /** The choice for all of them. */
  option: StartOption;
  /** How many the person confirmed. If it is not the number of `ids`, or of those that match now, nothing is approved (COUNT_CHANGED). */
  expectedCount: number;
  /** What `previewApprovals` said is due today, one for each currency. If it is another amount by now, nothing is approved (TOTAL_CHANGED). */
  expectedDueToday: Array<MoneyInput>;
  /**
   * What `previewApprovals` answered as `dates`. Over a midnight the first charges may move by a month while what is due today stays the
   * same; then nothing is approved (TOTAL_CHANGED). Null: the dates are not compared.
   */
  expectedDates?: string | null | undefined;
  /** Chosen by the client for this one act, for instance a UUID. The same key again answers the same batch and approves nothing. */
  clientKey: string;
};

export type PreviewApprovalsInput = {
  ids?: Array<string | number> | null | undefined;
  filter?: SubmissionFilter | null | undefined;
  option: StartOption;
};

export type ApprovalOutcome =
  /** The subscription is being made. */
  | 'PENDING'
  | 'APPROVED'
  | 'TENANT_ACTION_REQUIRED'
  /** The charge was declined; nothing exists at Stripe. */
  | 'PAYMENT_FAILED'
  /** Went back to READY_FOR_APPROVAL; nothing exists at Stripe. */
  | 'RETURNED';

export type SubscriptionStatus =
  'INCOMPLETE' | 'INCOMPLETE_EXPIRED' | 'TRIALING' | 'ACTIVE' | 'PAST_DUE' | 'UNPAID' | 'PAUSED' | 'CANCELED';

export type InvoiceStatus =
  /** Stripe has made it and may still change it, for an hour as a rule. */
  | 'DRAFT'
  /** Asked for and not paid: a bank takes its days, or the payment failed. See `failure`. */
  | 'OPEN'
  | 'PAID'
  | 'UNCOLLECTIBLE'
  /** Taken out of the books. */
  | 'VOID';

export type BillingAlarmKind =
  /** The first invoice asks for another amount than was agreed at approval. */
  | 'FIRST_CHARGE_AMOUNT'
  /** The first charge was made on another day than was agreed. */
  | 'FIRST_CHARGE_DAY'
  /** A day after the first charge was due there is no invoice for it. */
  | 'FIRST_CHARGE_MISSING'
  /** The first payment failed, wants the tenant, or is unpaid after ten days. Stripe tries again by its own schedule. */
  | 'FIRST_PAYMENT_FAILED'
  /**
   * The tenant's bank wants the tenant to confirm a payment after the first one. The tenant was asked, and their account leads there. It is
   * closed by itself once the invoice is paid or asked for no more.
   */
  | 'RENEWAL_CONFIRMATION'
  /** Stripe could not finalize an invoice and charges nothing for it until that is mended there. */
  | 'FINALIZATION_FAILED'
  /** The tenant's bank took a payment back, or a part of one. */
  | 'DISPUTE'
  /** The tenant's bank asks about a payment and has taken nothing back so far. Answer it at Stripe. */
  | 'DISPUTE_INQUIRY'
  /** Less is with the tenant than was given back when an approval was taken back: give the rest back by another way. */
  | 'REFUND_FAILED'
  /** Stripe holds two live subscriptions for the same tenant, plan and unit. */
  | 'TWO_LIVE_SUBSCRIPTIONS'
  /** An approved subscription ended at Stripe, and not from here. Its reservation ended with it: plan and unit can be offered again. */
  | 'SUBSCRIPTION_ENDED'
  /** An approval was taken back and the old system has cancelled the membership: nobody bills that person. Invite them anew, or have the old system take them back. */
  | 'NOBODY_BILLS'
  /**
   * The old system's cancellation of a membership that was migrated is recorded, but a newer file says that it is billed there. Look there; if it was
   * not cancelled, `takeBackLegacyCancellation`.
   */
  | 'STILL_BILLED_THERE';

export type BillingAlarmFilter = {
  /** Any of these kinds. Empty or null: all. */
  kinds?: Array<BillingAlarmKind> | null | undefined;
  /** Any of these locations. Empty or null: all that the caller manages. */
  locationIds?: Array<string | number> | null | undefined;
  /** True: those that are open. False: those that were handled or came right. Null: both. */
  open?: boolean | null | undefined;
};

export type HandleBillingAlarmInput = {
  id: string | number;
  /** What was found, and what was done about it. At most 500 characters. */
  note: string;
};

export type BillingSource =
  /** Stripe's own preview of its invoices. */
  | 'STRIPE'
  /** Our arithmetic, because Stripe could not be asked now. Approving is held to Stripe's amount all the same. */
  | 'CARRYOVER';

export type BillingWarningCode =
  /** The legacy system has already billed days that the first charge here would pay for again. */
  | 'LEGACY_PERIOD_PAID'
  /** The legacy system renews within a day of now and may charge as well. */
  | 'LEGACY_RENEWS'
  /** Stripe would charge another amount than the tenant agreed to. Approving is refused until that is mended. */
  | 'STRIPE_DIFFERS'
  /** Stripe would refuse to make this subscription; the message says why. */
  | 'STRIPE_REFUSES';

export type ApproveSubmissionInput = {
  submissionId: string | number;
  option: StartOption;
  /** What `billingPreview` said is due today. If it is another amount by now, nothing is done. */
  expectedDueToday: MoneyInput;
  /**
   * What `billingPreview` said is the date of the next charge. If it is another date by now (the day may have turned), nothing is
   * done. Without it only the amount is held to what was seen.
   */
  expectedNextChargeOn?: string | null | undefined;
};

/** Why something waits for longer than it should. New kinds may be added; show `message` and `next` of one that is not known. */
export type StuckKind =
  /**
   * A bank account is not verified though its time is over: the last day to enter the code, seven days where none has to be entered,
   * or a day without a look at Stripe.
   */
  | 'BANK_VERIFICATION_OVERDUE'
  /** READY_FOR_APPROVAL for three days. Where something stands in the way of approving it, `message` says what. */
  | 'APPROVAL_OVERDUE'
  /** Approved, and an hour after it could have been made there is no subscription. */
  | 'SUBSCRIPTION_NOT_MADE'
  /**
   * The tenant's bank has wanted the tenant for twelve hours. A first payment is given up after twenty-three; where only the card has to be
   * confirmed, an hour before the first charge.
   */
  | 'TENANT_ACTION_OVERDUE'
  /** The tenant's link was opened again for another attempt; none came for three days, or the link has expired. */
  | 'TENANT_MUST_RETRY'
  /** Stripe answers as if it had never had a subscription of ours. Nothing is concluded from that; look at the account's key. */
  | 'SUBSCRIPTION_UNKNOWN'
  /** Another offer was made when a submission was given up; the tenant has not taken it up for three days, or its link has expired. */
  | 'NEW_OFFER_UNANSWERED'
  /** An approval has been being taken back for a day: a bank debit is under way, or Stripe refuses a refund. */
  | 'UNDO_PENDING'
  /** Nobody knows what became of a message, and it will not show by itself any more. */
  | 'DELIVERY_UNKNOWN'
  /** A message of no bulk act has waited an hour for its turn. */
  | 'DELIVERY_NOT_SENT'
  /** A bulk act is not finished, something of it could go, and nothing was settled for an hour. */
  | 'BATCH_STANDING'
  /** A billing alarm that nobody has dealt with. */
  | 'BILLING_ALARM'
  /** A tenant's corrected email has waited a day for staff. */
  | 'EMAIL_CORRECTION';

/** All that is given must hold. */
export type StuckFilter = {
  /** Any of these kinds. Empty or null: all. */
  kinds?: Array<StuckKind> | null | undefined;
  /** Any of these locations; bulk acts are of none. Empty or null: all that the caller manages, and bulk acts. */
  locationIds?: Array<string | number> | null | undefined;
};

/** Which invitations are counted: those created in the period, whenever the rest happened. All that is given must hold. */
export type FunnelFilter = {
  /** Any of these locations. Empty or null: all that the caller manages. */
  locationIds?: Array<string | number> | null | undefined;
  /** Created at or after. Null: twelve months before `before`. */
  from?: string | null | undefined;
  /** Created before; at most 366 days after `from`. Null: now. */
  before?: string | null | undefined;
};

export type ActorKind = 'STAFF' | 'TENANT' | 'SYSTEM' | 'INTEGRATION';

/** What an event is about. */
export type EventSubject =
  | 'INVITATION'
  | 'RESERVATION'
  | 'SUBMISSION'
  | 'APPROVAL'
  | 'SUBSCRIPTION'
  | 'DELIVERY'
  | 'BATCH'
  | 'TENANT'
  | 'STAFF'
  | 'SUPPRESSION'
  | 'TEXT_REPLY'
  | 'BILLING_ALARM'
  | 'LEGACY_MEMBERSHIP'
  | 'EMAIL_CORRECTION'
  /** Another payment method that a tenant gave. `node` answers null for it: its reservation tells the same. */
  | 'METHOD_CHANGE'
  /** A session at a counter, and each step of its migration. */
  | 'SESSION'
  /** Of no event: the steps of a counter migration are told of its session. */
  | 'COUNTER_MIGRATION';

/** All that is given must hold. */
export type AuditFilter = {
  /** At any of these locations. Empty or null: at all that the caller manages; for an ADMIN also what belongs to no location. */
  locationIds?: Array<string | number> | null | undefined;
  /** Done by this staff member or tenant. */
  actorId?: string | number | null | undefined;
  /** Done by any of these kinds of actor. Empty or null: all. */
  actorKinds?: Array<ActorKind> | null | undefined;
  /** About any of these kinds of things. Empty or null: all. */
  subjectKinds?: Array<EventSubject> | null | undefined;
  /** About this one thing. */
  subjectId?: string | number | null | undefined;
  /** Any of these actions: `sent`, `claimed`, `approved` … Empty or null: all. */
  actions?: Array<string> | null | undefined;
  /** At or after. */
  from?: string | null | undefined;
  /** Before. */
  before?: string | null | undefined;
};

/** How somebody came to be signed in. */
export type SignInWay =
  | 'PASSWORD'
  /** By taking up an invitation. */
  | 'INVITATION'
  /** At the company's identity provider. */
  | 'OIDC';

/** What an API token is good for. */
export type TokenScope =
  /** A reader at a gate: opens sessions at the token's locations, and nothing else. It learns nothing of whose the car is. */
  | 'GATE'
  /** Queries and subscriptions, of what its owner sees. */
  | 'READ_ONLY'
  /** Acts as its owner, but for what people alone do: staff, passwords, sign-ins and tokens. */
  | 'STAFF';

/** Every condition narrows; an empty list is no condition. */
export type StaffMemberFilter = {
  /** Part of a name or an email. */
  search?: string | null | undefined;
  roles?: Array<StaffRole> | null | undefined;
  /** Who is assigned to any of these. ADMINs are assigned to none. */
  locationIds?: Array<string | number> | null | undefined;
  /** True: who may come in. False: who was deactivated. */
  active?: boolean | null | undefined;
};

/**
 * Puts somebody on the list and mails them a link, which opens for 72 hours and lets them choose a password with
 * `acceptStaffInvitation`. An email that is on the list already is TAKEN.
 */
export type InviteStaffInput = {
  name: string;
  email: string;
  role: StaffRole;
  /** What a MANAGER manages and where an ATTENDANT stands: at least one. Empty for an ADMIN. */
  locationIds?: Array<string | number>;
};

/** Mails another link to a member who has not chosen a password. The link before opens nothing any more. */
export type InviteStaffAgainInput = {
  id: string | number;
};

/**
 * Says anew what a member may do; it holds from their next request on, and what is live as another role ends. The last ADMIN who can sign in
 * stays one (WRONG_STATE).
 */
export type UpdateStaffInput = {
  id: string | number;
  name: string;
  role: StaffRole;
  /** All of them, as in `InviteStaffInput`. */
  locationIds?: Array<string | number>;
};

/** Shuts a member out. Their sign-ins, API tokens and what is live through them end at once. Not the last ADMIN who can sign in (WRONG_STATE). */
export type DeactivateStaffInput = {
  id: string | number;
};

/** Lets a member in again, with the password, role and locations that they had. Sign-ins and tokens that ended stay ended. */
export type ReactivateStaffInput = {
  id: string | number;
};

export type AcceptStaffInvitationInput = {
  /** From the link: what follows `#`. */
  token: string;
  /** 12 to 256 characters; not the email, and none of the commonest. */
  password: string;
};

export type RequestPasswordResetInput = {
  email: string;
};

export type ResetPasswordInput = {
  /** From the link: what follows `#`. It opens for an hour, once; a refused password leaves it open. */
  token: string;
  /** As in `AcceptStaffInvitationInput`. */
  password: string;
};

export type ChangePasswordInput = {
  /** The password as it is. Ten wrong ones within a quarter of an hour are enough. */
  current: string;
  /** As in `AcceptStaffInvitationInput`. */
  password: string;
};

export type RevokeSignInInput = {
  id: string | number;
};

export type CreateApiTokenInput = {
  /** Names the program that will use it. */
  name: string;
  scope: TokenScope;
  /** Managed locations, at least one for a GATE token and none for the others. */
  locationIds?: Array<string | number>;
  /** After now and within a year. */
  expiresAt: string;
};

export type RevokeApiTokenInput = {
  id: string | number;
};

/** What the old system says of a membership. */
export type LegacyState =
  | 'ACTIVE'
  | 'PAUSED'
  | 'PAST_DUE'
  /** The list says so itself. */
  | 'CANCELLED'
  /** Staff have recorded that it was cancelled there, with evidence. No file takes it back; staff do, with `takeBackLegacyCancellation`. */
  | 'CANCELLATION_RECORDED';

export type LegacyPeriod = 'MONTHLY' | 'WEEKLY' | 'QUARTERLY' | 'YEARLY' | 'OTHER';

/** All that is given must hold. */
export type LegacyMembershipFilter = {
  /**
   * Words in any order, each the beginning of a plate, a tag, a member number, an email, a phone's digits or a word of the name; or all of it
   * together as a plate or a number that was typed with blanks. Case, accents and punctuation do not matter. At most 100 characters; the first six words count.
   */
  search?: string | null | undefined;
  /** At any of these locations. Empty or null: at all that the caller manages. */
  locationIds?: Array<string | number> | null | undefined;
  /** Of any of these sources, by name. */
  sources?: Array<string> | null | undefined;
  /** In any of these states. */
  states?: Array<LegacyState> | null | undefined;
  /** Whether it was cancelled there, by the list's word or by staff's. */
  cancelledThere?: boolean | null | undefined;
  /** Whether a live reservation carries it over. */
  migrated?: boolean | null | undefined;
  /** Whether it stands no more in its source's newest whole file; see `LegacyMembership.isMissing`. */
  missing?: boolean | null | undefined;
  /** Whether a file says that it is billed although its cancellation is recorded; see `LegacyMembership.stillBilledOn`. */
  stillBilled?: boolean | null | undefined;
  /** Billed next there on this day or later. */
  nextBillingFrom?: string | null | undefined;
  /** Billed next there before this day. */
  nextBillingBefore?: string | null | undefined;
};

export type LegacyMembershipOrder =
  /** The one that came last first. */
  | 'NEWEST'
  /** By name, without regard to case and accents. */
  | 'NAME'
  /** The one that is billed next first; those without a date last. */
  | 'NEXT_BILLING';

/** What a column can hold. EMAIL and PHONE may be several columns, and one cell may hold several, parted by `;`. */
export type LegacyField =
  /** The id in the old system, by which a second file updates a membership. Where no column has it, the member number stands for it. */
  | 'SOURCE_ID'
  | 'NAME'
  | 'FIRST_NAME'
  | 'LAST_NAME'
  | 'EMAIL'
  | 'PHONE'
  | 'PLATE'
  | 'RFID'
  | 'MEMBER_NUMBER'
  | 'UNIT'
  | 'PLAN'
  | 'PRICE'
  /** An amount off each bill, or a share like 10%. */
  | 'DISCOUNT'
  | 'DISCOUNT_ENDS_ON'
  | 'NEXT_BILLING_ON'
  | 'BILLING_DAY'
  | 'PAID_THROUGH'
  | 'ENDS_ON'
  | 'PERIOD'
  | 'STATE'
  | 'CANCELLED_ON';

export type MapLegacyPlanInput = {
  sourceId: string | number;
  /** As the old system calls it. */
  planName: string;
  /** A monthly plan at the source's location. Null: nobody knows, as before. */
  planId?: string | number | null | undefined;
  /** The card and bank price for all on it. Null: each keeps the price they paid there. */
  price?: MoneyInput | null | undefined;
};

export type DateOrder =
  | 'DAY_FIRST'
  | 'MONTH_FIRST'
  /** Nothing is said, nor remembered any more: what the file leaves open is refused row by row. */
  | 'AS_SHOWN';

export type DecimalMark =
  | 'POINT'
  | 'COMMA'
  /** Nothing is said, nor remembered any more: what the file leaves open is refused row by row. */
  | 'AS_SHOWN';

export type LegacyColumnInput = {
  /** As it stands in the file's first line. */
  header: string;
  /** Null: the column is not taken. */
  field?: LegacyField | null | undefined;
};

export type ImportLegacyMembershipsInput = {
  /** Every row of the file is somebody of this location. */
  locationId: string | number;
  /** The old system's name, the same for each of its files. */
  source: string;
  /** What `POST /imports` answered. Only who uploaded a file can import it. */
  uploadId: string | number;
  /** What is not said is as it was for the source's last file, or found out by the heading. */
  columns?: Array<LegacyColumnInput> | null | undefined;
  /** Settles whether 3/4 is in March or April, where no date in the file shows it. Null: as was said for the source's last file or trial. */
  dateOrder?: DateOrder | null | undefined;
  /** Settles whether 1,234 is more than a thousand, where no price in the file shows it. Null: as was said for the source's last file or trial. */
  decimalMark?: DecimalMark | null | undefined;
  /** The country of phone numbers without a country code, as two capitals: `US`. Null: as was said for the source's last file or trial, else the location's. */
  region?: string | null | undefined;
  /** A trial: says of every row what would become of it, and takes none. */
  dryRun?: boolean;
  /** It holds only some of the list: then nobody is missing whom it does not hold. What was downloaded as refused rows is known as such by itself. */
  partial?: boolean;
  /** Takes so many rows (1 to 20,000) and waits for `continueImport`. */
  canary?: number | null | undefined;
  /** Chosen by the client for this one act. The same key again answers the same batch and does nothing. */
  clientKey: string;
};

export type ContinueImportInput = {
  batchId: string | number;
};

/** What is null stays as it is, and of a new one is empty; an empty text empties a value. */
export type SaveLegacyMembershipInput = {
  /** Null: a new one, of the source `By hand`. */
  id?: string | number | null | undefined;
  /** Of a new one alone, and then required. */
  locationId?: string | number | null | undefined;
  name?: string | null | undefined;
  emails?: Array<string> | null | undefined;
  /** With their country code, or as they are said at the location. */
  phones?: Array<string> | null | undefined;
  plate?: string | null | undefined;
  rfid?: string | null | undefined;
  memberNumber?: string | null | undefined;
  unit?: string | null | undefined;
  planName?: string | null | undefined;
  price?: MoneyInput | null | undefined;
  /** An amount off each bill. */
  discount?: MoneyInput | null | undefined;
  /** The first day without the discount. */
  discountEndsOn?: string | null | undefined;
  period?: LegacyPeriod | null | undefined;
  nextBillingOn?: string | null | undefined;
  billingDay?: number | null | undefined;
  paidThrough?: string | null | undefined;
  endsOn?: string | null | undefined;
  /** What is to be empty, of PRICE, DISCOUNT (with its end), DISCOUNT_ENDS_ON, NEXT_BILLING_ON, BILLING_DAY, PAID_THROUGH and ENDS_ON. */
  clear?: Array<LegacyField> | null | undefined;
};

export type TakeBackLegacyCancellationInput = {
  id: string | number;
  /** Why, for its history: it was another customer's, or the old system bills all the same. */
  reason: string;
};

export type RecordLegacyCancellationInput = {
  id: string | number;
  /** When the old system cancelled it. Null: today. */
  cancelledOn?: string | null | undefined;
  /** By what that can be seen: a confirmation's number, whom one spoke to. */
  evidence: string;
};

/** Give `ids` (up to 1,000) or a `filter`, not both. */
export type CreateInvitationsFromLegacyInput = {
  ids?: Array<string | number> | null | undefined;
  filter?: LegacyMembershipFilter | null | undefined;
  /** Staff have seen whose address or plate is another's too, and want those invited as well. */
  withDuplicates?: boolean;
  /** How many staff confirmed. With another number COUNT_CHANGED, and nothing is made. */
  expectedCount: number;
  /** Chosen by the client for this one act. The same key again answers the same batch and does nothing. */
  clientKey: string;
};

/** Give `ids` (up to 1,000) or a `filter`, not both. */
export type PreviewInvitationsFromLegacyInput = {
  ids?: Array<string | number> | null | undefined;
  filter?: LegacyMembershipFilter | null | undefined;
  withDuplicates?: boolean;
};

export type LegacyWorkFilter = {
  /** At any of these locations. Empty or null: at all that the caller manages. */
  locationIds?: Array<string | number> | null | undefined;
  /** Billed next there before this day. */
  renewsBefore?: string | null | undefined;
};

/** Where a session stands. */
export type SessionStage =
  /** Arrived; nobody has begun anything. */
  | 'PRE_GATE'
  /** A migration is under way. Any attendant of the location can go on with it, on any device. */
  | 'MIGRATING'
  /** The customer has agreed; the subscription is made by a job. */
  | 'MIGRATED'
  /** Over, without a migration. */
  | 'CLOSED';

export type CandidateStanding =
  | 'MIGRATABLE'
  /** A live reservation carries it over already. */
  | 'MIGRATED'
  /** Its owner's own attempt by link came to nothing so far, and can be repeated there. */
  | 'ATTEMPT_FAILED'
  /** It was cancelled in the old system. */
  | 'CANCELLED_THERE'
  /** It was migrated and its subscription here has ended, while the old plan is still live there. */
  | 'ENDED_HERE'
  /** The old system bills it otherwise than once a month. */
  | 'NOT_MONTHLY'
  /** It ends there before it would be billed here. */
  | 'ENDS_THERE'
  /** Nobody has said what its old plan becomes here; the attendant chooses one of the location's. */
  | 'NO_PLAN'
  /** Its list says neither a price nor is its plan mapped to one. */
  | 'NO_PRICE'
  /** What is paid there has a discount that ends after the next bill, or on a day while nobody knows the next bill, and its plan is not mapped to a price. */
  | 'DISCOUNT_ENDS'
  /** Another session is migrating it right now. */
  | 'IN_ANOTHER_SESSION';

export type CounterStep =
  /** Find the old membership and have the customer say "That's Me". */
  | 'MATCH'
  /** Ask for phone and email address; `confirmContact` ends it. */
  | 'CONTACT'
  /** Put a card on file; nothing is charged. */
  | 'CARD'
  /** The card is on file; `checkout` looks at the old record again. */
  | 'CHECKOUT'
  /** Show the terms and have them signed; `agreeToTerms` ends it. */
  | 'TERMS'
  | 'DONE';

export type EmailSource =
  /** The old system's list. */
  | 'LEGACY'
  /** The customer's answer to the text. */
  | 'TEXT'
  /** The attendant. */
  | 'TYPED';

export type CounterTextState =
  /** On its way to the customer. */
  | 'SENDING'
  /** With the customer; an answer arrives here by itself. */
  | 'WAITING'
  /** Nobody knows whether it went out: the provider's answer was lost. It is looked up and not sent again; an answer still arrives here by itself. */
  | 'UNKNOWN'
  /** The answer held an address. */
  | 'ANSWERED'
  /** The answer held no address. */
  | 'UNREADABLE'
  /** The number takes no texts from us. */
  | 'OPTED_OUT'
  /** It did not reach the customer. */
  | 'FAILED';

export type CounterCardState =
  /** Nothing was begun, or the last try came to nothing. */
  | 'NONE'
  /** Stripe's form is open; `checkCardSetup` looks what became of it. */
  | 'TYPING'
  /** The reader asks for the card; `checkCardSetup` looks what became of it. */
  | 'READER_WAITS'
  | 'ON_FILE';

export type OpenSessionInput = {
  locationId: string | number;
  /** At least one of plate and RFID, where a gate opens it. An attendant may give neither. */
  plate?: string | null | undefined;
  rfid?: string | null | undefined;
  /**
   * The gate's own id of this visit, at most 100 characters: the same location and key answer the same session, however often it is asked. A
   * gate must give one. All gates of a location share them: KEY_REUSED where another car's visit has it, or
   * another gate's that has read nothing in common. What is read later, a plate after the tag
   * or a tag after the plate, is filled in until the old membership is confirmed; another plate beside the same tag is taken for misread. Where the
   * car turns out to have two sessions, one that nobody has ever begun with is CLOSED, with `closedReason`.
   */
  visitKey?: string | null | undefined;
};

export type CloseSessionInput = {
  id: string | number;
  /** At most 200 characters. */
  reason?: string | null | undefined;
  /** Only while nobody has confirmed an old membership in it: WRONG_STATE otherwise. */
  onlyUnconfirmed?: boolean;
  /** The old membership that it must be migrating: STALE otherwise, where it has gone on with another one since. */
  legacyMembershipId?: string | number | null | undefined;
};

export type StartCounterMigrationInput = {
  sessionId: string | number;
};

export type DiscardCounterMigrationInput = {
  sessionId: string | number;
};

export type ConfirmLegacyMatchInput = {
  sessionId: string | number;
  legacyMembershipId: string | number;
  /** One of the location's monthly plans. Only, and then needed, where the old plan is not mapped (NO_PLAN). */
  planId?: string | number | null | undefined;
};

export type RequestEmailByTextInput = {
  sessionId: string | number;
  /** As it is said at the location, or E.164. The customer has agreed to one text that asks for the email address. */
  phone: string;
};

export type EnterEmailInput = {
  sessionId: string | number;
  email: string;
  /** Where it was not entered yet, or was wrong. Null: it stays as it is. Empty: there is none. */
  phone?: string | null | undefined;
};

export type ConfirmContactInput = {
  sessionId: string | number;
  /** As the customer has just confirmed it. It must be the one that `contact` shows, so that nobody confirms an answer that came later. */
  email: string;
};

/** How the card comes to Stripe. */
export type CardEntry =
  /** On the location's card reader: quicker, and safer. */
  | 'READER'
  /** Typed into Stripe's form. */
  | 'TYPED';

export type StartCardSetupInput = {
  sessionId: string | number;
  entry: CardEntry;
  /** For READER: which one. Null: the only one that the location has. Where it has several they stand at several desks: REQUIRED. */
  readerId?: string | null | undefined;
};

export type CheckCardSetupInput = {
  sessionId: string | number;
};

export type CancelCardSetupInput = {
  sessionId: string | number;
};

export type CheckoutInput = {
  sessionId: string | number;
  /**
   * The old system's next billing date as its screen shows it now, at the location, on the billing day. Only where the list has none or its
   * own is over: beside one that is ahead another date is INVALID. The audit tells of it.
   */
  nextBillingOn?: string | null | undefined;
  /** The language of the terms. Null: as it was asked for last, English at first. */
  language?: Language | null | undefined;
};

export type AgreeToTermsInput = {
  sessionId: string | number;
  /** As `agreement` answered it. */
  digest: string;
  signature: SignatureInput;
  /** Where the customer wants the receipt. SMS needs a phone that takes texts. */
  receipts?: Array<MessageChannel>;
};

export type AccountQueryVariables = Exact<{
  language: Language;
}>;

export type AccountQuery = {
  viewer: {
    tenant: {
      greetingName: string;
      email: string;
      requestedEmail: string | null;
      reservations: Array<{
        id: string;
        planName: string;
        unit: string;
        locationName: string;
        status: SubmissionStatus;
        asked: TenantTask;
        askedReason: string;
        askedUrl: string | null;
        paymentMethod: string;
        changeableTo: Array<PaymentMethodType>;
        mandate: string | null;
        confirmation: {
          isPayment: boolean;
          clientSecret: string | null;
          publishableKey: string | null;
          url: string | null;
          untilOn: string | null;
          amount: { amount: string; currency: string } | null;
        } | null;
        monthlyTotal: { amount: string; currency: string };
        nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
        methodChange: {
          state: MethodChangeState;
          paymentMethod: string;
          reason: string;
          verificationUrl: string | null;
        } | null;
        steps: Array<{ status: SubmissionStatus; on: string }>;
      }>;
    } | null;
  } | null;
};

export type RequestSignInLinkMutationVariables = Exact<{
  input: RequestSignInLinkInput;
}>;

export type RequestSignInLinkMutation = {
  requestSignInLink: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SignInWithLinkMutationVariables = Exact<{
  input: SignInWithLinkInput;
  language: Language;
}>;

export type SignInWithLinkMutation = {
  signInWithLink: {
    viewer: {
      tenant: {
        greetingName: string;
        email: string;
        requestedEmail: string | null;
        reservations: Array<{
          id: string;
          planName: string;
          unit: string;
          locationName: string;
          status: SubmissionStatus;
          asked: TenantTask;
          askedReason: string;
          askedUrl: string | null;
          paymentMethod: string;
          changeableTo: Array<PaymentMethodType>;
          mandate: string | null;
          confirmation: {
            isPayment: boolean;
            clientSecret: string | null;
            publishableKey: string | null;
            url: string | null;
            untilOn: string | null;
            amount: { amount: string; currency: string } | null;
          } | null;
          monthlyTotal: { amount: string; currency: string };
          nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
          methodChange: {
            state: MethodChangeState;
            paymentMethod: string;
            reason: string;
            verificationUrl: string | null;
          } | null;
          steps: Array<{ status: SubmissionStatus; on: string }>;
        }>;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SignOutMutationVariables = Exact<{ [key: string]: never }>;

export type SignOutMutation = {
  signOut: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type StartMethodChangeMutationVariables = Exact<{
  input: StartMethodChangeInput;
}>;

export type StartMethodChangeMutation = {
  startMethodChange: {
    clientSecret: string | null;
    publishableKey: string | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ChangePaymentMethodMutationVariables = Exact<{
  input: ChangePaymentMethodInput;
  language: Language;
}>;

export type ChangePaymentMethodMutation = {
  changePaymentMethod: {
    account: {
      greetingName: string;
      email: string;
      requestedEmail: string | null;
      reservations: Array<{
        id: string;
        planName: string;
        unit: string;
        locationName: string;
        status: SubmissionStatus;
        asked: TenantTask;
        askedReason: string;
        askedUrl: string | null;
        paymentMethod: string;
        changeableTo: Array<PaymentMethodType>;
        mandate: string | null;
        confirmation: {
          isPayment: boolean;
          clientSecret: string | null;
          publishableKey: string | null;
          url: string | null;
          untilOn: string | null;
          amount: { amount: string; currency: string } | null;
        } | null;
        monthlyTotal: { amount: string; currency: string };
        nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
        methodChange: {
          state: MethodChangeState;
          paymentMethod: string;
          reason: string;
          verificationUrl: string | null;
        } | null;
        steps: Array<{ status: SubmissionStatus; on: string }>;
      }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RequestEmailChangeMutationVariables = Exact<{
  input: RequestEmailChangeInput;
  language: Language;
}>;

export type RequestEmailChangeMutation = {
  requestEmailChange: {
    account: {
      greetingName: string;
      email: string;
      requestedEmail: string | null;
      reservations: Array<{
        id: string;
        planName: string;
        unit: string;
        locationName: string;
        status: SubmissionStatus;
        asked: TenantTask;
        askedReason: string;
        askedUrl: string | null;
        paymentMethod: string;
        changeableTo: Array<PaymentMethodType>;
        mandate: string | null;
        confirmation: {
          isPayment: boolean;
          clientSecret: string | null;
          publishableKey: string | null;
          url: string | null;
          untilOn: string | null;
          amount: { amount: string; currency: string } | null;
        } | null;
        monthlyTotal: { amount: string; currency: string };
        nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
        methodChange: {
          state: MethodChangeState;
          paymentMethod: string;
          reason: string;
          verificationUrl: string | null;
        } | null;
        steps: Array<{ status: SubmissionStatus; on: string }>;
      }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type AccountViewFragment = {
  greetingName: string;
  email: string;
  requestedEmail: string | null;
  reservations: Array<{
    id: string;
    planName: string;
    unit: string;
    locationName: string;
    status: SubmissionStatus;
    asked: TenantTask;
    askedReason: string;
    askedUrl: string | null;
    paymentMethod: string;
    changeableTo: Array<PaymentMethodType>;
    mandate: string | null;
    confirmation: {
      isPayment: boolean;
      clientSecret: string | null;
      publishableKey: string | null;
      url: string | null;
      untilOn: string | null;
      amount: { amount: string; currency: string } | null;
    } | null;
    monthlyTotal: { amount: string; currency: string };
    nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
    methodChange: {
      state: MethodChangeState;
      paymentMethod: string;
      reason: string;
      verificationUrl: string | null;
    } | null;
    steps: Array<{ status: SubmissionStatus; on: string }>;
  }>;
};

export type ReasonFragment = { outcome: BatchOutcomeKind; reason: string; message: string; count: number };

export type BatchProgressFragment = {
  id: string;
  kind: BatchKind;
  channel: MessageChannel | null;
  option: StartOption | null;
  total: number;
  succeeded: number;
  skipped: number;
  failed: number;
  pending: number;
  state: BatchState;
  stateReason: string;
  createdAt: string;
  finishedAt: string | null;
  canCancel: boolean;
  canRetry: boolean;
  startedBy: { name: string };
  retryOf: { id: string } | null;
  reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
};

export type BatchQueryVariables = Exact<{
  id: string | number;
}>;

export type BatchQuery = {
  batch: {
    id: string;
    kind: BatchKind;
    channel: MessageChannel | null;
    option: StartOption | null;
    total: number;
    succeeded: number;
    skipped: number;
    failed: number;
    pending: number;
    state: BatchState;
    stateReason: string;
    createdAt: string;
    finishedAt: string | null;
    canCancel: boolean;
    canRetry: boolean;
    startedBy: { name: string };
    retryOf: { id: string } | null;
    reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
  } | null;
};

export type BatchProgressedSubscriptionVariables = Exact<{
  id: string | number;
}>;

export type BatchProgressedSubscription = {
  batchProgressed: {
    id: string;
    kind: BatchKind;
    channel: MessageChannel | null;
    option: StartOption | null;
    total: number;
    succeeded: number;
    skipped: number;
    failed: number;
    pending: number;
    state: BatchState;
    stateReason: string;
    createdAt: string;
    finishedAt: string | null;
    canCancel: boolean;
    canRetry: boolean;
    startedBy: { name: string };
    retryOf: { id: string } | null;
    reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
  };
};

export type BatchOutcomesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  outcomes?: Array<BatchOutcomeKind> | BatchOutcomeKind | null | undefined;
  reason?: string | null | undefined;
}>;

export type BatchOutcomesQuery = {
  batch: {
    outcomes: {
      nodes: Array<{
        outcome: BatchOutcomeKind;
        reason: string;
        message: string;
        invitation: {
          id: string;
          recipientName: string;
          recipientPhone: string | null;
          tenant: { email: string | null };
          plan: { name: string };
          location: { name: string };
        } | null;
        submission: {
          id: string;
          tenant: { name: string; email: string | null; phone: string | null };
          plan: { name: string };
          location: { name: string };
        } | null;
        legacyMembership: {
          id: string;
          name: string;
          emails: Array<string>;
          phones: Array<string>;
          planName: string;
          plan: { name: string } | null;
          location: { name: string };
        } | null;
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type BatchesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;

export type BatchesQuery = {
  batches: {
    nodes: Array<{
      id: string;
      kind: BatchKind;
      channel: MessageChannel | null;
      option: StartOption | null;
      total: number;
      succeeded: number;
      skipped: number;
      failed: number;
      pending: number;
      state: BatchState;
      stateReason: string;
      createdAt: string;
      finishedAt: string | null;
      canCancel: boolean;
      canRetry: boolean;
      startedBy: { name: string };
      retryOf: { id: string } | null;
      reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type CancelBatchMutationVariables = Exact<{
  input: CancelBatchInput;
}>;

export type CancelBatchMutation = {
  cancelBatch: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type RetryBatchMutationVariables = Exact<{
  input: RetryBatchInput;
}>;

export type RetryBatchMutation = {
  retryBatch: {
    batch: {
      id: string;
      kind: BatchKind;
      channel: MessageChannel | null;
      option: StartOption | null;
      total: number;
      succeeded: number;
      skipped: number;
      failed: number;
      pending: number;
      state: BatchState;
      stateReason: string;
      createdAt: string;
      finishedAt: string | null;
      canCancel: boolean;
      canRetry: boolean;
      startedBy: { name: string };
      retryOf: { id: string } | null;
      reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type InvitationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: InvitationFilter | null | undefined;
  orderBy?: InvitationOrder | null | undefined;
}>;

export type InvitationsQuery = {
  invitations: {
    nodes: Array<{
      id: string;
      recipientName: string;
      recipientPhone: string | null;
      unit: string;
      anchorDay: number;
      status: InvitationStatus;
      isExpired: boolean;
      deliveryFailed: boolean;
      smsSentAt: string | null;
      createdAt: string;
      emailSkip: string | null;
      textSkip: string | null;
      tenant: { email: string | null };
      plan: { name: string };
      location: { name: string };
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
      insurancePlan: { price: { amount: string; currency: string } } | null;
    }>;
    pageInfo: { hasNextPage: boolean; startCursor: string | null; endCursor: string | null };
  };
};

export type InvitationRowFragment = {
  id: string;
  recipientName: string;
  recipientPhone: string | null;
  unit: string;
  anchorDay: number;
  status: InvitationStatus;
  isExpired: boolean;
  deliveryFailed: boolean;
  smsSentAt: string | null;
  createdAt: string;
  emailSkip: string | null;
  textSkip: string | null;
  tenant: { email: string | null };
  plan: { name: string };
  location: { name: string };
  cardPrice: { amount: string; currency: string };
  achPrice: { amount: string; currency: string } | null;
  insurancePlan: { price: { amount: string; currency: string } } | null;
};

export type InvitationCountQueryVariables = Exact<{
  filter?: InvitationFilter | null | undefined;
}>;

export type InvitationCountQuery = {
  invitations: { totalCount: number; totalCountPrecision: CountPrecision };
};

export type PreviewSendQueryVariables = Exact<{
  input: PreviewSendInput;
}>;

export type PreviewSendQuery = {
  previewSend: {
    total: number;
    sendable: number;
    waitsUntil: string | null;
    waiting: number;
    skips: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type FirstInvitationsQueryVariables = Exact<{
  filter?: InvitationFilter | null | undefined;
}>;

export type FirstInvitationsQuery = {
  invitations: {
    nodes: Array<{ id: string; emailSkip: string | null; textSkip: string | null; recipientName: string }>;
  };
};

export type ExampleInvitationQueryVariables = Exact<{
  id: string | number;
}>;

export type ExampleInvitationQuery = {
  invitation: { id: string; emailSkip: string | null; textSkip: string | null; recipientName: string } | null;
};

export type ExampleFragment = {
  id: string;
  emailSkip: string | null;
  textSkip: string | null;
  recipientName: string;
};

export type PreviewMessageQueryVariables = Exact<{
  invitationId: string | number;
  channel: MessageChannel;
  language?: Language | null | undefined;
}>;

export type PreviewMessageQuery = {
  previewMessage: {
    email: { from: string; subject: string; html: string } | null;
    text: { body: string; segments: number; encoding: TextEncoding; characters: number } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SendInvitationsMutationVariables = Exact<{
  input: SendInvitationsInput;
}>;

export type SendInvitationsMutation = {
  sendInvitations: {
    batch: {
      id: string;
      kind: BatchKind;
      channel: MessageChannel | null;
      option: StartOption | null;
      total: number;
      succeeded: number;
      skipped: number;
      failed: number;
      pending: number;
      state: BatchState;
      stateReason: string;
      createdAt: string;
      finishedAt: string | null;
      canCancel: boolean;
      canRetry: boolean;
      startedBy: { name: string };
      retryOf: { id: string } | null;
      reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type InvitationDetailQueryVariables = Exact<{
  id: string | number;
}>;

export type InvitationDetailQuery = {
  invitation: {
    id: string;
    recipientName: string;
    recipientPhone: string | null;
    revision: number;
    status: InvitationStatus;
    unit: string;
    anchorDay: number;
    emailSentAt: string | null;
    smsSentAt: string | null;
    openedAt: string | null;
    claimedAt: string | null;
    revokedAt: string | null;
    revokedReason: string;
    canEdit: boolean;
    canDelete: boolean;
    canRevoke: boolean;
    canRenewLink: boolean;
    emailSkip: string | null;
    textSkip: string | null;
    linkExpiresAt: string;
    isExpired: boolean;
    createdAt: string;
    cardPriceOverride: { amount: string; currency: string } | null;
    achPriceOverride: { amount: string; currency: string } | null;
    cardPrice: { amount: string; currency: string };
    achPrice: { amount: string; currency: string } | null;
    card: {
      lines: Array<{
        kind: QuoteLineKind;
        description: string;
        amount: { amount: string; currency: string };
      }>;
      total: { amount: string; currency: string };
    };
    ach: {
      lines: Array<{
        kind: QuoteLineKind;
        description: string;
        amount: { amount: string; currency: string };
      }>;
      total: { amount: string; currency: string };
    } | null;
    tenant: {
      id: string;
      name: string;
      email: string | null;
      phone: string | null;
      language: Language | null;
      phoneConsentAt: string | null;
      phoneConsentSource: string;
      suppressions: Array<{
        id: string;
        channel: MessageChannel;
        scope: SuppressionScope;
        reason: SuppressionReason;
      }>;
    };
    location: { id: string; name: string; currency: string };
    plan: {
      id: string;
      name: string;
      kind: PlanKind;
      isOffered: boolean;
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
    };
    insurancePlan: { id: string; name: string; price: { amount: string; currency: string } } | null;
    createdBy: { name: string };
    reservation: { status: SubmissionStatus; submission: { id: string } } | null;
    successor: { id: string } | null;
    revisions: Array<{
      revision: number;
      unit: string;
      anchorDay: number;
      changedAt: string;
      plan: { name: string };
      insurancePlan: { name: string } | null;
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
      changedBy: { name: string };
    }>;
    deliveries: Array<{
      id: string;
      channel: MessageChannel;
      purpose: DeliveryPurpose;
      address: string;
      status: DeliveryStatus;
      statusReason: string;
      statusChangedAt: string;
      notBefore: string | null;
      complainedAt: string | null;
      resolvedBy: { name: string } | null;
    }>;
    history: Array<{
      id: string;
      at: string;
      actorKind: ActorKind;
      actorName: string | null;
      subjectKind: EventSubject;
      action: string;
      before: string;
      after: string;
    }>;
  } | null;
};

export type InvitationViewFragment = {
  id: string;
  recipientName: string;
  recipientPhone: string | null;
  revision: number;
  status: InvitationStatus;
  unit: string;
  anchorDay: number;
  emailSentAt: string | null;
  smsSentAt: string | null;
  openedAt: string | null;
  claimedAt: string | null;
  revokedAt: string | null;
  revokedReason: string;
  canEdit: boolean;
  canDelete: boolean;
  canRevoke: boolean;
  canRenewLink: boolean;
  emailSkip: string | null;
  textSkip: string | null;
  linkExpiresAt: string;
  isExpired: boolean;
  createdAt: string;
  cardPriceOverride: { amount: string; currency: string } | null;
  achPriceOverride: { amount: string; currency: string } | null;
  cardPrice: { amount: string; currency: string };
  achPrice: { amount: string; currency: string } | null;
  card: {
    lines: Array<{ kind: QuoteLineKind; description: string; amount: { amount: string; currency: string } }>;
    total: { amount: string; currency: string };
  };
  ach: {
    lines: Array<{ kind: QuoteLineKind; description: string; amount: { amount: string; currency: string } }>;
    total: { amount: string; currency: string };
  } | null;
  tenant: {
    id: string;
    name: string;
    email: string | null;
    phone: string | null;
    language: Language | null;
    phoneConsentAt: string | null;
    phoneConsentSource: string;
    suppressions: Array<{
      id: string;
      channel: MessageChannel;
      scope: SuppressionScope;
      reason: SuppressionReason;
    }>;
  };
  location: { id: string; name: string; currency: string };
  plan: {
    id: string;
    name: string;
    kind: PlanKind;
    isOffered: boolean;
    cardPrice: { amount: string; currency: string };
    achPrice: { amount: string; currency: string } | null;
  };
  insurancePlan: { id: string; name: string; price: { amount: string; currency: string } } | null;
  createdBy: { name: string };
  reservation: { status: SubmissionStatus; submission: { id: string } } | null;
  successor: { id: string } | null;
  revisions: Array<{
    revision: number;
    unit: string;
    anchorDay: number;
    changedAt: string;
    plan: { name: string };
    insurancePlan: { name: string } | null;
    cardPrice: { amount: string; currency: string };
    achPrice: { amount: string; currency: string } | null;
    changedBy: { name: string };
  }>;
  deliveries: Array<{
    id: string;
    channel: MessageChannel;
    purpose: DeliveryPurpose;
    address: string;
    status: DeliveryStatus;
    statusReason: string;
    statusChangedAt: string;
    notBefore: string | null;
    complainedAt: string | null;
    resolvedBy: { name: string } | null;
  }>;
  history: Array<{
    id: string;
    at: string;
    actorKind: ActorKind;
    actorName: string | null;
    subjectKind: EventSubject;
    action: string;
    before: string;
    after: string;
  }>;
};

export type TenantContactFragment = {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  language: Language | null;
  phoneConsentAt: string | null;
  phoneConsentSource: string;
  suppressions: Array<{
    id: string;
    channel: MessageChannel;
    scope: SuppressionScope;
    reason: SuppressionReason;
  }>;
};

export type EventLineFragment = {
  id: string;
  at: string;
  actorKind: ActorKind;
  actorName: string | null;
  subjectKind: EventSubject;
  action: string;
  before: string;
  after: string;
};

export type PlanChoiceFragment = {
  id: string;
  name: string;
  kind: PlanKind;
  isOffered: boolean;
  cardPrice: { amount: string; currency: string };
  achPrice: { amount: string; currency: string } | null;
};

export type InsuranceChoiceFragment = {
  id: string;
  name: string;
  price: { amount: string; currency: string };
};

export type PlanChoicesQueryVariables = Exact<{
  locationId?: string | number | null | undefined;
  search?: string | null | undefined;
  first: number;
}>;

export type PlanChoicesQuery = {
  plans: {
    nodes: Array<{
      id: string;
      name: string;
      kind: PlanKind;
      isOffered: boolean;
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
    }>;
  };
};

export type InsuranceChoicesQueryVariables = Exact<{
  locationId?: string | number | null | undefined;
}>;

export type InsuranceChoicesQuery = {
  insurancePlans: { nodes: Array<{ id: string; name: string; price: { amount: string; currency: string } }> };
};

export type TenantChoicesQueryVariables = Exact<{
  search?: string | null | undefined;
}>;

export type TenantChoicesQuery = {
  tenants: { nodes: Array<{ id: string; name: string; email: string | null; phone: string | null }> };
};

export type WarningFragment = { code: UserWarningCode; message: string };

export type PreviewInvitationQueryVariables = Exact<{
  input: CreateInvitationInput;
}>;

export type PreviewInvitationQuery = {
  previewInvitation: { warnings: Array<{ code: UserWarningCode; message: string }> };
};

export type CreateInvitationMutationVariables = Exact<{
  input: CreateInvitationInput;
}>;

export type CreateInvitationMutation = {
  createInvitation: {
    invitation: { id: string; tenant: { id: string; name: string; phone: string | null } } | null;
    warnings: Array<{ code: UserWarningCode; message: string }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type UpdateInvitationMutationVariables = Exact<{
  input: UpdateInvitationInput;
}>;

export type UpdateInvitationMutation = {
  updateInvitation: {
    invitation: {
      id: string;
      recipientName: string;
      recipientPhone: string | null;
      revision: number;
      status: InvitationStatus;
      unit: string;
      anchorDay: number;
      emailSentAt: string | null;
      smsSentAt: string | null;
      openedAt: string | null;
      claimedAt: string | null;
      revokedAt: string | null;
      revokedReason: string;
      canEdit: boolean;
      canDelete: boolean;
      canRevoke: boolean;
      canRenewLink: boolean;
      emailSkip: string | null;
      textSkip: string | null;
      linkExpiresAt: string;
      isExpired: boolean;
      createdAt: string;
      cardPriceOverride: { amount: string; currency: string } | null;
      achPriceOverride: { amount: string; currency: string } | null;
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
      card: {
        lines: Array<{
          kind: QuoteLineKind;
          description: string;
          amount: { amount: string; currency: string };
        }>;
        total: { amount: string; currency: string };
      };
      ach: {
        lines: Array<{
          kind: QuoteLineKind;
          description: string;
          amount: { amount: string; currency: string };
        }>;
        total: { amount: string; currency: string };
      } | null;
      tenant: {
        id: string;
        name: string;
        email: string | null;
        phone: string | null;
        language: Language | null;
        phoneConsentAt: string | null;
        phoneConsentSource: string;
        suppressions: Array<{
          id: string;
          channel: MessageChannel;
          scope: SuppressionScope;
          reason: SuppressionReason;
        }>;
      };
      location: { id: string; name: string; currency: string };
      plan: {
        id: string;
        name: string;
        kind: PlanKind;
        isOffered: boolean;
        cardPrice: { amount: string; currency: string };
        achPrice: { amount: string; currency: string } | null;
      };
      insurancePlan: { id: string; name: string; price: { amount: string; currency: string } } | null;
      createdBy: { name: string };
      reservation: { status: SubmissionStatus; submission: { id: string } } | null;
      successor: { id: string } | null;
      revisions: Array<{
        revision: number;
        unit: string;
        anchorDay: number;
        changedAt: string;
        plan: { name: string };
        insurancePlan: { name: string } | null;
        cardPrice: { amount: string; currency: string };
        achPrice: { amount: string; currency: string } | null;
        changedBy: { name: string };
      }>;
      deliveries: Array<{
        id: string;
        channel: MessageChannel;
        purpose: DeliveryPurpose;
        address: string;
        status: DeliveryStatus;
        statusReason: string;
        statusChangedAt: string;
        notBefore: string | null;
        complainedAt: string | null;
        resolvedBy: { name: string } | null;
      }>;
      history: Array<{
        id: string;
        at: string;
        actorKind: ActorKind;
        actorName: string | null;
        subjectKind: EventSubject;
        action: string;
        before: string;
        after: string;
      }>;
    } | null;
    warnings: Array<{ code: UserWarningCode; message: string }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type UpdateTenantMutationVariables = Exact<{
  input: UpdateTenantInput;
}>;

export type UpdateTenantMutation = {
  updateTenant: {
    tenant: {
      id: string;
      name: string;
      email: string | null;
      phone: string | null;
      language: Language | null;
      phoneConsentAt: string | null;
      phoneConsentSource: string;
      suppressions: Array<{
        id: string;
        channel: MessageChannel;
        scope: SuppressionScope;
        reason: SuppressionReason;
      }>;
    } | null;
    warnings: Array<{ code: UserWarningCode; message: string }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type DeleteInvitationMutationVariables = Exact<{
  input: DeleteInvitationInput;
}>;

export type DeleteInvitationMutation = {
  deleteInvitation: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RevokeInvitationMutationVariables = Exact<{
  input: RevokeInvitationInput;
}>;

export type RevokeInvitationMutation = {
  revokeInvitation: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RenewInvitationLinkMutationVariables = Exact<{
  input: RenewInvitationLinkInput;
}>;

export type RenewInvitationLinkMutation = {
  renewInvitationLink: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type CopyInvitationLinkMutationVariables = Exact<{
  input: CopyInvitationLinkInput;
}>;

export type CopyInvitationLinkMutation = {
  copyInvitationLink: {
    link: string | null;
    expiresAt: string | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type TextRepliesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  handled?: boolean | null | undefined;
  kinds?: Array<TextReplyKind> | TextReplyKind | null | undefined;
}>;

export type TextRepliesQuery = {
  textReplies: {
    nodes: Array<{
      id: string;
      phone: string;
      body: string;
      kind: TextReplyKind;
      receivedAt: string;
      handledAt: string | null;
      tenants: Array<{ id: string; name: string }>;
      handledBy: { name: string } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type ReplyRowFragment = {
  id: string;
  phone: string;
  body: string;
  kind: TextReplyKind;
  receivedAt: string;
  handledAt: string | null;
  tenants: Array<{ id: string; name: string }>;
  handledBy: { name: string } | null;
};

export type HandleTextReplyMutationVariables = Exact<{
  input: HandleTextReplyInput;
}>;

export type HandleTextReplyMutation = {
  handleTextReply: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type DeliveriesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: DeliveryFilter | null | undefined;
}>;

export type DeliveriesQuery = {
  deliveries: {
    nodes: Array<{
      id: string;
      channel: MessageChannel;
      purpose: DeliveryPurpose;
      address: string;
      status: DeliveryStatus;
      statusReason: string;
      createdAt: string;
      statusChangedAt: string;
      notBefore: string | null;
      complainedAt: string | null;
      segments: number | null;
      canResolve: boolean;
      invitation: { id: string; tenant: { name: string }; location: { name: string } } | null;
      resolvedBy: { name: string } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type DeliveryRowFragment = {
  id: string;
  channel: MessageChannel;
  purpose: DeliveryPurpose;
  address: string;
  status: DeliveryStatus;
  statusReason: string;
  createdAt: string;
  statusChangedAt: string;
  notBefore: string | null;
  complainedAt: string | null;
  segments: number | null;
  canResolve: boolean;
  invitation: { id: string; tenant: { name: string }; location: { name: string } } | null;
  resolvedBy: { name: string } | null;
};

export type DeliveryCountQueryVariables = Exact<{
  filter?: DeliveryFilter | null | undefined;
}>;

export type DeliveryCountQuery = { deliveries: { totalCount: number; totalCountPrecision: CountPrecision } };

export type ResolveDeliveryMutationVariables = Exact<{
  input: ResolveDeliveryInput;
}>;

export type ResolveDeliveryMutation = {
  resolveDelivery: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type EmailCorrectionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: EmailCorrectionFilter | null | undefined;
}>;

export type EmailCorrectionsQuery = {
  emailCorrections: {
    nodes: Array<{
      id: string;
      email: string;
      state: EmailCorrectionState;
      requestedAt: string;
      decidedAt: string | null;
      reason: string;
      canDecide: boolean;
      tenant: { name: string; email: string | null };
      location: { name: string };
      enteredBy: { name: string } | null;
      decidedBy: { name: string } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type CorrectionRowFragment = {
  id: string;
  email: string;
  state: EmailCorrectionState;
  requestedAt: string;
  decidedAt: string | null;
  reason: string;
  canDecide: boolean;
  tenant: { name: string; email: string | null };
  location: { name: string };
  enteredBy: { name: string } | null;
  decidedBy: { name: string } | null;
};

export type AcceptEmailCorrectionMutationVariables = Exact<{
  input: AcceptEmailCorrectionInput;
}>;

export type AcceptEmailCorrectionMutation = {
  acceptEmailCorrection: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type DeclineEmailCorrectionMutationVariables = Exact<{
  input: DeclineEmailCorrectionInput;
}>;

export type DeclineEmailCorrectionMutation = {
  declineEmailCorrection: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type LegacyMembershipsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: LegacyMembershipFilter | null | undefined;
  orderBy: LegacyMembershipOrder;
}>;

export type LegacyMembershipsQuery = {
  legacyMemberships: {
    nodes: Array<{
      id: string;
      name: string;
      emails: Array<string>;
      phones: Array<string>;
      plate: string | null;
      memberNumber: string | null;
      unit: string;
      source: string;
      planName: string;
      nextBillingOn: string | null;
      billingDay: number | null;
      period: LegacyPeriod;
      state: LegacyState;
      isMigrated: boolean;
      location: { name: string };
      plan: { name: string } | null;
      price: { amount: string; currency: string } | null;
      carriedPrice: { amount: string; currency: string } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type LegacyRowFragment = {
  id: string;
  name: string;
  emails: Array<string>;
  phones: Array<string>;
  plate: string | null;
  memberNumber: string | null;
  unit: string;
  source: string;
  planName: string;
  nextBillingOn: string | null;
  billingDay: number | null;
  period: LegacyPeriod;
  state: LegacyState;
  isMigrated: boolean;
  location: { name: string };
  plan: { name: string } | null;
  price: { amount: string; currency: string } | null;
  carriedPrice: { amount: string; currency: string } | null;
};

export type LegacyCountQueryVariables = Exact<{
  filter?: LegacyMembershipFilter | null | undefined;
}>;

export type LegacyCountQuery = {
  legacyMemberships: { totalCount: number; totalCountPrecision: CountPrecision };
};

export type LegacyMembershipQueryVariables = Exact<{
  id: string | number;
}>;

export type LegacyMembershipQuery = {
  legacyMembership: {
    sourceId: string;
    rfid: string | null;
    discountEndsOn: string | null;
    carriedDay: number | null;
    paidThrough: string | null;
    endsOn: string | null;
    stateSaid: string;
    cancelledThereOn: string | null;
    stillBilledOn: string | null;
    isMissing: boolean;
    mended: Array<string>;
    inviteSkip: string | null;
    duplicate: string | null;
    line: number | null;
    id: string;
    name: string;
    emails: Array<string>;
    phones: Array<string>;
    plate: string | null;
    memberNumber: string | null;
    unit: string;
    source: string;
    planName: string;
    nextBillingOn: string | null;
    billingDay: number | null;
    period: LegacyPeriod;
    state: LegacyState;
    isMigrated: boolean;
    location: { id: string; currency: string; name: string };
    discount: { amount: string; currency: string } | null;
    cancellation: { recordedAt: string; evidence: string; recordedBy: { name: string } } | null;
    reservation: { id: string; status: SubmissionStatus; plan: { name: string } } | null;
    invitations: Array<{ id: string; status: InvitationStatus; createdAt: string; plan: { name: string } }>;
    history: Array<{
      id: string;
      at: string;
      actorKind: ActorKind;
      actorName: string | null;
      subjectKind: EventSubject;
      action: string;
      before: string;
      after: string;
    }>;
    plan: { name: string } | null;
    price: { amount: string; currency: string } | null;
    carriedPrice: { amount: string; currency: string } | null;
  } | null;
};

export type LegacyViewFragment = {
  sourceId: string;
  rfid: string | null;
  discountEndsOn: string | null;
  carriedDay: number | null;
  paidThrough: string | null;
  endsOn: string | null;
  stateSaid: string;
  cancelledThereOn: string | null;
  stillBilledOn: string | null;
  isMissing: boolean;
  mended: Array<string>;
  inviteSkip: string | null;
  duplicate: string | null;
  line: number | null;
  id: string;
  name: string;
  emails: Array<string>;
  phones: Array<string>;
  plate: string | null;
  memberNumber: string | null;
  unit: string;
  source: string;
  planName: string;
  nextBillingOn: string | null;
  billingDay: number | null;
  period: LegacyPeriod;
  state: LegacyState;
  isMigrated: boolean;
  location: { id: string; currency: string; name: string };
  discount: { amount: string; currency: string } | null;
  cancellation: { recordedAt: string; evidence: string; recordedBy: { name: string } } | null;
  reservation: { id: string; status: SubmissionStatus; plan: { name: string } } | null;
  invitations: Array<{ id: string; status: InvitationStatus; createdAt: string; plan: { name: string } }>;
  history: Array<{
    id: string;
    at: string;
    actorKind: ActorKind;
    actorName: string | null;
    subjectKind: EventSubject;
    action: string;
    before: string;
    after: string;
  }>;
  plan: { name: string } | null;
  price: { amount: string; currency: string } | null;
  carriedPrice: { amount: string; currency: string } | null;
};

export type LegacySourceChoicesQueryVariables = Exact<{
  locationIds?: Array<string | number> | string | number | null | undefined;
}>;

export type LegacySourceChoicesQuery = {
  legacySources: {
    nodes: Array<{
      id: string;
      name: string;
      region: string;
      dateOrder: DateOrder;
      decimalMark: DecimalMark;
      location: { id: string; name: string };
      columns: Array<{ header: string; field: LegacyField | null }>;
    }>;
  };
};

export type LegacySourcesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  locationIds?: Array<string | number> | string | number | null | undefined;
}>;

export type LegacySourcesQuery = {
  legacySources: {
    nodes: Array<{
      id: string;
      name: string;
      location: { id: string; name: string };
      plans: Array<{
        name: string;
        memberships: number;
        plan: {
          id: string;
          name: string;
          kind: PlanKind;
          isOffered: boolean;
          cardPrice: { amount: string; currency: string };
          achPrice: { amount: string; currency: string } | null;
        } | null;
        price: { amount: string; currency: string } | null;
      }>;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type LegacySourceViewFragment = {
  id: string;
  name: string;
  location: { id: string; name: string };
  plans: Array<{
    name: string;
    memberships: number;
    plan: {
      id: string;
      name: string;
      kind: PlanKind;
      isOffered: boolean;
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
    } | null;
    price: { amount: string; currency: string } | null;
  }>;
};

export type LegacySourceQueryVariables = Exact<{
  id: string | number;
}>;

export type LegacySourceQuery = {
  node:
    | {
        id: string;
        name: string;
        location: { id: string; name: string };
        plans: Array<{
          name: string;
          memberships: number;
          plan: {
            id: string;
            name: string;
            kind: PlanKind;
            isOffered: boolean;
            cardPrice: { amount: string; currency: string };
            achPrice: { amount: string; currency: string } | null;
          } | null;
          price: { amount: string; currency: string } | null;
        }>;
      }
    | Record<PropertyKey, never>
    | null;
};

export type LocationCurrenciesQueryVariables = Exact<{ [key: string]: never }>;

export type LocationCurrenciesQuery = {
  viewer: { locations: Array<{ id: string; currency: string }> } | null;
};

export type SaveLegacyMembershipMutationVariables = Exact<{
  input: SaveLegacyMembershipInput;
}>;

export type SaveLegacyMembershipMutation = {
  saveLegacyMembership: {
    legacyMembership: {
      sourceId: string;
      rfid: string | null;
      discountEndsOn: string | null;
      carriedDay: number | null;
      paidThrough: string | null;
      endsOn: string | null;
      stateSaid: string;
      cancelledThereOn: string | null;
      stillBilledOn: string | null;
      isMissing: boolean;
      mended: Array<string>;
      inviteSkip: string | null;
      duplicate: string | null;
      line: number | null;
      id: string;
      name: string;
      emails: Array<string>;
      phones: Array<string>;
      plate: string | null;
      memberNumber: string | null;
      unit: string;
      source: string;
      planName: string;
      nextBillingOn: string | null;
      billingDay: number | null;
      period: LegacyPeriod;
      state: LegacyState;
      isMigrated: boolean;
      location: { id: string; currency: string; name: string };
      discount: { amount: string; currency: string } | null;
      cancellation: { recordedAt: string; evidence: string; recordedBy: { name: string } } | null;
      reservation: { id: string; status: SubmissionStatus; plan: { name: string } } | null;
      invitations: Array<{ id: string; status: InvitationStatus; createdAt: string; plan: { name: string } }>;
      history: Array<{
        id: string;
        at: string;
        actorKind: ActorKind;
        actorName: string | null;
        subjectKind: EventSubject;
        action: string;
        before: string;
        after: string;
      }>;
      plan: { name: string } | null;
      price: { amount: string; currency: string } | null;
      carriedPrice: { amount: string; currency: string } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RecordLegacyCancellationMutationVariables = Exact<{
  input: RecordLegacyCancellationInput;
}>;

export type RecordLegacyCancellationMutation = {
  recordLegacyCancellation: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type TakeBackLegacyCancellationMutationVariables = Exact<{
  input: TakeBackLegacyCancellationInput;
}>;

export type TakeBackLegacyCancellationMutation = {
  takeBackLegacyCancellation: {
    legacyMembership: { id: string } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type PreviewInvitationsFromLegacyQueryVariables = Exact<{
  input: PreviewInvitationsFromLegacyInput;
}>;

export type PreviewInvitationsFromLegacyQuery = {
  previewInvitationsFromLegacy: {
    total: number;
    invitable: number;
    skips: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type CreateInvitationsFromLegacyMutationVariables = Exact<{
  input: CreateInvitationsFromLegacyInput;
}>;

export type CreateInvitationsFromLegacyMutation = {
  createInvitationsFromLegacy: {
    batch: {
      id: string;
      kind: BatchKind;
      channel: MessageChannel | null;
      option: StartOption | null;
      total: number;
      succeeded: number;
      skipped: number;
      failed: number;
      pending: number;
      state: BatchState;
      stateReason: string;
      createdAt: string;
      finishedAt: string | null;
      canCancel: boolean;
      canRetry: boolean;
      startedBy: { name: string };
      retryOf: { id: string } | null;
      reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type LegacyWorklistQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: LegacyWorkFilter | null | undefined;
}>;

export type LegacyWorklistQuery = {
  legacyWorklist: {
    nodes: Array<{
      approvedAt: string;
      renewsOn: string | null;
      paidThrough: string | null;
      mayHaveRenewed: boolean;
      legacyMembership: {
        id: string;
        name: string;
        plate: string | null;
        memberNumber: string | null;
        source: string;
        sourceId: string;
        planName: string;
        price: { amount: string; currency: string } | null;
        location: { name: string };
      };
      reservation: { id: string };
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type LegacyWorkFragment = {
  approvedAt: string;
  renewsOn: string | null;
  paidThrough: string | null;
  mayHaveRenewed: boolean;
  legacyMembership: {
    id: string;
    name: string;
    plate: string | null;
    memberNumber: string | null;
    source: string;
    sourceId: string;
    planName: string;
    price: { amount: string; currency: string } | null;
    location: { name: string };
  };
  reservation: { id: string };
};

export type LegacyWorkCountQueryVariables = Exact<{
  filter?: LegacyWorkFilter | null | undefined;
}>;

export type LegacyWorkCountQuery = { legacyWorklist: { totalCount: number } };

export type ImportsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;

export type ImportsQuery = {
  batches: {
    nodes: Array<{
      id: string;
      total: number;
      state: BatchState;
      stateReason: string;
      createdAt: string;
      finishedAt: string | null;
      canCancel: boolean;
      startedBy: { name: string };
      import: {
        fileName: string;
        fileSize: number;
        encoding: string;
        separator: string;
        dryRun: boolean;
        created: number;
        updated: number;
        unchanged: number;
        refused: number;
        missing: number | null;
        partial: boolean;
        awaitsLook: boolean;
        refusedFile: string;
        source: { id: string; name: string; location: { id: string; name: string } };
        columns: Array<{ header: string; field: LegacyField | null }>;
      } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type ImportViewFragment = {
  id: string;
  total: number;
  state: BatchState;
  stateReason: string;
  createdAt: string;
  finishedAt: string | null;
  canCancel: boolean;
  startedBy: { name: string };
  import: {
    fileName: string;
    fileSize: number;
    encoding: string;
    separator: string;
    dryRun: boolean;
    created: number;
    updated: number;
    unchanged: number;
    refused: number;
    missing: number | null;
    partial: boolean;
    awaitsLook: boolean;
    refusedFile: string;
    source: { id: string; name: string; location: { id: string; name: string } };
    columns: Array<{ header: string; field: LegacyField | null }>;
  } | null;
};

export type ImportQueryVariables = Exact<{
  id: string | number;
}>;

export type ImportQuery = {
  batch: {
    id: string;
    total: number;
    state: BatchState;
    stateReason: string;
    createdAt: string;
    finishedAt: string | null;
    canCancel: boolean;
    startedBy: { name: string };
    import: {
      fileName: string;
      fileSize: number;
      encoding: string;
      separator: string;
      dryRun: boolean;
      created: number;
      updated: number;
      unchanged: number;
      refused: number;
      missing: number | null;
      partial: boolean;
      awaitsLook: boolean;
      refusedFile: string;
      source: { id: string; name: string; location: { id: string; name: string } };
      columns: Array<{ header: string; field: LegacyField | null }>;
    } | null;
  } | null;
};

export type ImportProgressedSubscriptionVariables = Exact<{
  id: string | number;
}>;

export type ImportProgressedSubscription = {
  batchProgressed: {
    id: string;
    total: number;
    state: BatchState;
    stateReason: string;
    createdAt: string;
    finishedAt: string | null;
    canCancel: boolean;
    startedBy: { name: string };
    import: {
      fileName: string;
      fileSize: number;
      encoding: string;
      separator: string;
      dryRun: boolean;
      created: number;
      updated: number;
      unchanged: number;
      refused: number;
      missing: number | null;
      partial: boolean;
      awaitsLook: boolean;
      refusedFile: string;
      source: { id: string; name: string; location: { id: string; name: string } };
      columns: Array<{ header: string; field: LegacyField | null }>;
    } | null;
  };
};

export type ImportFindingsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;

export type ImportFindingsQuery = {
  batch: {
    import: {
      findings: {
        nodes: Array<{ line: number; problems: Array<{ column: string; value: string; wants: string }> }>;
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
    } | null;
  } | null;
};

export type ImportLegacyMembershipsMutationVariables = Exact<{
  input: ImportLegacyMembershipsInput;
}>;

export type ImportLegacyMembershipsMutation = {
  importLegacyMemberships: {
    batch: {
      id: string;
      kind: BatchKind;
      channel: MessageChannel | null;
      option: StartOption | null;
      total: number;
      succeeded: number;
      skipped: number;
      failed: number;
      pending: number;
      state: BatchState;
      stateReason: string;
      createdAt: string;
      finishedAt: string | null;
      canCancel: boolean;
      canRetry: boolean;
      startedBy: { name: string };
      retryOf: { id: string } | null;
      reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ContinueImportMutationVariables = Exact<{
  input: ContinueImportInput;
}>;

export type ContinueImportMutation = {
  continueImport: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type MapLegacyPlanMutationVariables = Exact<{
  input: MapLegacyPlanInput;
}>;

export type MapLegacyPlanMutation = {
  mapLegacyPlan: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type CountsFragment = {
  invited: number;
  delivered: number;
  opened: number;
  started: number;
  submitted: number;
  verified: number;
  approved: number;
  firstChargePaid: number;
};

export type MigrationFunnelQueryVariables = Exact<{
  filter?: FunnelFilter | null | undefined;
}>;

export type MigrationFunnelQuery = {
  migrationFunnel: {
    from: string;
    before: string;
    total: {
      invited: number;
      delivered: number;
      opened: number;
      started: number;
      submitted: number;
      verified: number;
      approved: number;
      firstChargePaid: number;
    };
    byLocation: Array<{
      location: { id: string; name: string };
      counts: {
        invited: number;
        delivered: number;
        opened: number;
        started: number;
        submitted: number;
        verified: number;
        approved: number;
        firstChargePaid: number;
      };
    }>;
  };
};

export type WaitingQueryVariables = Exact<{
  locationIds?: Array<string | number> | string | number | null | undefined;
}>;

export type WaitingQuery = {
  unsent: { totalCount: number; totalCountPrecision: CountPrecision };
  ready: { totalCount: number; totalCountPrecision: CountPrecision };
  bank: { totalCount: number; totalCountPrecision: CountPrecision };
  replies: { nodes: Array<{ id: string }>; pageInfo: { hasNextPage: boolean } };
  corrections: { totalCount: number; totalCountPrecision: CountPrecision };
};

export type StuckQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: StuckFilter | null | undefined;
}>;

export type StuckQuery = {
  stuck: {
    nodes: Array<{
      kind: StuckKind;
      since: string;
      message: string;
      next: string;
      location: { name: string } | null;
      subject:
        | { __typename: 'Staff'; id: string }
        | { __typename: 'Location'; id: string }
        | { __typename: 'Plan'; id: string }
        | { __typename: 'InsurancePlan'; id: string }
        | { __typename: 'Tenant'; id: string }
        | { __typename: 'EmailCorrection'; id: string; tenant: { name: string } }
        | { __typename: 'Invitation'; id: string; tenant: { name: string } }
        | {
            __typename: 'Delivery';
            id: string;
            channel: MessageChannel;
            purpose: DeliveryPurpose;
            address: string;
            status: DeliveryStatus;
            statusReason: string;
            createdAt: string;
            statusChangedAt: string;
            notBefore: string | null;
            complainedAt: string | null;
            segments: number | null;
            canResolve: boolean;
            invitation: { id: string; tenant: { name: string }; location: { name: string } } | null;
            resolvedBy: { name: string } | null;
          }
        | { __typename: 'Batch'; total: number; id: string }
        | { __typename: 'Suppression'; id: string }
        | { __typename: 'TextReply'; id: string }
        | { __typename: 'Submission'; id: string; tenant: { name: string } }
        | { __typename: 'Reservation'; id: string }
        | { __typename: 'Approval'; id: string }
        | { __typename: 'StripeSubscription'; id: string }
        | {
            __typename: 'BillingAlarm';
            id: string;
            kind: BillingAlarmKind;
            message: string;
            since: string;
            expectedOn: string | null;
            actualOn: string | null;
            handledAt: string | null;
            handledNote: string;
            location: { name: string };
            subscription: { reservation: { id: string; tenant: { name: string } } };
            expectedAmount: { amount: string; currency: string } | null;
            actualAmount: { amount: string; currency: string } | null;
            handledBy: { name: string } | null;
          }
        | { __typename: 'LegacyMembership'; id: string }
        | { __typename: 'LegacySource'; id: string };
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type StuckRowFragment = {
  kind: StuckKind;
  since: string;
  message: string;
  next: string;
  location: { name: string } | null;
  subject:
    | { __typename: 'Staff'; id: string }
    | { __typename: 'Location'; id: string }
    | { __typename: 'Plan'; id: string }
    | { __typename: 'InsurancePlan'; id: string }
    | { __typename: 'Tenant'; id: string }
    | { __typename: 'EmailCorrection'; id: string; tenant: { name: string } }
    | { __typename: 'Invitation'; id: string; tenant: { name: string } }
    | {
        __typename: 'Delivery';
        id: string;
        channel: MessageChannel;
        purpose: DeliveryPurpose;
        address: string;
        status: DeliveryStatus;
        statusReason: string;
        createdAt: string;
        statusChangedAt: string;
        notBefore: string | null;
        complainedAt: string | null;
        segments: number | null;
        canResolve: boolean;
        invitation: { id: string; tenant: { name: string }; location: { name: string } } | null;
        resolvedBy: { name: string } | null;
      }
    | { __typename: 'Batch'; total: number; id: string }
    | { __typename: 'Suppression'; id: string }
    | { __typename: 'TextReply'; id: string }
    | { __typename: 'Submission'; id: string; tenant: { name: string } }
    | { __typename: 'Reservation'; id: string }
    | { __typename: 'Approval'; id: string }
    | { __typename: 'StripeSubscription'; id: string }
    | {
        __typename: 'BillingAlarm';
        id: string;
        kind: BillingAlarmKind;
        message: string;
        since: string;
        expectedOn: string | null;
        actualOn: string | null;
        handledAt: string | null;
        handledNote: string;
        location: { name: string };
        subscription: { reservation: { id: string; tenant: { name: string } } };
        expectedAmount: { amount: string; currency: string } | null;
        actualAmount: { amount: string; currency: string } | null;
        handledBy: { name: string } | null;
      }
    | { __typename: 'LegacyMembership'; id: string }
    | { __typename: 'LegacySource'; id: string };
};

export type BillingAlarmsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: BillingAlarmFilter | null | undefined;
}>;

export type BillingAlarmsQuery = {
  billingAlarms: {
    nodes: Array<{
      id: string;
      kind: BillingAlarmKind;
      message: string;
      since: string;
      expectedOn: string | null;
      actualOn: string | null;
      handledAt: string | null;
      handledNote: string;
      location: { name: string };
      subscription: { reservation: { id: string; tenant: { name: string } } };
      expectedAmount: { amount: string; currency: string } | null;
      actualAmount: { amount: string; currency: string } | null;
      handledBy: { name: string } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type AlarmRowFragment = {
  id: string;
  kind: BillingAlarmKind;
  message: string;
  since: string;
  expectedOn: string | null;
  actualOn: string | null;
  handledAt: string | null;
  handledNote: string;
  location: { name: string };
  subscription: { reservation: { id: string; tenant: { name: string } } };
  expectedAmount: { amount: string; currency: string } | null;
  actualAmount: { amount: string; currency: string } | null;
  handledBy: { name: string } | null;
};

export type HandleBillingAlarmMutationVariables = Exact<{
  input: HandleBillingAlarmInput;
}>;

export type HandleBillingAlarmMutation = {
  handleBillingAlarm: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SuppressionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  channel?: MessageChannel | null | undefined;
  address?: string | null | undefined;
}>;

export type SuppressionsQuery = {
  suppressions: {
    nodes: Array<{
      id: string;
      channel: MessageChannel;
      address: string;
      scope: SuppressionScope;
      reason: SuppressionReason;
      note: string;
      createdAt: string;
      canLift: boolean;
      createdBy: { name: string } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type SuppressionCountQueryVariables = Exact<{
  channel?: MessageChannel | null | undefined;
  address?: string | null | undefined;
}>;

export type SuppressionCountQuery = {
  suppressions: { totalCount: number; totalCountPrecision: CountPrecision };
};

export type SuppressionRowFragment = {
  id: string;
  channel: MessageChannel;
  address: string;
  scope: SuppressionScope;
  reason: SuppressionReason;
  note: string;
  createdAt: string;
  canLift: boolean;
  createdBy: { name: string } | null;
};

export type SuppressMutationVariables = Exact<{
  input: SuppressInput;
}>;

export type SuppressMutation = {
  suppress: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type UnsuppressMutationVariables = Exact<{
  input: UnsuppressInput;
}>;

export type UnsuppressMutation = {
  unsuppress: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type StaffMembersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: StaffMemberFilter | null | undefined;
}>;

export type StaffMembersQuery = {
  staffMembers: {
    nodes: Array<{
      active: boolean;
      lastSeenAt: string | null;
      createdAt: string;
      deactivatedAt: string | null;
      staff: { id: string; name: string; email: string; role: StaffRole };
      locations: Array<{ id: string; name: string }>;
      invitation: { expiresAt: string; mailedAt: string | null; refused: string } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type MemberRowFragment = {
  active: boolean;
  lastSeenAt: string | null;
  createdAt: string;
  deactivatedAt: string | null;
  staff: { id: string; name: string; email: string; role: StaffRole };
  locations: Array<{ id: string; name: string }>;
  invitation: { expiresAt: string; mailedAt: string | null; refused: string } | null;
};

export type InviteStaffMutationVariables = Exact<{
  input: InviteStaffInput;
}>;

export type InviteStaffMutation = {
  inviteStaff: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type InviteStaffAgainMutationVariables = Exact<{
  input: InviteStaffAgainInput;
}>;

export type InviteStaffAgainMutation = {
  inviteStaffAgain: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type UpdateStaffMutationVariables = Exact<{
  input: UpdateStaffInput;
}>;

export type UpdateStaffMutation = {
  updateStaff: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type DeactivateStaffMutationVariables = Exact<{
  input: DeactivateStaffInput;
}>;

export type DeactivateStaffMutation = {
  deactivateStaff: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ReactivateStaffMutationVariables = Exact<{
  input: ReactivateStaffInput;
}>;

export type ReactivateStaffMutation = {
  reactivateStaff: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SignInsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  staffId?: string | number | null | undefined;
}>;

export type SignInsQuery = {
  signIns: {
    nodes: Array<{
      id: string;
      way: SignInWay;
      createdAt: string;
      lastUsedAt: string;
      expiresAt: string;
      ip: string | null;
      userAgent: string;
      current: boolean;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type SignInRowFragment = {
  id: string;
  way: SignInWay;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  ip: string | null;
  userAgent: string;
  current: boolean;
};

export type RevokeSignInMutationVariables = Exact<{
  input: RevokeSignInInput;
}>;

export type RevokeSignInMutation = {
  revokeSignIn: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type RevokeOtherSignInsMutationVariables = Exact<{ [key: string]: never }>;

export type RevokeOtherSignInsMutation = {
  revokeOtherSignIns: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ApiTokensQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  staffId?: string | number | null | undefined;
}>;

export type ApiTokensQuery = {
  apiTokens: {
    nodes: Array<{
      id: string;
      name: string;
      scope: TokenScope;
      createdAt: string;
      expiresAt: string;
      lastUsedAt: string | null;
      locations: Array<{ name: string }>;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type TokenRowFragment = {
  id: string;
  name: string;
  scope: TokenScope;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  locations: Array<{ name: string }>;
};

export type CreateApiTokenMutationVariables = Exact<{
  input: CreateApiTokenInput;
}>;

export type CreateApiTokenMutation = {
  createApiToken: {
    token: string | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RevokeApiTokenMutationVariables = Exact<{
  input: RevokeApiTokenInput;
}>;

export type RevokeApiTokenMutation = {
  revokeApiToken: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;

export type ChangePasswordMutation = {
  changePassword: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type AuditEventsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: AuditFilter | null | undefined;
}>;

export type AuditEventsQuery = {
  auditEvents: {
    nodes: Array<{
      id: string;
      at: string;
      actorKind: ActorKind;
      actorName: string | null;
      action: string;
      before: string;
      after: string;
      subjectKind: EventSubject;
      subjectId: string;
      location: { name: string } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type AuditRowFragment = {
  id: string;
  at: string;
  actorKind: ActorKind;
  actorName: string | null;
  action: string;
  before: string;
  after: string;
  subjectKind: EventSubject;
  subjectId: string;
  location: { name: string } | null;
};

export type CameInFragment = {
  staff: { id: string; name: string; email: string; role: StaffRole } | null;
  locations: Array<{ id: string; name: string }>;
};

export type ViewerQueryVariables = Exact<{ [key: string]: never }>;

export type ViewerQuery = {
  viewer: {
    staff: { id: string; name: string; email: string; role: StaffRole } | null;
    locations: Array<{ id: string; name: string }>;
  } | null;
};

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;

export type SignInMutation = {
  signIn: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type AcceptStaffInvitationMutationVariables = Exact<{
  input: AcceptStaffInvitationInput;
}>;

export type AcceptStaffInvitationMutation = {
  acceptStaffInvitation: {
    viewer: {
      staff: { id: string; name: string; email: string; role: StaffRole } | null;
      locations: Array<{ id: string; name: string }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;

export type RequestPasswordResetMutation = {
  requestPasswordReset: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;

export type ResetPasswordMutation = {
  resetPassword: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type SubmissionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: SubmissionFilter | null | undefined;
  orderBy?: SubmissionOrder | null | undefined;
}>;

export type SubmissionsQuery = {
  submissions: {
    nodes: Array<{
      id: string;
      unit: string;
      anchorDay: number;
      paymentMethod: string;
      status: SubmissionStatus;
      daysWaiting: number | null;
      submittedAt: string;
      tenant: { name: string; email: string | null };
      plan: { name: string };
      location: { name: string };
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
      insurancePrice: { amount: string; currency: string } | null;
      monthlyTotal: { amount: string; currency: string };
    }>;
    pageInfo: { hasNextPage: boolean; startCursor: string | null; endCursor: string | null };
  };
};

export type SubmissionRowFragment = {
  id: string;
  unit: string;
  anchorDay: number;
  paymentMethod: string;
  status: SubmissionStatus;
  daysWaiting: number | null;
  submittedAt: string;
  tenant: { name: string; email: string | null };
  plan: { name: string };
  location: { name: string };
  cardPrice: { amount: string; currency: string };
  achPrice: { amount: string; currency: string } | null;
  insurancePrice: { amount: string; currency: string } | null;
  monthlyTotal: { amount: string; currency: string };
};

export type SubmissionCountQueryVariables = Exact<{
  filter?: SubmissionFilter | null | undefined;
}>;

export type SubmissionCountQuery = {
  submissions: { totalCount: number; totalCountPrecision: CountPrecision };
};

export type PreviewApprovalsQueryVariables = Exact<{
  input: PreviewApprovalsInput;
}>;

export type PreviewApprovalsQuery = {
  previewApprovals: {
    total: number;
    approvable: number;
    dates: string;
    skips: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    dueToday: Array<{ amount: string; currency: string }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ApproveSubmissionsMutationVariables = Exact<{
  input: ApproveSubmissionsInput;
}>;

export type ApproveSubmissionsMutation = {
  approveSubmissions: {
    batch: {
      id: string;
      kind: BatchKind;
      channel: MessageChannel | null;
      option: StartOption | null;
      total: number;
      succeeded: number;
      skipped: number;
      failed: number;
      pending: number;
      state: BatchState;
      stateReason: string;
      createdAt: string;
      finishedAt: string | null;
      canCancel: boolean;
      canRetry: boolean;
      startedBy: { name: string };
      retryOf: { id: string } | null;
      reasons: Array<{ outcome: BatchOutcomeKind; reason: string; message: string; count: number }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SubmissionQueryVariables = Exact<{
  id: string | number;
}>;

export type SubmissionQuery = {
  submission: {
    id: string;
    unit: string;
    status: SubmissionStatus;
    statusReason: string;
    statusChangedAt: string;
    submittedAt: string;
    waitingSince: string | null;
    daysWaiting: number | null;
    paymentMethod: string;
    anchorDay: number;
    canApprove: boolean;
    canEndConfirmation: boolean;
    canWithdrawApproval: boolean;
    canReject: boolean;
    canClose: boolean;
    undoUntil: string | null;
    canUndo: boolean;
    tenant: { name: string; email: string | null; phone: string | null };
    location: { id: string; name: string };
    reservation: { id: string; endedAt: string | null };
    invitation: {
      id: string;
      cardPriceOverride: { amount: string; currency: string } | null;
      achPriceOverride: { amount: string; currency: string } | null;
      insurancePlan: { id: string; name: string; price: { amount: string; currency: string } } | null;
    } | null;
    plan: {
      id: string;
      name: string;
      kind: PlanKind;
      isOffered: boolean;
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
    };
    cardPrice: { amount: string; currency: string };
    achPrice: { amount: string; currency: string } | null;
    bankVerification: {
      beganAt: string;
      depositArrivesAt: string | null;
      deadlineAt: string;
      daysLeft: number;
      depositToldAt: string | null;
      remindedAt: string | null;
    } | null;
    quote: {
      lines: Array<{
        kind: QuoteLineKind;
        description: string;
        amount: { amount: string; currency: string };
      }>;
      total: { amount: string; currency: string };
    };
    evidence: {
      termsHash: string;
      signatureKind: SignatureKind;
      signatureName: string;
      signatureImage: string | null;
      signedAt: string;
      ip: string | null;
      userAgent: string;
      mandate: string | null;
      mandateId: string | null;
      terms: { language: Language; version: number; body: string };
    };
    emailCorrection: {
      id: string;
      email: string;
      state: EmailCorrectionState;
      requestedAt: string;
      decidedAt: string | null;
      reason: string;
      canDecide: boolean;
      enteredBy: { name: string } | null;
      decidedBy: { name: string } | null;
    } | null;
    rejection: {
      reason: string;
      rejectedAt: string;
      closes: boolean;
      staff: { name: string };
      successor: { id: string } | null;
    } | null;
    approvals: Array<{
      id: string;
      option: StartOption;
      nextChargeOn: string;
      decidedAt: string;
      outcome: ApprovalOutcome;
      outcomeReason: string;
      outcomeAt: string | null;
      staff: { name: string };
      dueToday: { amount: string; currency: string };
    }>;
    undo: {
      reason: string;
      state: UndoState;
      waitsFor: string;
      requestedAt: string;
      doneAt: string | null;
      staff: { name: string };
      invoices: Array<{
        stripeInvoiceId: string;
        act: UndoAct;
        at: string;
        amount: { amount: string; currency: string };
      }>;
    } | null;
    history: Array<{
      id: string;
      at: string;
      actorKind: ActorKind;
      actorName: string | null;
      subjectKind: EventSubject;
      action: string;
      before: string;
      after: string;
    }>;
  } | null;
};

export type SubmissionChangedSubscriptionVariables = Exact<{
  id: string | number;
}>;

export type SubmissionChangedSubscription = {
  submissionChanged: {
    id: string;
    unit: string;
    status: SubmissionStatus;
    statusReason: string;
    statusChangedAt: string;
    submittedAt: string;
    waitingSince: string | null;
    daysWaiting: number | null;
    paymentMethod: string;
    anchorDay: number;
    canApprove: boolean;
    canEndConfirmation: boolean;
    canWithdrawApproval: boolean;
    canReject: boolean;
    canClose: boolean;
    undoUntil: string | null;
    canUndo: boolean;
    tenant: { name: string; email: string | null; phone: string | null };
    location: { id: string; name: string };
    reservation: { id: string; endedAt: string | null };
    invitation: {
      id: string;
      cardPriceOverride: { amount: string; currency: string } | null;
      achPriceOverride: { amount: string; currency: string } | null;
      insurancePlan: { id: string; name: string; price: { amount: string; currency: string } } | null;
    } | null;
    plan: {
      id: string;
      name: string;
      kind: PlanKind;
      isOffered: boolean;
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
    };
    cardPrice: { amount: string; currency: string };
    achPrice: { amount: string; currency: string } | null;
    bankVerification: {
      beganAt: string;
      depositArrivesAt: string | null;
      deadlineAt: string;
      daysLeft: number;
      depositToldAt: string | null;
      remindedAt: string | null;
    } | null;
    quote: {
      lines: Array<{
        kind: QuoteLineKind;
        description: string;
        amount: { amount: string; currency: string };
      }>;
      total: { amount: string; currency: string };
    };
    evidence: {
      termsHash: string;
      signatureKind: SignatureKind;
      signatureName: string;
      signatureImage: string | null;
      signedAt: string;
      ip: string | null;
      userAgent: string;
      mandate: string | null;
      mandateId: string | null;
      terms: { language: Language; version: number; body: string };
    };
    emailCorrection: {
      id: string;
      email: string;
      state: EmailCorrectionState;
      requestedAt: string;
      decidedAt: string | null;
      reason: string;
      canDecide: boolean;
      enteredBy: { name: string } | null;
      decidedBy: { name: string } | null;
    } | null;
    rejection: {
      reason: string;
      rejectedAt: string;
      closes: boolean;
      staff: { name: string };
      successor: { id: string } | null;
    } | null;
    approvals: Array<{
      id: string;
      option: StartOption;
      nextChargeOn: string;
      decidedAt: string;
      outcome: ApprovalOutcome;
      outcomeReason: string;
      outcomeAt: string | null;
      staff: { name: string };
      dueToday: { amount: string; currency: string };
    }>;
    undo: {
      reason: string;
      state: UndoState;
      waitsFor: string;
      requestedAt: string;
      doneAt: string | null;
      staff: { name: string };
      invoices: Array<{
        stripeInvoiceId: string;
        act: UndoAct;
        at: string;
        amount: { amount: string; currency: string };
      }>;
    } | null;
    history: Array<{
      id: string;
      at: string;
      actorKind: ActorKind;
      actorName: string | null;
      subjectKind: EventSubject;
      action: string;
      before: string;
      after: string;
    }>;
  };
};

export type SubmissionViewFragment = {
  id: string;
  unit: string;
  status: SubmissionStatus;
  statusReason: string;
  statusChangedAt: string;
  submittedAt: string;
  waitingSince: string | null;
  daysWaiting: number | null;
  paymentMethod: string;
  anchorDay: number;
  canApprove: boolean;
  canEndConfirmation: boolean;
  canWithdrawApproval: boolean;
  canReject: boolean;
  canClose: boolean;
  undoUntil: string | null;
  canUndo: boolean;
  tenant: { name: string; email: string | null; phone: string | null };
  location: { id: string; name: string };
  reservation: { id: string; endedAt: string | null };
  invitation: {
    id: string;
    cardPriceOverride: { amount: string; currency: string } | null;
    achPriceOverride: { amount: string; currency: string } | null;
    insurancePlan: { id: string; name: string; price: { amount: string; currency: string } } | null;
  } | null;
  plan: {
    id: string;
    name: string;
    kind: PlanKind;
    isOffered: boolean;
    cardPrice: { amount: string; currency: string };
    achPrice: { amount: string; currency: string } | null;
  };
  cardPrice: { amount: string; currency: string };
  achPrice: { amount: string; currency: string } | null;
  bankVerification: {
    beganAt: string;
    depositArrivesAt: string | null;
    deadlineAt: string;
    daysLeft: number;
    depositToldAt: string | null;
    remindedAt: string | null;
  } | null;
  quote: {
    lines: Array<{ kind: QuoteLineKind; description: string; amount: { amount: string; currency: string } }>;
    total: { amount: string; currency: string };
  };
  evidence: {
    termsHash: string;
    signatureKind: SignatureKind;
    signatureName: string;
    signatureImage: string | null;
    signedAt: string;
    ip: string | null;
    userAgent: string;
    mandate: string | null;
    mandateId: string | null;
    terms: { language: Language; version: number; body: string };
  };
  emailCorrection: {
    id: string;
    email: string;
    state: EmailCorrectionState;
    requestedAt: string;
    decidedAt: string | null;
    reason: string;
    canDecide: boolean;
    enteredBy: { name: string } | null;
    decidedBy: { name: string } | null;
  } | null;
  rejection: {
    reason: string;
    rejectedAt: string;
    closes: boolean;
    staff: { name: string };
    successor: { id: string } | null;
  } | null;
  approvals: Array<{
    id: string;
    option: StartOption;
    nextChargeOn: string;
    decidedAt: string;
    outcome: ApprovalOutcome;
    outcomeReason: string;
    outcomeAt: string | null;
    staff: { name: string };
    dueToday: { amount: string; currency: string };
  }>;
  undo: {
    reason: string;
    state: UndoState;
    waitsFor: string;
    requestedAt: string;
    doneAt: string | null;
    staff: { name: string };
    invoices: Array<{
      stripeInvoiceId: string;
      act: UndoAct;
      at: string;
      amount: { amount: string; currency: string };
    }>;
  } | null;
  history: Array<{
    id: string;
    at: string;
    actorKind: ActorKind;
    actorName: string | null;
    subjectKind: EventSubject;
    action: string;
    before: string;
    after: string;
  }>;
};

export type EvidenceViewFragment = {
  termsHash: string;
  signatureKind: SignatureKind;
  signatureName: string;
  signatureImage: string | null;
  signedAt: string;
  ip: string | null;
  userAgent: string;
  mandate: string | null;
  mandateId: string | null;
  terms: { language: Language; version: number; body: string };
};

export type CorrectionViewFragment = {
  id: string;
  email: string;
  state: EmailCorrectionState;
  requestedAt: string;
  decidedAt: string | null;
  reason: string;
  canDecide: boolean;
  enteredBy: { name: string } | null;
  decidedBy: { name: string } | null;
};

export type ApprovalViewFragment = {
  id: string;
  option: StartOption;
  nextChargeOn: string;
  decidedAt: string;
  outcome: ApprovalOutcome;
  outcomeReason: string;
  outcomeAt: string | null;
  staff: { name: string };
  dueToday: { amount: string; currency: string };
};

export type UndoViewFragment = {
  reason: string;
  state: UndoState;
  waitsFor: string;
  requestedAt: string;
  doneAt: string | null;
  staff: { name: string };
  invoices: Array<{
    stripeInvoiceId: string;
    act: UndoAct;
    at: string;
    amount: { amount: string; currency: string };
  }>;
};

export type BillingPreviewsQueryVariables = Exact<{
  submissionId: string | number;
}>;

export type BillingPreviewsQuery = {
  billingPreview: Array<{
    option: StartOption;
    source: BillingSource;
    nextChargeOn: string;
    notBefore: string;
    dueToday: { amount: string; currency: string };
    lines: Array<{
      description: string;
      from: string | null;
      until: string | null;
      amount: { amount: string; currency: string };
    }>;
    nextCharge: { amount: string; currency: string };
    nextLines: Array<{
      description: string;
      from: string | null;
      until: string | null;
      amount: { amount: string; currency: string };
    }>;
    warnings: Array<{ code: BillingWarningCode; message: string }>;
  }>;
};

export type BillingViewFragment = {
  option: StartOption;
  source: BillingSource;
  nextChargeOn: string;
  notBefore: string;
  dueToday: { amount: string; currency: string };
  lines: Array<{
    description: string;
    from: string | null;
    until: string | null;
    amount: { amount: string; currency: string };
  }>;
  nextCharge: { amount: string; currency: string };
  nextLines: Array<{
    description: string;
    from: string | null;
    until: string | null;
    amount: { amount: string; currency: string };
  }>;
  warnings: Array<{ code: BillingWarningCode; message: string }>;
};

export type BillingLineViewFragment = {
  description: string;
  from: string | null;
  until: string | null;
  amount: { amount: string; currency: string };
};

export type ApproveSubmissionMutationVariables = Exact<{
  input: ApproveSubmissionInput;
}>;

export type ApproveSubmissionMutation = {
  approveSubmission: {
    preview: {
      option: StartOption;
      source: BillingSource;
      nextChargeOn: string;
      notBefore: string;
      dueToday: { amount: string; currency: string };
      lines: Array<{
        description: string;
        from: string | null;
        until: string | null;
        amount: { amount: string; currency: string };
      }>;
      nextCharge: { amount: string; currency: string };
      nextLines: Array<{
        description: string;
        from: string | null;
        until: string | null;
        amount: { amount: string; currency: string };
      }>;
      warnings: Array<{ code: BillingWarningCode; message: string }>;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RejectSubmissionMutationVariables = Exact<{
  input: RejectSubmissionInput;
}>;

export type RejectSubmissionMutation = {
  rejectSubmission: {
    warnings: Array<{ code: UserWarningCode; message: string }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type EndConfirmationMutationVariables = Exact<{
  input: EndConfirmationInput;
}>;

export type EndConfirmationMutation = {
  endConfirmation: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type UndoApprovalMutationVariables = Exact<{
  input: UndoApprovalInput;
}>;

export type UndoApprovalMutation = {
  undoApproval: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type ReservationQueryVariables = Exact<{
  id: string | number;
}>;

export type ReservationQuery = {
  reservation: {
    unit: string;
    status: SubmissionStatus;
    paymentMethod: string;
    createdAt: string;
    endedAt: string | null;
    tenant: { name: string; email: string | null; phone: string | null };
    location: { name: string; timeZone: string };
    plan: { name: string; kind: PlanKind };
    submission: {
      id: string;
      statusReason: string;
      waitingSince: string | null;
      daysWaiting: number | null;
      canApprove: boolean;
    };
    submissions: Array<{
      id: string;
      status: SubmissionStatus;
      submittedAt: string;
      paymentMethod: string;
      monthlyTotal: { amount: string; currency: string };
    }>;
    subscription: {
      stripeSubscriptionId: string;
      status: SubscriptionStatus;
      startedAt: string;
      nextChargeAt: string | null;
      endedAt: string | null;
      monthlyTotal: { amount: string; currency: string };
      invoices: Array<{
        stripeInvoiceId: string;
        status: InvoiceStatus;
        chargedOn: string;
        paidAt: string | null;
        isFirst: boolean;
        failure: string;
        amountDue: { amount: string; currency: string };
        amountPaid: { amount: string; currency: string };
        amountRefunded: { amount: string; currency: string };
      }>;
      history: Array<{
        id: string;
        at: string;
        actorKind: ActorKind;
        actorName: string | null;
        subjectKind: EventSubject;
        action: string;
        before: string;
        after: string;
      }>;
    } | null;
    history: Array<{
      id: string;
      at: string;
      actorKind: ActorKind;
      actorName: string | null;
      subjectKind: EventSubject;
      action: string;
      before: string;
      after: string;
    }>;
  } | null;
};

export type ReservationViewFragment = {
  unit: string;
  status: SubmissionStatus;
  paymentMethod: string;
  createdAt: string;
  endedAt: string | null;
  tenant: { name: string; email: string | null; phone: string | null };
  location: { name: string; timeZone: string };
  plan: { name: string; kind: PlanKind };
  submission: {
    id: string;
    statusReason: string;
    waitingSince: string | null;
    daysWaiting: number | null;
    canApprove: boolean;
  };
  submissions: Array<{
    id: string;
    status: SubmissionStatus;
    submittedAt: string;
    paymentMethod: string;
    monthlyTotal: { amount: string; currency: string };
  }>;
  subscription: {
    stripeSubscriptionId: string;
    status: SubscriptionStatus;
    startedAt: string;
    nextChargeAt: string | null;
    endedAt: string | null;
    monthlyTotal: { amount: string; currency: string };
    invoices: Array<{
      stripeInvoiceId: string;
      status: InvoiceStatus;
      chargedOn: string;
      paidAt: string | null;
      isFirst: boolean;
      failure: string;
      amountDue: { amount: string; currency: string };
      amountPaid: { amount: string; currency: string };
      amountRefunded: { amount: string; currency: string };
    }>;
    history: Array<{
      id: string;
      at: string;
      actorKind: ActorKind;
      actorName: string | null;
      subjectKind: EventSubject;
      action: string;
      before: string;
      after: string;
    }>;
  } | null;
  history: Array<{
    id: string;
    at: string;
    actorKind: ActorKind;
    actorName: string | null;
    subjectKind: EventSubject;
    action: string;
    before: string;
    after: string;
  }>;
};

export type InvoiceViewFragment = {
  stripeInvoiceId: string;
  status: InvoiceStatus;
  chargedOn: string;
  paidAt: string | null;
  isFirst: boolean;
  failure: string;
  amountDue: { amount: string; currency: string };
  amountPaid: { amount: string; currency: string };
  amountRefunded: { amount: string; currency: string };
};

export type WithdrawApprovalMutationVariables = Exact<{
  input: WithdrawApprovalInput;
}>;

export type WithdrawApprovalMutation = {
  withdrawApproval: {
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type CountersQueryVariables = Exact<{ [key: string]: never }>;

export type CountersQuery = { counterLocations: Array<{ id: string; name: string }> };

export type SessionsQueryVariables = Exact<{
  at: string | number;
  stages?: Array<SessionStage> | SessionStage | null | undefined;
  after?: string | null | undefined;
}>;

export type SessionsQuery = {
  sessions: {
    nodes: Array<{
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      openedBy: { name: string } | null;
      migration: { step: CounterStep; legacy: { name: string } | null } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type OpenSessionsChangedSubscriptionVariables = Exact<{
  id: string | number;
}>;

export type OpenSessionsChangedSubscription = {
  openSessionsChanged: Array<{
    id: string;
    stage: SessionStage;
    plate: string;
    rfid: string;
    gate: string;
    openedAt: string;
    openedBy: { name: string } | null;
    migration: { step: CounterStep; legacy: { name: string } | null } | null;
  }>;
};

export type SessionRowFragment = {
  id: string;
  stage: SessionStage;
  plate: string;
  rfid: string;
  gate: string;
  openedAt: string;
  openedBy: { name: string } | null;
  migration: { step: CounterStep; legacy: { name: string } | null } | null;
};

export type CounterSessionQueryVariables = Exact<{
  id: string | number;
}>;

export type CounterSessionQuery = {
  session: {
    id: string;
    stage: SessionStage;
    plate: string;
    rfid: string;
    gate: string;
    openedAt: string;
    closedReason: string;
    canMigrate: boolean;
    location: { id: string };
    openedBy: { name: string } | null;
    candidates: Array<{
      id: string;
      name: string;
      plate: string;
      memberNumber: string;
      phoneEnding: string;
      planName: string;
      state: LegacyState;
      nextBillingOn: string | null;
      endsOn: string | null;
      matchedBy: Array<string>;
      standing: CandidateStanding;
      wayOn: string;
      sessionId: string | null;
      price: { amount: string; currency: string } | null;
      carriedPrice: { amount: string; currency: string } | null;
    }>;
    plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
    migration: {
      id: string;
      step: CounterStep;
      legacy: {
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      } | null;
      contact: {
        name: string;
        phone: string;
        email: string;
        emailSource: EmailSource | null;
        offerTyping: boolean;
        canText: boolean;
        whyNoText: string;
        canConfirm: boolean;
        text: {
          state: CounterTextState;
          askedAt: string;
          reply: string;
          email: string;
          reason: string;
        } | null;
        missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
      };
      offer: {
        anchorDay: number;
        oldBillingDay: number;
        firstChargeOn: string | null;
        problem: string;
        warning: string;
        plan: { name: string };
        monthly: {
          lines: Array<{
            kind: QuoteLineKind;
            description: string;
            amount: { amount: string; currency: string };
          }>;
          total: { amount: string; currency: string };
        };
      } | null;
      card: {
        state: CounterCardState;
        label: string;
        problem: string;
        offerTyping: boolean;
        reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
      };
      agreement: {
        anchorDay: number;
        firstChargeOn: string;
        cardLabel: string;
        language: Language;
        digest: string;
        monthly: {
          lines: Array<{
            kind: QuoteLineKind;
            description: string;
            amount: { amount: string; currency: string };
          }>;
          total: { amount: string; currency: string };
        };
        dueToday: { amount: string; currency: string };
        terms: { language: Language; body: string };
      } | null;
      outcome: {
        submissionStatus: SubmissionStatus;
        firstChargeOn: string;
        receipts: Array<MessageChannel>;
        warning: string;
        monthlyTotal: { amount: string; currency: string };
      } | null;
    } | null;
  } | null;
};

export type SessionChangedSubscriptionVariables = Exact<{
  id: string | number;
}>;

export type SessionChangedSubscription = {
  sessionChanged: {
    id: string;
    stage: SessionStage;
    plate: string;
    rfid: string;
    gate: string;
    openedAt: string;
    closedReason: string;
    canMigrate: boolean;
    location: { id: string };
    openedBy: { name: string } | null;
    candidates: Array<{
      id: string;
      name: string;
      plate: string;
      memberNumber: string;
      phoneEnding: string;
      planName: string;
      state: LegacyState;
      nextBillingOn: string | null;
      endsOn: string | null;
      matchedBy: Array<string>;
      standing: CandidateStanding;
      wayOn: string;
      sessionId: string | null;
      price: { amount: string; currency: string } | null;
      carriedPrice: { amount: string; currency: string } | null;
    }>;
    plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
    migration: {
      id: string;
      step: CounterStep;
      legacy: {
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      } | null;
      contact: {
        name: string;
        phone: string;
        email: string;
        emailSource: EmailSource | null;
        offerTyping: boolean;
        canText: boolean;
        whyNoText: string;
        canConfirm: boolean;
        text: {
          state: CounterTextState;
          askedAt: string;
          reply: string;
          email: string;
          reason: string;
        } | null;
        missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
      };
      offer: {
        anchorDay: number;
        oldBillingDay: number;
        firstChargeOn: string | null;
        problem: string;
        warning: string;
        plan: { name: string };
        monthly: {
          lines: Array<{
            kind: QuoteLineKind;
            description: string;
            amount: { amount: string; currency: string };
          }>;
          total: { amount: string; currency: string };
        };
      } | null;
      card: {
        state: CounterCardState;
        label: string;
        problem: string;
        offerTyping: boolean;
        reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
      };
      agreement: {
        anchorDay: number;
        firstChargeOn: string;
        cardLabel: string;
        language: Language;
        digest: string;
        monthly: {
          lines: Array<{
            kind: QuoteLineKind;
            description: string;
            amount: { amount: string; currency: string };
          }>;
          total: { amount: string; currency: string };
        };
        dueToday: { amount: string; currency: string };
        terms: { language: Language; body: string };
      } | null;
      outcome: {
        submissionStatus: SubmissionStatus;
        firstChargeOn: string;
        receipts: Array<MessageChannel>;
        warning: string;
        monthlyTotal: { amount: string; currency: string };
      } | null;
    } | null;
  };
};

export type CounterSessionFragment = {
  id: string;
  stage: SessionStage;
  plate: string;
  rfid: string;
  gate: string;
  openedAt: string;
  closedReason: string;
  canMigrate: boolean;
  location: { id: string };
  openedBy: { name: string } | null;
  candidates: Array<{
    id: string;
    name: string;
    plate: string;
    memberNumber: string;
    phoneEnding: string;
    planName: string;
    state: LegacyState;
    nextBillingOn: string | null;
    endsOn: string | null;
    matchedBy: Array<string>;
    standing: CandidateStanding;
    wayOn: string;
    sessionId: string | null;
    price: { amount: string; currency: string } | null;
    carriedPrice: { amount: string; currency: string } | null;
  }>;
  plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
  migration: {
    id: string;
    step: CounterStep;
    legacy: {
      id: string;
      name: string;
      plate: string;
      memberNumber: string;
      phoneEnding: string;
      planName: string;
      state: LegacyState;
      nextBillingOn: string | null;
      endsOn: string | null;
      matchedBy: Array<string>;
      standing: CandidateStanding;
      wayOn: string;
      sessionId: string | null;
      price: { amount: string; currency: string } | null;
      carriedPrice: { amount: string; currency: string } | null;
    } | null;
    contact: {
      name: string;
      phone: string;
      email: string;
      emailSource: EmailSource | null;
      offerTyping: boolean;
      canText: boolean;
      whyNoText: string;
      canConfirm: boolean;
      text: { state: CounterTextState; askedAt: string; reply: string; email: string; reason: string } | null;
      missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
    };
    offer: {
      anchorDay: number;
      oldBillingDay: number;
      firstChargeOn: string | null;
      problem: string;
      warning: string;
      plan: { name: string };
      monthly: {
        lines: Array<{
          kind: QuoteLineKind;
          description: string;
          amount: { amount: string; currency: string };
        }>;
        total: { amount: string; currency: string };
      };
    } | null;
    card: {
      state: CounterCardState;
      label: string;
      problem: string;
      offerTyping: boolean;
      reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
    };
    agreement: {
      anchorDay: number;
      firstChargeOn: string;
      cardLabel: string;
      language: Language;
      digest: string;
      monthly: {
        lines: Array<{
          kind: QuoteLineKind;
          description: string;
          amount: { amount: string; currency: string };
        }>;
        total: { amount: string; currency: string };
      };
      dueToday: { amount: string; currency: string };
      terms: { language: Language; body: string };
    } | null;
    outcome: {
      submissionStatus: SubmissionStatus;
      firstChargeOn: string;
      receipts: Array<MessageChannel>;
      warning: string;
      monthlyTotal: { amount: string; currency: string };
    } | null;
  } | null;
};

export type CandidateFragment = {
  id: string;
  name: string;
  plate: string;
  memberNumber: string;
  phoneEnding: string;
  planName: string;
  state: LegacyState;
  nextBillingOn: string | null;
  endsOn: string | null;
  matchedBy: Array<string>;
  standing: CandidateStanding;
  wayOn: string;
  sessionId: string | null;
  price: { amount: string; currency: string } | null;
  carriedPrice: { amount: string; currency: string } | null;
};

export type MonthlyFragment = {
  lines: Array<{ kind: QuoteLineKind; description: string; amount: { amount: string; currency: string } }>;
  total: { amount: string; currency: string };
};

export type CardReaderFragment = { id: string; label: string; isOnline: boolean; isBusy: boolean };

export type StepFragment = {
  id: string;
  step: CounterStep;
  legacy: {
    id: string;
    name: string;
    plate: string;
    memberNumber: string;
    phoneEnding: string;
    planName: string;
    state: LegacyState;
    nextBillingOn: string | null;
    endsOn: string | null;
    matchedBy: Array<string>;
    standing: CandidateStanding;
    wayOn: string;
    sessionId: string | null;
    price: { amount: string; currency: string } | null;
    carriedPrice: { amount: string; currency: string } | null;
  } | null;
  contact: {
    name: string;
    phone: string;
    email: string;
    emailSource: EmailSource | null;
    offerTyping: boolean;
    canText: boolean;
    whyNoText: string;
    canConfirm: boolean;
    text: { state: CounterTextState; askedAt: string; reply: string; email: string; reason: string } | null;
    missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
  offer: {
    anchorDay: number;
    oldBillingDay: number;
    firstChargeOn: string | null;
    problem: string;
    warning: string;
    plan: { name: string };
    monthly: {
      lines: Array<{
        kind: QuoteLineKind;
        description: string;
        amount: { amount: string; currency: string };
      }>;
      total: { amount: string; currency: string };
    };
  } | null;
  card: {
    state: CounterCardState;
    label: string;
    problem: string;
    offerTyping: boolean;
    reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
  };
  agreement: {
    anchorDay: number;
    firstChargeOn: string;
    cardLabel: string;
    language: Language;
    digest: string;
    monthly: {
      lines: Array<{
        kind: QuoteLineKind;
        description: string;
        amount: { amount: string; currency: string };
      }>;
      total: { amount: string; currency: string };
    };
    dueToday: { amount: string; currency: string };
    terms: { language: Language; body: string };
  } | null;
  outcome: {
    submissionStatus: SubmissionStatus;
    firstChargeOn: string;
    receipts: Array<MessageChannel>;
    warning: string;
    monthlyTotal: { amount: string; currency: string };
  } | null;
};

export type LegacyCandidatesQueryVariables = Exact<{
  sessionId: string | number;
  plate?: string | null | undefined;
  rfid?: string | null | undefined;
  memberNumber?: string | null | undefined;
  phone?: string | null | undefined;
  name?: string | null | undefined;
}>;

export type LegacyCandidatesQuery = {
  legacyCandidates: Array<{
    id: string;
    name: string;
    plate: string;
    memberNumber: string;
    phoneEnding: string;
    planName: string;
    state: LegacyState;
    nextBillingOn: string | null;
    endsOn: string | null;
    matchedBy: Array<string>;
    standing: CandidateStanding;
    wayOn: string;
    sessionId: string | null;
    price: { amount: string; currency: string } | null;
    carriedPrice: { amount: string; currency: string } | null;
  }>;
};

export type ReadersQueryVariables = Exact<{
  at: string | number;
}>;

export type ReadersQuery = {
  readers: Array<{ id: string; label: string; isOnline: boolean; isBusy: boolean }>;
};

export type OpenSessionMutationVariables = Exact<{
  input: OpenSessionInput;
}>;

export type OpenSessionMutation = {
  openSession: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type CloseSessionMutationVariables = Exact<{
  input: CloseSessionInput;
}>;

export type CloseSessionMutation = {
  closeSession: { userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }> };
};

export type SteppedFragment = {
  session: {
    id: string;
    stage: SessionStage;
    plate: string;
    rfid: string;
    gate: string;
    openedAt: string;
    closedReason: string;
    canMigrate: boolean;
    location: { id: string };
    openedBy: { name: string } | null;
    candidates: Array<{
      id: string;
      name: string;
      plate: string;
      memberNumber: string;
      phoneEnding: string;
      planName: string;
      state: LegacyState;
      nextBillingOn: string | null;
      endsOn: string | null;
      matchedBy: Array<string>;
      standing: CandidateStanding;
      wayOn: string;
      sessionId: string | null;
      price: { amount: string; currency: string } | null;
      carriedPrice: { amount: string; currency: string } | null;
    }>;
    plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
    migration: {
      id: string;
      step: CounterStep;
      legacy: {
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      } | null;
      contact: {
        name: string;
        phone: string;
        email: string;
        emailSource: EmailSource | null;
        offerTyping: boolean;
        canText: boolean;
        whyNoText: string;
        canConfirm: boolean;
        text: {
          state: CounterTextState;
          askedAt: string;
          reply: string;
          email: string;
          reason: string;
        } | null;
        missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
      };
      offer: {
        anchorDay: number;
        oldBillingDay: number;
        firstChargeOn: string | null;
        problem: string;
        warning: string;
        plan: { name: string };
        monthly: {
          lines: Array<{
            kind: QuoteLineKind;
            description: string;
            amount: { amount: string; currency: string };
          }>;
          total: { amount: string; currency: string };
        };
      } | null;
      card: {
        state: CounterCardState;
        label: string;
        problem: string;
        offerTyping: boolean;
        reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
      };
      agreement: {
        anchorDay: number;
        firstChargeOn: string;
        cardLabel: string;
        language: Language;
        digest: string;
        monthly: {
          lines: Array<{
            kind: QuoteLineKind;
            description: string;
            amount: { amount: string; currency: string };
          }>;
          total: { amount: string; currency: string };
        };
        dueToday: { amount: string; currency: string };
        terms: { language: Language; body: string };
      } | null;
      outcome: {
        submissionStatus: SubmissionStatus;
        firstChargeOn: string;
        receipts: Array<MessageChannel>;
        warning: string;
        monthlyTotal: { amount: string; currency: string };
      } | null;
    } | null;
  } | null;
  userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
};

export type StartCounterMigrationMutationVariables = Exact<{
  input: StartCounterMigrationInput;
}>;

export type StartCounterMigrationMutation = {
  startCounterMigration: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type DiscardCounterMigrationMutationVariables = Exact<{
  input: DiscardCounterMigrationInput;
}>;

export type DiscardCounterMigrationMutation = {
  discardCounterMigration: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ConfirmLegacyMatchMutationVariables = Exact<{
  input: ConfirmLegacyMatchInput;
}>;

export type ConfirmLegacyMatchMutation = {
  confirmLegacyMatch: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RequestEmailByTextMutationVariables = Exact<{
  input: RequestEmailByTextInput;
}>;

export type RequestEmailByTextMutation = {
  requestEmailByText: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type EnterEmailMutationVariables = Exact<{
  input: EnterEmailInput;
}>;

export type EnterEmailMutation = {
  enterEmail: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type ConfirmContactMutationVariables = Exact<{
  input: ConfirmContactInput;
}>;

export type ConfirmContactMutation = {
  confirmContact: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type StartCardSetupMutationVariables = Exact<{
  input: StartCardSetupInput;
}>;

export type StartCardSetupMutation = {
  startCardSetup: {
    clientSecret: string | null;
    publishableKey: string | null;
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type CheckCardSetupMutationVariables = Exact<{
  input: CheckCardSetupInput;
}>;

export type CheckCardSetupMutation = {
  checkCardSetup: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type CancelCardSetupMutationVariables = Exact<{
  input: CancelCardSetupInput;
}>;

export type CancelCardSetupMutation = {
  cancelCardSetup: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type CheckoutMutationVariables = Exact<{
  input: CheckoutInput;
}>;

export type CheckoutMutation = {
  checkout: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type AgreeToTermsMutationVariables = Exact<{
  input: AgreeToTermsInput;
}>;

export type AgreeToTermsMutation = {
  agreeToTerms: {
    session: {
      id: string;
      stage: SessionStage;
      plate: string;
      rfid: string;
      gate: string;
      openedAt: string;
      closedReason: string;
      canMigrate: boolean;
      location: { id: string };
      openedBy: { name: string } | null;
      candidates: Array<{
        id: string;
        name: string;
        plate: string;
        memberNumber: string;
        phoneEnding: string;
        planName: string;
        state: LegacyState;
        nextBillingOn: string | null;
        endsOn: string | null;
        matchedBy: Array<string>;
        standing: CandidateStanding;
        wayOn: string;
        sessionId: string | null;
        price: { amount: string; currency: string } | null;
        carriedPrice: { amount: string; currency: string } | null;
      }>;
      plans: Array<{ id: string; name: string; cardPrice: { amount: string; currency: string } }>;
      migration: {
        id: string;
        step: CounterStep;
        legacy: {
          id: string;
          name: string;
          plate: string;
          memberNumber: string;
          phoneEnding: string;
          planName: string;
          state: LegacyState;
          nextBillingOn: string | null;
          endsOn: string | null;
          matchedBy: Array<string>;
          standing: CandidateStanding;
          wayOn: string;
          sessionId: string | null;
          price: { amount: string; currency: string } | null;
          carriedPrice: { amount: string; currency: string } | null;
        } | null;
        contact: {
          name: string;
          phone: string;
          email: string;
          emailSource: EmailSource | null;
          offerTyping: boolean;
          canText: boolean;
          whyNoText: string;
          canConfirm: boolean;
          text: {
            state: CounterTextState;
            askedAt: string;
            reply: string;
            email: string;
            reason: string;
          } | null;
          missing: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
        };
        offer: {
          anchorDay: number;
          oldBillingDay: number;
          firstChargeOn: string | null;
          problem: string;
          warning: string;
          plan: { name: string };
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
        } | null;
        card: {
          state: CounterCardState;
          label: string;
          problem: string;
          offerTyping: boolean;
          reader: { id: string; label: string; isOnline: boolean; isBusy: boolean } | null;
        };
        agreement: {
          anchorDay: number;
          firstChargeOn: string;
          cardLabel: string;
          language: Language;
          digest: string;
          monthly: {
            lines: Array<{
              kind: QuoteLineKind;
              description: string;
              amount: { amount: string; currency: string };
            }>;
            total: { amount: string; currency: string };
          };
          dueToday: { amount: string; currency: string };
          terms: { language: Language; body: string };
        } | null;
        outcome: {
          submissionStatus: SubmissionStatus;
          firstChargeOn: string;
          receipts: Array<MessageChannel>;
          warning: string;
          monthlyTotal: { amount: string; currency: string };
        } | null;
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SetupQueryVariables = Exact<{
  token: string;
  language: Language;
}>;

export type SetupQuery = {
  setup: {
    state: SetupState;
    greetingName: string;
    locationName: string;
    planName: string;
    unit: string;
    reopenedReason: string;
    reopenedLanguage: Language | null;
    email: string | null;
    verification: { depositArrivesOn: string | null; deadlineOn: string; url: string | null } | null;
    confirmation: {
      isPayment: boolean;
      clientSecret: string | null;
      publishableKey: string | null;
      url: string | null;
      untilOn: string;
    } | null;
    nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
    offer: {
      anchorDay: number;
      digest: string;
      mandate: string | null;
      card: {
        lines: Array<{
          kind: QuoteLineKind;
          description: string;
          amount: { amount: string; currency: string };
        }>;
        total: { amount: string; currency: string };
      };
      ach: {
        lines: Array<{
          kind: QuoteLineKind;
          description: string;
          amount: { amount: string; currency: string };
        }>;
        total: { amount: string; currency: string };
      } | null;
      starts: Array<{
        option: StartOption;
        nextChargeOn: string;
        dueToday: { amount: string; currency: string };
        nextCharge: { amount: string; currency: string };
      }>;
      achStarts: Array<{
        option: StartOption;
        nextChargeOn: string;
        dueToday: { amount: string; currency: string };
        nextCharge: { amount: string; currency: string };
      }> | null;
      terms: { id: string; language: Language; body: string };
    } | null;
  } | null;
};

export type StartSetupMutationVariables = Exact<{
  input: StartSetupInput;
}>;

export type StartSetupMutation = {
  startSetup: {
    clientSecret: string | null;
    publishableKey: string | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SubmitSetupMutationVariables = Exact<{
  input: SubmitSetupInput;
}>;

export type SubmitSetupMutation = {
  submitSetup: {
    setup: {
      state: SetupState;
      greetingName: string;
      locationName: string;
      planName: string;
      unit: string;
      reopenedReason: string;
      reopenedLanguage: Language | null;
      email: string | null;
      verification: { depositArrivesOn: string | null; deadlineOn: string; url: string | null } | null;
      confirmation: {
        isPayment: boolean;
        clientSecret: string | null;
        publishableKey: string | null;
        url: string | null;
        untilOn: string;
      } | null;
      nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
      offer: {
        anchorDay: number;
        digest: string;
        mandate: string | null;
        card: {
          lines: Array<{
            kind: QuoteLineKind;
            description: string;
            amount: { amount: string; currency: string };
          }>;
          total: { amount: string; currency: string };
        };
        ach: {
          lines: Array<{
            kind: QuoteLineKind;
            description: string;
            amount: { amount: string; currency: string };
          }>;
          total: { amount: string; currency: string };
        } | null;
        starts: Array<{
          option: StartOption;
          nextChargeOn: string;
          dueToday: { amount: string; currency: string };
          nextCharge: { amount: string; currency: string };
        }>;
        achStarts: Array<{
          option: StartOption;
          nextChargeOn: string;
          dueToday: { amount: string; currency: string };
          nextCharge: { amount: string; currency: string };
        }> | null;
        terms: { id: string; language: Language; body: string };
      } | null;
    } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type SetupViewFragment = {
  state: SetupState;
  greetingName: string;
  locationName: string;
  planName: string;
  unit: string;
  reopenedReason: string;
  reopenedLanguage: Language | null;
  email: string | null;
  verification: { depositArrivesOn: string | null; deadlineOn: string; url: string | null } | null;
  confirmation: {
    isPayment: boolean;
    clientSecret: string | null;
    publishableKey: string | null;
    url: string | null;
    untilOn: string;
  } | null;
  nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
  offer: {
    anchorDay: number;
    digest: string;
    mandate: string | null;
    card: {
      lines: Array<{
        kind: QuoteLineKind;
        description: string;
        amount: { amount: string; currency: string };
      }>;
      total: { amount: string; currency: string };
    };
    ach: {
      lines: Array<{
        kind: QuoteLineKind;
        description: string;
        amount: { amount: string; currency: string };
      }>;
      total: { amount: string; currency: string };
    } | null;
    starts: Array<{
      option: StartOption;
      nextChargeOn: string;
      dueToday: { amount: string; currency: string };
      nextCharge: { amount: string; currency: string };
    }>;
    achStarts: Array<{
      option: StartOption;
      nextChargeOn: string;
      dueToday: { amount: string; currency: string };
      nextCharge: { amount: string; currency: string };
    }> | null;
    terms: { id: string; language: Language; body: string };
  } | null;
};

export type StartFragment = {
  option: StartOption;
  nextChargeOn: string;
  dueToday: { amount: string; currency: string };
  nextCharge: { amount: string; currency: string };
};

export type QuoteFragment = {
  lines: Array<{ kind: QuoteLineKind; description: string; amount: { amount: string; currency: string } }>;
  total: { amount: string; currency: string };
};

export type AmountFragment = { amount: string; currency: string };

export type RefusalFragment = { code: UserErrorCode; field: Array<string> | null; message: string };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AmountFragmentDoc = new TypedDocumentString(
  `
    fragment Amount on Money {
  amount
  currency
}
    `,
  { fragmentName: 'Amount' },
) as unknown as TypedDocumentString<AmountFragment, unknown>;
export const AccountViewFragmentDoc = new TypedDocumentString(
  `
    fragment AccountView on TenantAccount {
  greetingName
  email
  requestedEmail
  reservations {
    id
    planName
    unit
    locationName
    status
    asked
    askedReason
    askedUrl
    confirmation {
      isPayment
      amount {
        ...Amount
      }
      clientSecret
      publishableKey
      url
      untilOn
    }
    monthlyTotal {
      ...Amount
    }
    paymentMethod
    nextCharge {
      on
      amount {
        ...Amount
      }
    }
    changeableTo
    mandate(language: $language)
    methodChange {
      state
      paymentMethod
      reason
      verificationUrl
    }
    steps {
      status
      on
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'AccountView' },
) as unknown as TypedDocumentString<AccountViewFragment, unknown>;
export const ReasonFragmentDoc = new TypedDocumentString(
  `
    fragment Reason on BatchReason {
  outcome
  reason
  message
  count
}
    `,
  { fragmentName: 'Reason' },
) as unknown as TypedDocumentString<ReasonFragment, unknown>;
export const BatchProgressFragmentDoc = new TypedDocumentString(
  `
    fragment BatchProgress on Batch {
  id
  kind
  channel
  option
  total
  succeeded
  skipped
  failed
  pending
  state
  stateReason
  createdAt
  startedBy {
    name
  }
  retryOf {
    id
  }
  finishedAt
  reasons {
    ...Reason
  }
  canCancel
  canRetry
}
    fragment Reason on BatchReason {
  outcome
  reason
  message
  count
}`,
  { fragmentName: 'BatchProgress' },
) as unknown as TypedDocumentString<BatchProgressFragment, unknown>;
export const InvitationRowFragmentDoc = new TypedDocumentString(
  `
    fragment InvitationRow on Invitation {
  id
  recipientName
  recipientPhone
  tenant {
    email
  }
  plan {
    name
  }
  unit
  location {
    name
  }
  cardPrice {
    ...Amount
  }
  achPrice {
    ...Amount
  }
  insurancePlan {
    price {
      ...Amount
    }
  }
  anchorDay
  status
  isExpired
  deliveryFailed
  smsSentAt
  createdAt
  emailSkip
  textSkip
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'InvitationRow' },
) as unknown as TypedDocumentString<InvitationRowFragment, unknown>;
export const ExampleFragmentDoc = new TypedDocumentString(
  `
    fragment Example on Invitation {
  id
  emailSkip
  textSkip
  recipientName
}
    `,
  { fragmentName: 'Example' },
) as unknown as TypedDocumentString<ExampleFragment, unknown>;
export const QuoteFragmentDoc = new TypedDocumentString(
  `
    fragment Quote on MonthlyQuote {
  lines {
    kind
    description
    amount {
      ...Amount
    }
  }
  total {
    ...Amount
  }
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'Quote' },
) as unknown as TypedDocumentString<QuoteFragment, unknown>;
export const TenantContactFragmentDoc = new TypedDocumentString(
  `
    fragment TenantContact on Tenant {
  id
  name
  email
  phone
  language
  phoneConsentAt
  phoneConsentSource
  suppressions {
    id
    channel
    scope
    reason
  }
}
    `,
  { fragmentName: 'TenantContact' },
) as unknown as TypedDocumentString<TenantContactFragment, unknown>;
export const PlanChoiceFragmentDoc = new TypedDocumentString(
  `
    fragment PlanChoice on Plan {
  id
  name
  kind
  isOffered
  cardPrice {
    ...Amount
  }
  achPrice {
    ...Amount
  }
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'PlanChoice' },
) as unknown as TypedDocumentString<PlanChoiceFragment, unknown>;
export const InsuranceChoiceFragmentDoc = new TypedDocumentString(
  `
    fragment InsuranceChoice on InsurancePlan {
  id
  name
  price {
    ...Amount
  }
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'InsuranceChoice' },
) as unknown as TypedDocumentString<InsuranceChoiceFragment, unknown>;
export const EventLineFragmentDoc = new TypedDocumentString(
  `
    fragment EventLine on Event {
  id
  at
  actorKind
  actorName
  subjectKind
  action
  before
  after
}
    `,
  { fragmentName: 'EventLine' },
) as unknown as TypedDocumentString<EventLineFragment, unknown>;
export const InvitationViewFragmentDoc = new TypedDocumentString(
  `
    fragment InvitationView on Invitation {
  id
  recipientName
  recipientPhone
  revision
  status
  unit
  anchorDay
  cardPriceOverride {
    ...Amount
  }
  achPriceOverride {
    ...Amount
  }
  cardPrice {
    ...Amount
  }
  achPrice {
    ...Amount
  }
  card {
    ...Quote
  }
  ach {
    ...Quote
  }
  tenant {
    ...TenantContact
  }
  location {
    id
    name
    currency
  }
  plan {
    ...PlanChoice
  }
  insurancePlan {
    ...InsuranceChoice
  }
  emailSentAt
  smsSentAt
  openedAt
  claimedAt
  revokedAt
  revokedReason
  canEdit
  canDelete
  canRevoke
  canRenewLink
  emailSkip
  textSkip
  linkExpiresAt
  isExpired
  createdAt
  createdBy {
    name
  }
  reservation {
    status
    submission {
      id
    }
  }
  successor {
    id
  }
  revisions {
    revision
    plan {
      name
    }
    unit
    insurancePlan {
      name
    }
    cardPrice {
      ...Amount
    }
    achPrice {
      ...Amount
    }
    anchorDay
    changedBy {
      name
    }
    changedAt
  }
  deliveries {
    id
    channel
    purpose
    address
    status
    statusReason
    statusChangedAt
    notBefore
    complainedAt
    resolvedBy {
      name
    }
  }
  history {
    ...EventLine
  }
}
    fragment TenantContact on Tenant {
  id
  name
  email
  phone
  language
  phoneConsentAt
  phoneConsentSource
  suppressions {
    id
    channel
    scope
    reason
  }
}
fragment EventLine on Event {
  id
  at
  actorKind
  actorName
  subjectKind
  action
  before
  after
}
fragment PlanChoice on Plan {
  id
  name
  kind
  isOffered
  cardPrice {
    ...Amount
  }
  achPrice {
    ...Amount
  }
}
fragment InsuranceChoice on InsurancePlan {
  id
  name
  price {
    ...Amount
  }
}
fragment Quote on MonthlyQuote {
  lines {
    kind
    description
    amount {
      ...Amount
    }
  }
  total {
    ...Amount
  }
}
fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'InvitationView' },
) as unknown as TypedDocumentString<InvitationViewFragment, unknown>;
export const WarningFragmentDoc = new TypedDocumentString(
  `
    fragment Warning on UserWarning {
  code
  message
}
    `,
  { fragmentName: 'Warning' },
) as unknown as TypedDocumentString<WarningFragment, unknown>;
export const ReplyRowFragmentDoc = new TypedDocumentString(
  `
    fragment ReplyRow on TextReply {
  id
  phone
  tenants {
    id
    name
  }
  body
  kind
  receivedAt
  handledAt
  handledBy {
    name
  }
}
    `,
  { fragmentName: 'ReplyRow' },
) as unknown as TypedDocumentString<ReplyRowFragment, unknown>;
export const CorrectionRowFragmentDoc = new TypedDocumentString(
  `
    fragment CorrectionRow on EmailCorrection {
  id
  tenant {
    name
    email
  }
  location {
    name
  }
  email
  state
  requestedAt
  enteredBy {
    name
  }
  decidedAt
  decidedBy {
    name
  }
  reason
  canDecide
}
    `,
  { fragmentName: 'CorrectionRow' },
) as unknown as TypedDocumentString<CorrectionRowFragment, unknown>;
export const LegacyRowFragmentDoc = new TypedDocumentString(
  `
    fragment LegacyRow on LegacyMembership {
  id
  name
  emails
  phones
  plate
  memberNumber
  unit
  location {
    name
  }
  source
  planName
  plan {
    name
  }
  price {
    ...Amount
  }
  carriedPrice {
    ...Amount
  }
  nextBillingOn
  billingDay
  period
  state
  isMigrated
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'LegacyRow' },
) as unknown as TypedDocumentString<LegacyRowFragment, unknown>;
export const LegacyViewFragmentDoc = new TypedDocumentString(
  `
    fragment LegacyView on LegacyMembership {
  ...LegacyRow
  sourceId
  rfid
  location {
    id
    currency
  }
  discount {
    ...Amount
  }
  discountEndsOn
  carriedDay
  paidThrough
  endsOn
  stateSaid
  cancelledThereOn
  cancellation {
    recordedBy {
      name
    }
    recordedAt
    evidence
  }
  stillBilledOn
  isMissing
  mended
  reservation {
    id
    status
    plan {
      name
    }
  }
  invitations {
    id
    status
    plan {
      name
    }
    createdAt
  }
  inviteSkip
  duplicate
  line
  history {
    ...EventLine
  }
}
    fragment EventLine on Event {
  id
  at
  actorKind
  actorName
  subjectKind
  action
  before
  after
}
fragment LegacyRow on LegacyMembership {
  id
  name
  emails
  phones
  plate
  memberNumber
  unit
  location {
    name
  }
  source
  planName
  plan {
    name
  }
  price {
    ...Amount
  }
  carriedPrice {
    ...Amount
  }
  nextBillingOn
  billingDay
  period
  state
  isMigrated
}
fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'LegacyView' },
) as unknown as TypedDocumentString<LegacyViewFragment, unknown>;
export const LegacySourceViewFragmentDoc = new TypedDocumentString(
  `
    fragment LegacySourceView on LegacySource {
  id
  name
  location {
    id
    name
  }
  plans {
    name
    memberships
    plan {
      ...PlanChoice
    }
    price {
      ...Amount
    }
  }
}
    fragment PlanChoice on Plan {
  id
  name
  kind
  isOffered
  cardPrice {
    ...Amount
  }
  achPrice {
    ...Amount
  }
}
fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'LegacySourceView' },
) as unknown as TypedDocumentString<LegacySourceViewFragment, unknown>;
export const LegacyWorkFragmentDoc = new TypedDocumentString(
  `
    fragment LegacyWork on LegacyWorkItem {
  legacyMembership {
    id
    name
    plate
    memberNumber
    source
    sourceId
    planName
    price {
      ...Amount
    }
    location {
      name
    }
  }
  reservation {
    id
  }
  approvedAt
  renewsOn
  paidThrough
  mayHaveRenewed
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'LegacyWork' },
) as unknown as TypedDocumentString<LegacyWorkFragment, unknown>;
export const ImportViewFragmentDoc = new TypedDocumentString(
  `
    fragment ImportView on Batch {
  id
  total
  state
  stateReason
  createdAt
  startedBy {
    name
  }
  finishedAt
  canCancel
  import {
    source {
      id
      name
      location {
        id
        name
      }
    }
    fileName
    fileSize
    encoding
    separator
    columns {
      header
      field
    }
    dryRun
    created
    updated
    unchanged
    refused
    missing
    partial
    awaitsLook
    refusedFile
  }
}
    `,
  { fragmentName: 'ImportView' },
) as unknown as TypedDocumentString<ImportViewFragment, unknown>;
export const CountsFragmentDoc = new TypedDocumentString(
  `
    fragment Counts on FunnelCounts {
  invited
  delivered
  opened
  started
  submitted
  verified
  approved
  firstChargePaid
}
    `,
  { fragmentName: 'Counts' },
) as unknown as TypedDocumentString<CountsFragment, unknown>;
export const DeliveryRowFragmentDoc = new TypedDocumentString(
  `
    fragment DeliveryRow on Delivery {
  id
  channel
  purpose
  address
  status
  statusReason
  createdAt
  statusChangedAt
  notBefore
  complainedAt
  segments
  invitation {
    id
    tenant {
      name
    }
    location {
      name
    }
  }
  resolvedBy {
    name
  }
  canResolve
}
    `,
  { fragmentName: 'DeliveryRow' },
) as unknown as TypedDocumentString<DeliveryRowFragment, unknown>;
export const AlarmRowFragmentDoc = new TypedDocumentString(
  `
    fragment AlarmRow on BillingAlarm {
  id
  kind
  message
  since
  location {
    name
  }
  subscription {
    reservation {
      id
      tenant {
        name
      }
    }
  }
  expectedAmount {
    ...Amount
  }
  actualAmount {
    ...Amount
  }
  expectedOn
  actualOn
  handledAt
  handledBy {
    name
  }
  handledNote
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'AlarmRow' },
) as unknown as TypedDocumentString<AlarmRowFragment, unknown>;
export const StuckRowFragmentDoc = new TypedDocumentString(
  `
    fragment StuckRow on Stuck {
  kind
  since
  location {
    name
  }
  message
  next
  subject {
    __typename
    id
    ... on Submission {
      tenant {
        name
      }
    }
    ... on Invitation {
      tenant {
        name
      }
    }
    ... on Delivery {
      ...DeliveryRow
    }
    ... on Batch {
      total
    }
    ... on BillingAlarm {
      ...AlarmRow
    }
    ... on EmailCorrection {
      tenant {
        name
      }
    }
  }
}
    fragment DeliveryRow on Delivery {
  id
  channel
  purpose
  address
  status
  statusReason
  createdAt
  statusChangedAt
  notBefore
  complainedAt
  segments
  invitation {
    id
    tenant {
      name
    }
    location {
      name
    }
  }
  resolvedBy {
    name
  }
  canResolve
}
fragment AlarmRow on BillingAlarm {
  id
  kind
  message
  since
  location {
    name
  }
  subscription {
    reservation {
      id
      tenant {
        name
      }
    }
  }
  expectedAmount {
    ...Amount
  }
  actualAmount {
    ...Amount
  }
  expectedOn
  actualOn
  handledAt
  handledBy {
    name
  }
  handledNote
}
fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'StuckRow' },
) as unknown as TypedDocumentString<StuckRowFragment, unknown>;
export const SuppressionRowFragmentDoc = new TypedDocumentString(
  `
    fragment SuppressionRow on Suppression {
  id
  channel
  address
  scope
  reason
  note
  createdAt
  createdBy {
    name
  }
  canLift
}
    `,
  { fragmentName: 'SuppressionRow' },
) as unknown as TypedDocumentString<SuppressionRowFragment, unknown>;
export const MemberRowFragmentDoc = new TypedDocumentString(
  `
    fragment MemberRow on StaffMember {
  staff {
    id
    name
    email
    role
  }
  active
  locations {
    id
    name
  }
  invitation {
    expiresAt
    mailedAt
    refused
  }
  lastSeenAt
  createdAt
  deactivatedAt
}
    `,
  { fragmentName: 'MemberRow' },
) as unknown as TypedDocumentString<MemberRowFragment, unknown>;
export const SignInRowFragmentDoc = new TypedDocumentString(
  `
    fragment SignInRow on SignIn {
  id
  way
  createdAt
  lastUsedAt
  expiresAt
  ip
  userAgent
  current
}
    `,
  { fragmentName: 'SignInRow' },
) as unknown as TypedDocumentString<SignInRowFragment, unknown>;
export const TokenRowFragmentDoc = new TypedDocumentString(
  `
    fragment TokenRow on ApiToken {
  id
  name
  scope
  locations {
    name
  }
  createdAt
  expiresAt
  lastUsedAt
}
    `,
  { fragmentName: 'TokenRow' },
) as unknown as TypedDocumentString<TokenRowFragment, unknown>;
export const AuditRowFragmentDoc = new TypedDocumentString(
  `
    fragment AuditRow on Event {
  id
  at
  actorKind
  actorName
  action
  before
  after
  location {
    name
  }
  subjectKind
  subjectId
}
    `,
  { fragmentName: 'AuditRow' },
) as unknown as TypedDocumentString<AuditRowFragment, unknown>;
export const CameInFragmentDoc = new TypedDocumentString(
  `
    fragment CameIn on Viewer {
  staff {
    id
    name
    email
    role
  }
  locations {
    id
    name
  }
}
    `,
  { fragmentName: 'CameIn' },
) as unknown as TypedDocumentString<CameInFragment, unknown>;
export const SubmissionRowFragmentDoc = new TypedDocumentString(
  `
    fragment SubmissionRow on Submission {
  id
  tenant {
    name
    email
  }
  plan {
    name
  }
  unit
  location {
    name
  }
  cardPrice {
    ...Amount
  }
  achPrice {
    ...Amount
  }
  insurancePrice {
    ...Amount
  }
  monthlyTotal {
    ...Amount
  }
  anchorDay
  paymentMethod
  status
  daysWaiting
  submittedAt
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'SubmissionRow' },
) as unknown as TypedDocumentString<SubmissionRowFragment, unknown>;
export const EvidenceViewFragmentDoc = new TypedDocumentString(
  `
    fragment EvidenceView on Evidence {
  terms {
    language
    version
    body
  }
  termsHash
  signatureKind
  signatureName
  signatureImage
  signedAt
  ip
  userAgent
  mandate
  mandateId
}
    `,
  { fragmentName: 'EvidenceView' },
) as unknown as TypedDocumentString<EvidenceViewFragment, unknown>;
export const CorrectionViewFragmentDoc = new TypedDocumentString(
  `
    fragment CorrectionView on EmailCorrection {
  id
  email
  state
  requestedAt
  enteredBy {
    name
  }
  decidedAt
  decidedBy {
    name
  }
  reason
  canDecide
}
    `,
  { fragmentName: 'CorrectionView' },
) as unknown as TypedDocumentString<CorrectionViewFragment, unknown>;
export const ApprovalViewFragmentDoc = new TypedDocumentString(
  `
    fragment ApprovalView on Approval {
  id
  staff {
    name
  }
  option
  dueToday {
    ...Amount
  }
  nextChargeOn
  decidedAt
  outcome
  outcomeReason
  outcomeAt
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'ApprovalView' },
) as unknown as TypedDocumentString<ApprovalViewFragment, unknown>;
export const UndoViewFragmentDoc = new TypedDocumentString(
  `
    fragment UndoView on Undo {
  staff {
    name
  }
  reason
  state
  waitsFor
  requestedAt
  doneAt
  invoices {
    stripeInvoiceId
    act
    amount {
      ...Amount
    }
    at
  }
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'UndoView' },
) as unknown as TypedDocumentString<UndoViewFragment, unknown>;
export const SubmissionViewFragmentDoc = new TypedDocumentString(
  `
    fragment SubmissionView on Submission {
  id
  tenant {
    name
    email
    phone
  }
  location {
    id
    name
  }
  reservation {
    id
    endedAt
  }
  invitation {
    id
    cardPriceOverride {
      ...Amount
    }
    achPriceOverride {
      ...Amount
    }
    insurancePlan {
      ...InsuranceChoice
    }
  }
  plan {
    ...PlanChoice
  }
  unit
  status
  statusReason
  statusChangedAt
  submittedAt
  waitingSince
  daysWaiting
  cardPrice {
    ...Amount
  }
  achPrice {
    ...Amount
  }
  paymentMethod
  anchorDay
  bankVerification {
    beganAt
    depositArrivesAt
    deadlineAt
    daysLeft
    depositToldAt
    remindedAt
  }
  quote {
    ...Quote
  }
  evidence {
    ...EvidenceView
  }
  emailCorrection {
    ...CorrectionView
  }
  canApprove
  canEndConfirmation
  canWithdrawApproval
  canReject
  canClose
  rejection {
    staff {
      name
    }
    reason
    rejectedAt
    successor {
      id
    }
    closes
  }
  approvals {
    ...ApprovalView
  }
  undoUntil
  canUndo
  undo {
    ...UndoView
  }
  history {
    ...EventLine
  }
}
    fragment EventLine on Event {
  id
  at
  actorKind
  actorName
  subjectKind
  action
  before
  after
}
fragment PlanChoice on Plan {
  id
  name
  kind
  isOffered
  cardPrice {
    ...Amount
  }
  achPrice {
    ...Amount
  }
}
fragment InsuranceChoice on InsurancePlan {
  id
  name
  price {
    ...Amount
  }
}
fragment EvidenceView on Evidence {
  terms {
    language
    version
    body
  }
  termsHash
  signatureKind
  signatureName
  signatureImage
  signedAt
  ip
  userAgent
  mandate
  mandateId
}
fragment CorrectionView on EmailCorrection {
  id
  email
  state
  requestedAt
  enteredBy {
    name
  }
  decidedAt
  decidedBy {
    name
  }
  reason
  canDecide
}
fragment ApprovalView on Approval {
  id
  staff {
    name
  }
  option
  dueToday {
    ...Amount
  }
  nextChargeOn
  decidedAt
  outcome
  outcomeReason
  outcomeAt
}
fragment UndoView on Undo {
  staff {
    name
  }
  reason
  state
  waitsFor
  requestedAt
  doneAt
  invoices {
    stripeInvoiceId
    act
    amount {
      ...Amount
    }
    at
  }
}
fragment Quote on MonthlyQuote {
  lines {
    kind
    description
    amount {
      ...Amount
    }
  }
  total {
    ...Amount
  }
}
fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'SubmissionView' },
) as unknown as TypedDocumentString<SubmissionViewFragment, unknown>;
export const BillingLineViewFragmentDoc = new TypedDocumentString(
  `
    fragment BillingLineView on BillingLine {
  description
  amount {
    ...Amount
  }
  from
  until
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'BillingLineView' },
) as unknown as TypedDocumentString<BillingLineViewFragment, unknown>;
export const BillingViewFragmentDoc = new TypedDocumentString(
  `
    fragment BillingView on BillingPreview {
  option
  source
  dueToday {
    ...Amount
  }
  lines {
    ...BillingLineView
  }
  nextChargeOn
  nextCharge {
    ...Amount
  }
  nextLines {
    ...BillingLineView
  }
  notBefore
  warnings {
    code
    message
  }
}
    fragment BillingLineView on BillingLine {
  description
  amount {
    ...Amount
  }
  from
  until
}
fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'BillingView' },
) as unknown as TypedDocumentString<BillingViewFragment, unknown>;
export const InvoiceViewFragmentDoc = new TypedDocumentString(
  `
    fragment InvoiceView on SubscriptionInvoice {
  stripeInvoiceId
  status
  amountDue {
    ...Amount
  }
  amountPaid {
    ...Amount
  }
  amountRefunded {
    ...Amount
  }
  chargedOn
  paidAt
  isFirst
  failure
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'InvoiceView' },
) as unknown as TypedDocumentString<InvoiceViewFragment, unknown>;
export const ReservationViewFragmentDoc = new TypedDocumentString(
  `
    fragment ReservationView on Reservation {
  tenant {
    name
    email
    phone
  }
  location {
    name
    timeZone
  }
  plan {
    name
    kind
  }
  unit
  status
  submission {
    id
    statusReason
    waitingSince
    daysWaiting
    canApprove
  }
  submissions {
    id
    status
    submittedAt
    paymentMethod
    monthlyTotal {
      ...Amount
    }
  }
  subscription {
    stripeSubscriptionId
    status
    monthlyTotal {
      ...Amount
    }
    startedAt
    nextChargeAt
    endedAt
    invoices {
      ...InvoiceView
    }
    history {
      ...EventLine
    }
  }
  paymentMethod
  createdAt
  endedAt
  history {
    ...EventLine
  }
}
    fragment EventLine on Event {
  id
  at
  actorKind
  actorName
  subjectKind
  action
  before
  after
}
fragment InvoiceView on SubscriptionInvoice {
  stripeInvoiceId
  status
  amountDue {
    ...Amount
  }
  amountPaid {
    ...Amount
  }
  amountRefunded {
    ...Amount
  }
  chargedOn
  paidAt
  isFirst
  failure
}
fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'ReservationView' },
) as unknown as TypedDocumentString<ReservationViewFragment, unknown>;
export const SessionRowFragmentDoc = new TypedDocumentString(
  `
    fragment SessionRow on Session {
  id
  stage
  plate
  rfid
  gate
  openedBy {
    name
  }
  openedAt
  migration {
    step
    legacy {
      name
    }
  }
}
    `,
  { fragmentName: 'SessionRow' },
) as unknown as TypedDocumentString<SessionRowFragment, unknown>;
export const CandidateFragmentDoc = new TypedDocumentString(
  `
    fragment Candidate on LegacyCandidate {
  id
  name
  plate
  memberNumber
  phoneEnding
  planName
  price {
    ...Amount
  }
  carriedPrice {
    ...Amount
  }
  state
  nextBillingOn
  endsOn
  matchedBy
  standing
  wayOn
  sessionId
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'Candidate' },
) as unknown as TypedDocumentString<CandidateFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(
  `
    fragment Refusal on UserError {
  code
  field
  message
}
    `,
  { fragmentName: 'Refusal' },
) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const MonthlyFragmentDoc = new TypedDocumentString(
  `
    fragment Monthly on MonthlyQuote {
  lines {
    kind
    description
    amount {
      ...Amount
    }
  }
  total {
    ...Amount
  }
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'Monthly' },
) as unknown as TypedDocumentString<MonthlyFragment, unknown>;
export const CardReaderFragmentDoc = new TypedDocumentString(
  `
    fragment CardReader on Reader {
  id
  label
  isOnline
  isBusy
}
    `,
  { fragmentName: 'CardReader' },
) as unknown as TypedDocumentString<CardReaderFragment, unknown>;
export const StepFragmentDoc = new TypedDocumentString(
  `
    fragment Step on CounterMigration {
  id
  step
  legacy {
    ...Candidate
  }
  contact {
    name
    phone
    email
    emailSource
    text {
      state
      askedAt
      reply
      email
      reason
    }
    offerTyping
    canText
    whyNoText
    canConfirm
    missing {
      ...Refusal
    }
  }
  offer {
    plan {
      name
    }
    monthly {
      ...Monthly
    }
    anchorDay
    oldBillingDay
    firstChargeOn
    problem
    warning
  }
  card {
    state
    label
    reader {
      ...CardReader
    }
    problem
    offerTyping
  }
  agreement {
    monthly {
      ...Monthly
    }
    anchorDay
    firstChargeOn
    dueToday {
      ...Amount
    }
    cardLabel
    language
    terms {
      language
      body
    }
    digest
  }
  outcome {
    submissionStatus
    firstChargeOn
    monthlyTotal {
      ...Amount
    }
    receipts
    warning
  }
}
    fragment Candidate on LegacyCandidate {
  id
  name
  plate
  memberNumber
  phoneEnding
  planName
  price {
    ...Amount
  }
  carriedPrice {
    ...Amount
  }
  state
  nextBillingOn
  endsOn
  matchedBy
  standing
  wayOn
  sessionId
}
fragment Monthly on MonthlyQuote {
  lines {
    kind
    description
    amount {
      ...Amount
    }
  }
  total {
    ...Amount
  }
}
fragment CardReader on Reader {
  id
  label
  isOnline
  isBusy
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on UserError {
  code
  field
  message
}`,
  { fragmentName: 'Step' },
) as unknown as TypedDocumentString<StepFragment, unknown>;
export const CounterSessionFragmentDoc = new TypedDocumentString(
  `
    fragment CounterSession on Session {
  id
  location {
    id
  }
  stage
  plate
  rfid
  openedBy {
    name
  }
  gate
  openedAt
  closedReason
  candidates {
    ...Candidate
  }
  canMigrate
  plans {
    id
    name
    cardPrice {
      ...Amount
    }
  }
  migration {
    ...Step
  }
}
    fragment Candidate on LegacyCandidate {
  id
  name
  plate
  memberNumber
  phoneEnding
  planName
  price {
    ...Amount
  }
  carriedPrice {
    ...Amount
  }
  state
  nextBillingOn
  endsOn
  matchedBy
  standing
  wayOn
  sessionId
}
fragment Monthly on MonthlyQuote {
  lines {
    kind
    description
    amount {
      ...Amount
    }
  }
  total {
    ...Amount
  }
}
fragment CardReader on Reader {
  id
  label
  isOnline
  isBusy
}
fragment Step on CounterMigration {
  id
  step
  legacy {
    ...Candidate
  }
  contact {
    name
    phone
    email
    emailSource
    text {
      state
      askedAt
      reply
      email
      reason
    }
    offerTyping
    canText
    whyNoText
    canConfirm
    missing {
      ...Refusal
    }
  }
  offer {
    plan {
      name
    }
    monthly {
      ...Monthly
    }
    anchorDay
    oldBillingDay
    firstChargeOn
    problem
    warning
  }
  card {
    state
    label
    reader {
      ...CardReader
    }
    problem
    offerTyping
  }
  agreement {
    monthly {
      ...Monthly
    }
    anchorDay
    firstChargeOn
    dueToday {
      ...Amount
    }
    cardLabel
    language
    terms {
      language
      body
    }
    digest
  }
  outcome {
    submissionStatus
    firstChargeOn
    monthlyTotal {
      ...Amount
    }
    receipts
    warning
  }
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on UserError {
  code
  field
  message
}`,
  { fragmentName: 'CounterSession' },
) as unknown as TypedDocumentString<CounterSessionFragment, unknown>;
export const SteppedFragmentDoc = new TypedDocumentString(
  `
    fragment Stepped on CounterPayload {
  session {
    ...CounterSession
  }
  userErrors {
    ...Refusal
  }
}
    fragment CounterSession on Session {
  id
  location {
    id
  }
  stage
  plate
  rfid
  openedBy {
    name
  }
  gate
  openedAt
  closedReason
  candidates {
    ...Candidate
  }
  canMigrate
  plans {
    id
    name
    cardPrice {
      ...Amount
    }
  }
  migration {
    ...Step
  }
}
fragment Candidate on LegacyCandidate {
  id
  name
  plate
  memberNumber
  phoneEnding
  planName
  price {
    ...Amount
  }
  carriedPrice {
    ...Amount
  }
  state
  nextBillingOn
  endsOn
  matchedBy
  standing
  wayOn
  sessionId
}
fragment Monthly on MonthlyQuote {
  lines {
    kind
    description
    amount {
      ...Amount
    }
  }
  total {
    ...Amount
  }
}
fragment CardReader on Reader {
  id
  label
  isOnline
  isBusy
}
fragment Step on CounterMigration {
  id
  step
  legacy {
    ...Candidate
  }
  contact {
    name
    phone
    email
    emailSource
    text {
      state
      askedAt
      reply
      email
      reason
    }
    offerTyping
    canText
    whyNoText
    canConfirm
    missing {
      ...Refusal
    }
  }
  offer {
    plan {
      name
    }
    monthly {
      ...Monthly
    }
    anchorDay
    oldBillingDay
    firstChargeOn
    problem
    warning
  }
  card {
    state
    label
    reader {
      ...CardReader
    }
    problem
    offerTyping
  }
  agreement {
    monthly {
      ...Monthly
    }
    anchorDay
    firstChargeOn
    dueToday {
      ...Amount
    }
    cardLabel
    language
    terms {
      language
      body
    }
    digest
  }
  outcome {
    submissionStatus
    firstChargeOn
    monthlyTotal {
      ...Amount
    }
    receipts
    warning
  }
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on UserError {
  code
  field
  message
}`,
  { fragmentName: 'Stepped' },
) as unknown as TypedDocumentString<SteppedFragment, unknown>;
export const StartFragmentDoc = new TypedDocumentString(
  `
    fragment Start on StartPreview {
  option
  nextChargeOn
  dueToday {
    ...Amount
  }
  nextCharge {
    ...Amount
  }
}
    fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'Start' },
) as unknown as TypedDocumentString<StartFragment, unknown>;
export const SetupViewFragmentDoc = new TypedDocumentString(
  `
    fragment SetupView on Setup {
  state
  greetingName
  locationName
  planName
  unit
  reopenedReason
  reopenedLanguage
  email
  verification {
    depositArrivesOn
    deadlineOn
    url
  }
  confirmation {
    isPayment
    clientSecret
    publishableKey
    url
    untilOn
  }
  nextCharge {
    on
    amount {
      ...Amount
    }
  }
  offer {
    anchorDay
    digest
    card {
      ...Quote
    }
    ach {
      ...Quote
    }
    starts {
      ...Start
    }
    achStarts {
      ...Start
    }
    terms {
      id
      language
      body
    }
    mandate
  }
}
    fragment Start on StartPreview {
  option
  nextChargeOn
  dueToday {
    ...Amount
  }
  nextCharge {
    ...Amount
  }
}
fragment Quote on MonthlyQuote {
  lines {
    kind
    description
    amount {
      ...Amount
    }
  }
  total {
    ...Amount
  }
}
fragment Amount on Money {
  amount
  currency
}`,
  { fragmentName: 'SetupView' },
) as unknown as TypedDocumentString<SetupViewFragment, unknown>;
export const AccountDocument = {
  __meta__: { hash: 'sha256:d66a416483cb398933e198ba5d4b4bc41c37ed35ff34f4d206b21f3278e59239' },
} as unknown as TypedDocumentString<AccountQuery, AccountQueryVariables>;
export const RequestSignInLinkDocument = {
  __meta__: { hash: 'sha256:ae512f1ef36bca8987ec45fcf91f62714cc8571fdbc38ccd4569db2e3e6c5d0a' },
} as unknown as TypedDocumentString<RequestSignInLinkMutation, RequestSignInLinkMutationVariables>;
export const SignInWithLinkDocument = {
  __meta__: { hash: 'sha256:4a96fbf9f2648fe228e4dc613d5f97e52fd71a6e686d37aa94b98a2c9ff1f5d9' },
} as unknown as TypedDocumentString<SignInWithLinkMutation, SignInWithLinkMutationVariables>;
export const SignOutDocument = {
  __meta__: { hash: 'sha256:f8f4a10e87d20bfaed07eb92b25f09ae02dfc82714e995f0c5298f2d7d7b6f04' },
} as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const StartMethodChangeDocument = {
  __meta__: { hash: 'sha256:343a8c2131a1a0bedc0f63d8691eeb278e0c288b343c6a06e9095434cfe67806' },
} as unknown as TypedDocumentString<StartMethodChangeMutation, StartMethodChangeMutationVariables>;
export const ChangePaymentMethodDocument = {
  __meta__: { hash: 'sha256:0e7204859ed3861e923ea8ec4cff700af111e54249c1f7da6d2d6cedda1477e5' },
} as unknown as TypedDocumentString<ChangePaymentMethodMutation, ChangePaymentMethodMutationVariables>;
export const RequestEmailChangeDocument = {
  __meta__: { hash: 'sha256:247c1a601d5d0b699239799619b45fbfd4b30b659f2458a12a18136c048656cb' },
} as unknown as TypedDocumentString<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>;
export const BatchDocument = {
  __meta__: { hash: 'sha256:c5959ec4c05833a80298331df65e0fb53eec8449a378ac2568fb3f06fcc2cd9c' },
} as unknown as TypedDocumentString<BatchQuery, BatchQueryVariables>;
export const BatchProgressedDocument = {
  __meta__: { hash: 'sha256:1f37bc243bc07429b58a5b86abc0122b6bccc285f0a44e625da645a7aae6243a' },
} as unknown as TypedDocumentString<BatchProgressedSubscription, BatchProgressedSubscriptionVariables>;
export const BatchOutcomesDocument = {
  __meta__: { hash: 'sha256:5a10370b05f782d779f7faa777b6838bdfb0761d15acd0d74ad4097dd47ecacc' },
} as unknown as TypedDocumentString<BatchOutcomesQuery, BatchOutcomesQueryVariables>;
export const BatchesDocument = {
  __meta__: { hash: 'sha256:818e7e484bcfe00b0bafd6fd210b2d8d80447dcec2238272b4e44e58a7bdf3af' },
} as unknown as TypedDocumentString<BatchesQuery, BatchesQueryVariables>;
export const CancelBatchDocument = {
  __meta__: { hash: 'sha256:6dbfc97e5c2c8a617cbd9df8f43ef3f5b6c913c296cc786bc317f9b0f87a7ce4' },
} as unknown as TypedDocumentString<CancelBatchMutation, CancelBatchMutationVariables>;
export const RetryBatchDocument = {
  __meta__: { hash: 'sha256:f723a71b7897f516468a54e96247445e2b4ef0f13b646720bf920d06d21120b5' },
} as unknown as TypedDocumentString<RetryBatchMutation, RetryBatchMutationVariables>;
export const InvitationsDocument = {
  __meta__: { hash: 'sha256:b5fda35a97571d69bf5aa38548a08584f4a28c2527d555b7a01ae114fc13c04c' },
} as unknown as TypedDocumentString<InvitationsQuery, InvitationsQueryVariables>;
export const InvitationCountDocument = {
  __meta__: { hash: 'sha256:2620016caec58e28b69eaebc0f7b953cd96f51d4a9b2855a24d4d77bc6d41d8c' },
} as unknown as TypedDocumentString<InvitationCountQuery, InvitationCountQueryVariables>;
export const PreviewSendDocument = {
  __meta__: { hash: 'sha256:364fa2f5e3b47655e314d9e83c81dd34b08783c45aff09aad1b8bf28c28889af' },
} as unknown as TypedDocumentString<PreviewSendQuery, PreviewSendQueryVariables>;
export const FirstInvitationsDocument = {
  __meta__: { hash: 'sha256:0d7b958bfd144daf347416a12575d64be7a8435f3b31125f9eda1e9515b49604' },
} as unknown as TypedDocumentString<FirstInvitationsQuery, FirstInvitationsQueryVariables>;
export const ExampleInvitationDocument = {
  __meta__: { hash: 'sha256:6d676498eb2bc459e04e362464670f98aa6b9004084b9f208be30ef5df99f30b' },
} as unknown as TypedDocumentString<ExampleInvitationQuery, ExampleInvitationQueryVariables>;
export const PreviewMessageDocument = {
  __meta__: { hash: 'sha256:721e49d5036de5e41088f0547e21ae8fa3d3c6b38b6082ac9552c02f642bcf0a' },
} as unknown as TypedDocumentString<PreviewMessageQuery, PreviewMessageQueryVariables>;
export const SendInvitationsDocument = {
  __meta__: { hash: 'sha256:74006bc7a9fed6299c00409199040dfeccfc432e4aeec1dc1bfca27210089f9a' },
} as unknown as TypedDocumentString<SendInvitationsMutation, SendInvitationsMutationVariables>;
export const InvitationDetailDocument = {
  __meta__: { hash: 'sha256:c16417757c2bb6fea43247887ab916196723aee4f4abd7b42a0c4dae53554881' },
} as unknown as TypedDocumentString<InvitationDetailQuery, InvitationDetailQueryVariables>;
export const PlanChoicesDocument = {
  __meta__: { hash: 'sha256:35be43479235bb4b8f858758c6b26e0f40d568bb08524b41a3dbaddc197177f6' },
} as unknown as TypedDocumentString<PlanChoicesQuery, PlanChoicesQueryVariables>;
export const InsuranceChoicesDocument = {
  __meta__: { hash: 'sha256:ddf7322d0a376a7a750198d96b21996ec655f6412f0218f6a2492e2d4000e07a' },
} as unknown as TypedDocumentString<InsuranceChoicesQuery, InsuranceChoicesQueryVariables>;
export const TenantChoicesDocument = {
  __meta__: { hash: 'sha256:4f0eeec48105fecb21863af32849ba99c90fc6bd656150957dd0513b6bbd1753' },
} as unknown as TypedDocumentString<TenantChoicesQuery, TenantChoicesQueryVariables>;
export const PreviewInvitationDocument = {
  __meta__: { hash: 'sha256:3ab2b0689a078ea3998d2a18bb2e01cc227641c2c5e1d63bc0dd6326796f3e99' },
} as unknown as TypedDocumentString<PreviewInvitationQuery, PreviewInvitationQueryVariables>;
export const CreateInvitationDocument = {
  __meta__: { hash: 'sha256:6fd4106123388d1a3645e0607e4ac312e10e30f91636d8ab8eb22dc0b91c4b90' },
} as unknown as TypedDocumentString<CreateInvitationMutation, CreateInvitationMutationVariables>;
export const UpdateInvitationDocument = {
  __meta__: { hash: 'sha256:42c0475a401a3077bb38260623e0b0c75c41fee153a22f7465a71be47045cc4d' },
} as unknown as TypedDocumentString<UpdateInvitationMutation, UpdateInvitationMutationVariables>;
export const UpdateTenantDocument = {
  __meta__: { hash: 'sha256:1019bd5d47701b160a17755a45d6b66d37af23a25e1f26d6f77caf99a3d7c5e7' },
} as unknown as TypedDocumentString<UpdateTenantMutation, UpdateTenantMutationVariables>;
export const DeleteInvitationDocument = {
  __meta__: { hash: 'sha256:95a9dbc2764aa805a60b4594820ee362e16428c6e361c088918a3d88a4b81377' },
} as unknown as TypedDocumentString<DeleteInvitationMutation, DeleteInvitationMutationVariables>;
export const RevokeInvitationDocument = {
  __meta__: { hash: 'sha256:aa2710ed3d149475e619bd2490c3e78b951cea57aed2df8f86c211f0fb888348' },
} as unknown as TypedDocumentString<RevokeInvitationMutation, RevokeInvitationMutationVariables>;
export const RenewInvitationLinkDocument = {
  __meta__: { hash: 'sha256:ccfc9109d490a4ca4a1d39777bd34672e061b23bddceac6323e7c3b98b39e32a' },
} as unknown as TypedDocumentString<RenewInvitationLinkMutation, RenewInvitationLinkMutationVariables>;
export const CopyInvitationLinkDocument = {
  __meta__: { hash: 'sha256:3f811f84ef5bc3f90dc6c371f532cc9056c551ff437467f33aab9d261defca29' },
} as unknown as TypedDocumentString<CopyInvitationLinkMutation, CopyInvitationLinkMutationVariables>;
export const TextRepliesDocument = {
  __meta__: { hash: 'sha256:e6c459627d5557a077e15117e14f2af443afc18a915bc932f28aa0917680468f' },
} as unknown as TypedDocumentString<TextRepliesQuery, TextRepliesQueryVariables>;
export const HandleTextReplyDocument = {
  __meta__: { hash: 'sha256:c54012294fcaf0b39790a31e0b42cd69d11c101cd647bd62def3d535c78f869b' },
} as unknown as TypedDocumentString<HandleTextReplyMutation, HandleTextReplyMutationVariables>;
export const DeliveriesDocument = {
  __meta__: { hash: 'sha256:cfb1de4562bb5dae6aa8e352957f8ed8a2bf8a96b020523463291466e88a2bf6' },
} as unknown as TypedDocumentString<DeliveriesQuery, DeliveriesQueryVariables>;
export const DeliveryCountDocument = {
  __meta__: { hash: 'sha256:b99c011fd41df0b8ca0ce2c607c4561e6a6a8206f5fc976be9e4506c6d5ddfe0' },
} as unknown as TypedDocumentString<DeliveryCountQuery, DeliveryCountQueryVariables>;
export const ResolveDeliveryDocument = {
  __meta__: { hash: 'sha256:6ae92d435c712dbf6742b2d65c71111f9f1216a4e54388fc757cf3c60d8ab2b3' },
} as unknown as TypedDocumentString<ResolveDeliveryMutation, ResolveDeliveryMutationVariables>;
export const EmailCorrectionsDocument = {
  __meta__: { hash: 'sha256:d7f695f7cbcb0f79a583fbddb2f5c4175f116784ef19380c29228eb652ac14d3' },
} as unknown as TypedDocumentString<EmailCorrectionsQuery, EmailCorrectionsQueryVariables>;
export const AcceptEmailCorrectionDocument = {
  __meta__: { hash: 'sha256:badb5b57c7c3e71e178dbfaefddc71c4b7773db4cf82e625e9ab3d0158a6dc8b' },
} as unknown as TypedDocumentString<AcceptEmailCorrectionMutation, AcceptEmailCorrectionMutationVariables>;
export const DeclineEmailCorrectionDocument = {
  __meta__: { hash: 'sha256:32625ea5a887aac8e6a35e0b50d8b1d7fcd6ac13267f87a3dff4b50e9dd40711' },
} as unknown as TypedDocumentString<DeclineEmailCorrectionMutation, DeclineEmailCorrectionMutationVariables>;
export const LegacyMembershipsDocument = {
  __meta__: { hash: 'sha256:e538ecec4d3c7ee8de43f76a8a19a7fa13c124c5621d2bbba054343944bc3b46' },
} as unknown as TypedDocumentString<LegacyMembershipsQuery, LegacyMembershipsQueryVariables>;
export const LegacyCountDocument = {
  __meta__: { hash: 'sha256:82d286ba688e139837ff72193599b84b64753843a328f005e425aa1d1d224870' },
} as unknown as TypedDocumentString<LegacyCountQuery, LegacyCountQueryVariables>;
export const LegacyMembershipDocument = {
  __meta__: { hash: 'sha256:be67cc8619b400b555304ca3ae5abcf63061f0624f6c9aff3b0c51a6064d1cd3' },
} as unknown as TypedDocumentString<LegacyMembershipQuery, LegacyMembershipQueryVariables>;
export const LegacySourceChoicesDocument = {
  __meta__: { hash: 'sha256:b38f23532169ec3e317b870bc560617435dee34b08641692864ad63919d1aa56' },
} as unknown as TypedDocumentString<LegacySourceChoicesQuery, LegacySourceChoicesQueryVariables>;
export const LegacySourcesDocument = {
  __meta__: { hash: 'sha256:5eccd31f731ee77a284dca62d3bee7a9f5bfa42574bad27456a845c06a5c3dea' },
} as unknown as TypedDocumentString<LegacySourcesQuery, LegacySourcesQueryVariables>;
export const LegacySourceDocument = {
  __meta__: { hash: 'sha256:b2db786489114cddefabbc27fa72aa922f14c6b44e497836d3a30907b7f8cd69' },
} as unknown as TypedDocumentString<LegacySourceQuery, LegacySourceQueryVariables>;
export const LocationCurrenciesDocument = {
  __meta__: { hash: 'sha256:e4f94d489ec6d1b24b4b25278896689d625e901082ff8888f2ad8ab325f46caf' },
} as unknown as TypedDocumentString<LocationCurrenciesQuery, LocationCurrenciesQueryVariables>;
export const SaveLegacyMembershipDocument = {
  __meta__: { hash: 'sha256:2f7cf3fb68f4ac9e6d3720ee6f17e73c1ab9ff39eff86e4a0e1e9371eff89c10' },
} as unknown as TypedDocumentString<SaveLegacyMembershipMutation, SaveLegacyMembershipMutationVariables>;
export const RecordLegacyCancellationDocument = {
  __meta__: { hash: 'sha256:64bfbcdd4aa6b945810d647adccb6240a44c8fa056af45b3a92d15643366a19a' },
} as unknown as TypedDocumentString<
  RecordLegacyCancellationMutation,
  RecordLegacyCancellationMutationVariables
>;
export const TakeBackLegacyCancellationDocument = {
  __meta__: { hash: 'sha256:7fda9c6db3bc183b6c2b6e2c3b62efdf8daee00cb683d80c0dc7141a10275ec2' },
} as unknown as TypedDocumentString<
  TakeBackLegacyCancellationMutation,
  TakeBackLegacyCancellationMutationVariables
>;
export const PreviewInvitationsFromLegacyDocument = {
  __meta__: { hash: 'sha256:605b98e374b64e1fdb0ffca27d01b40a4f3a783ac4adfc27f38c11602dc7d44a' },
} as unknown as TypedDocumentString<
  PreviewInvitationsFromLegacyQuery,
  PreviewInvitationsFromLegacyQueryVariables
>;
export const CreateInvitationsFromLegacyDocument = {
  __meta__: { hash: 'sha256:f530ca1784292d2311257491f9456f618da64321cf78bd4c40bbdf84c5666e98' },
} as unknown as TypedDocumentString<
  CreateInvitationsFromLegacyMutation,
  CreateInvitationsFromLegacyMutationVariables
>;
export const LegacyWorklistDocument = {
  __meta__: { hash: 'sha256:7e4923cbf8e4d720aa4ebba4699a33e73c462cdb3ea187a2e1102bba09387d93' },
} as unknown as TypedDocumentString<LegacyWorklistQuery, LegacyWorklistQueryVariables>;
export const LegacyWorkCountDocument = {
  __meta__: { hash: 'sha256:f55ff4f6916c7bf65ff18484e0a7416a4694bf02f3c1222d163c9acd9d63435e' },
} as unknown as TypedDocumentString<LegacyWorkCountQuery, LegacyWorkCountQueryVariables>;
export const ImportsDocument = {
  __meta__: { hash: 'sha256:9077ca59da632afac690181a389270b06391398a47ebeed8ff32dad0088a619a' },
} as unknown as TypedDocumentString<ImportsQuery, ImportsQueryVariables>;
export const ImportDocument = {
  __meta__: { hash: 'sha256:f89e4b4e3d24b2787035d6855d9c325ada06a1397d90f98410787fbd73282a3b' },
} as unknown as TypedDocumentString<ImportQuery, ImportQueryVariables>;
export const ImportProgressedDocument = {
  __meta__: { hash: 'sha256:ee5735ec854c34e16d04a36fb1626b6c5ef88340265395624545055501c44605' },
} as unknown as TypedDocumentString<ImportProgressedSubscription, ImportProgressedSubscriptionVariables>;
export const ImportFindingsDocument = {
  __meta__: { hash: 'sha256:52ff3bd2b27320295935daac7a6a6037e8567d9b57147a55c7e8ab3ca76ccf72' },
} as unknown as TypedDocumentString<ImportFindingsQuery, ImportFindingsQueryVariables>;
export const ImportLegacyMembershipsDocument = {
  __meta__: { hash: 'sha256:da9ba3d46d4f92a2e52534560d454f779161f28ea2c32c1171a5e5f3a942ec17' },
} as unknown as TypedDocumentString<
  ImportLegacyMembershipsMutation,
  ImportLegacyMembershipsMutationVariables
>;
export const ContinueImportDocument = {
  __meta__: { hash: 'sha256:5350c9c265a1b3682d351050330dc7352c8ab615935f1d3eb909e6ba6e8a2aaa' },
} as unknown as TypedDocumentString<ContinueImportMutation, ContinueImportMutationVariables>;
export const MapLegacyPlanDocument = {
  __meta__: { hash: 'sha256:e3e23a689d426b56e827d92518136839248edb061479a33d764a621d92cfae60' },
} as unknown as TypedDocumentString<MapLegacyPlanMutation, MapLegacyPlanMutationVariables>;
export const MigrationFunnelDocument = {
  __meta__: { hash: 'sha256:42c0bacf361aa31bf3ef79abe8350899f306e40673dd841f65ea6dbd8c7dba9a' },
} as unknown as TypedDocumentString<MigrationFunnelQuery, MigrationFunnelQueryVariables>;
export const WaitingDocument = {
  __meta__: { hash: 'sha256:42866eecc8b99bf1b9627c2109b675fab10be3cc1f6afc0a46a6360a74611633' },
} as unknown as TypedDocumentString<WaitingQuery, WaitingQueryVariables>;
export const StuckDocument = {
  __meta__: { hash: 'sha256:9ca1845a289bd15af68bc84fd45cfd78e9b56a704a7cd4b18674b84ba7201f8a' },
} as unknown as TypedDocumentString<StuckQuery, StuckQueryVariables>;
export const BillingAlarmsDocument = {
  __meta__: { hash: 'sha256:7a4bb1388055e0a6876d67b9b66755f6da1704ccc09499e97f582b087c9d85af' },
} as unknown as TypedDocumentString<BillingAlarmsQuery, BillingAlarmsQueryVariables>;
export const HandleBillingAlarmDocument = {
  __meta__: { hash: 'sha256:b818da4f3c1ab53b50d97b2d500c18507308b40a831e5c5e161cd33341b894a8' },
} as unknown as TypedDocumentString<HandleBillingAlarmMutation, HandleBillingAlarmMutationVariables>;
export const SuppressionsDocument = {
  __meta__: { hash: 'sha256:dd235ae7528ccb0535789d9847ed18ac02ed643e5cf64546d1a5918d79af76f8' },
} as unknown as TypedDocumentString<SuppressionsQuery, SuppressionsQueryVariables>;
export const SuppressionCountDocument = {
  __meta__: { hash: 'sha256:5c0647736e38b76f8bd649bbb73b0c6c6c1be0e75a5b33cb1107a2c5a5d532d7' },
} as unknown as TypedDocumentString<SuppressionCountQuery, SuppressionCountQueryVariables>;
export const SuppressDocument = {
  __meta__: { hash: 'sha256:a8dba4cefacbacebf19a317d7b3bc6a83c2a8ad2493eee785fb694a84cf61091' },
} as unknown as TypedDocumentString<SuppressMutation, SuppressMutationVariables>;
export const UnsuppressDocument = {
  __meta__: { hash: 'sha256:85271c5c4d3ac061c01ed8a867e09a6e0911d1ec10b99359b3f461fc33f31be8' },
} as unknown as TypedDocumentString<UnsuppressMutation, UnsuppressMutationVariables>;
export const StaffMembersDocument = {
  __meta__: { hash: 'sha256:08a01754fa61ec4c419f13fc7e50d0229e01b1bdae42860eb4867ec3a509a58c' },
} as unknown as TypedDocumentString<StaffMembersQuery, StaffMembersQueryVariables>;
export const InviteStaffDocument = {
  __meta__: { hash: 'sha256:226e75e4a6d7b560b471db8bf5d64c537ba895bb801a41d41b8a321c2e6f732c' },
} as unknown as TypedDocumentString<InviteStaffMutation, InviteStaffMutationVariables>;
export const InviteStaffAgainDocument = {
  __meta__: { hash: 'sha256:918d419af39afd5ee1aa95a45cc0cc224a8256198b407bcf1a77801b5f30af5b' },
} as unknown as TypedDocumentString<InviteStaffAgainMutation, InviteStaffAgainMutationVariables>;
export const UpdateStaffDocument = {
  __meta__: { hash: 'sha256:0ee077a57ae36b8f49f9fb6f532d7b28fa9d3b96cf80ca975f5e4ce89129647d' },
} as unknown as TypedDocumentString<UpdateStaffMutation, UpdateStaffMutationVariables>;
export const DeactivateStaffDocument = {
  __meta__: { hash: 'sha256:e82361cf4f0b023efcc67d3b1436539e534cd4479e76382c5a79ba915f969df2' },
} as unknown as TypedDocumentString<DeactivateStaffMutation, DeactivateStaffMutationVariables>;
export const ReactivateStaffDocument = {
  __meta__: { hash: 'sha256:6536847442b39094c551e28ffcd960c9b04cd0306d31ddeb209289d5b919a483' },
} as unknown as TypedDocumentString<ReactivateStaffMutation, ReactivateStaffMutationVariables>;
export const SignInsDocument = {
  __meta__: { hash: 'sha256:a56ed2af10df4b63b657600e269a449b94153f1b1eb4410697d412b5ae041d83' },
} as unknown as TypedDocumentString<SignInsQuery, SignInsQueryVariables>;
export const RevokeSignInDocument = {
  __meta__: { hash: 'sha256:4e59202d62c31eef5baf590042f8139e2e4bf792e2520338c6635a62d5402b6c' },
} as unknown as TypedDocumentString<RevokeSignInMutation, RevokeSignInMutationVariables>;
export const RevokeOtherSignInsDocument = {
  __meta__: { hash: 'sha256:ba21d6868c7d72fffb62c7f5092dd15d9016c9f8c6a0948b50d44dded7d5bdb0' },
} as unknown as TypedDocumentString<RevokeOtherSignInsMutation, RevokeOtherSignInsMutationVariables>;
export const ApiTokensDocument = {
  __meta__: { hash: 'sha256:54a58329e6b3a461134b344da944f6d9217b636fe9959a4420a96696a51caa6a' },
} as unknown as TypedDocumentString<ApiTokensQuery, ApiTokensQueryVariables>;
export const CreateApiTokenDocument = {
  __meta__: { hash: 'sha256:2610b30088c698238afece36dc1c885aca71891e0ac8d9b6c4166b5be18f7c9b' },
} as unknown as TypedDocumentString<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = {
  __meta__: { hash: 'sha256:8f5f7e3f1e47bf132db119f7490559c9d983d75f58af38ff66acc25b06226a2e' },
} as unknown as TypedDocumentString<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const ChangePasswordDocument = {
  __meta__: { hash: 'sha256:b96f37daf72b613605cd80e4881100c0fc92120d63114f62ad86d44a3a3b0875' },
} as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const AuditEventsDocument = {
  __meta__: { hash: 'sha256:9fa332e3fdca65df1b8f1fc7e2d10e427406f2a8a258f83995758423a8964d9e' },
} as unknown as TypedDocumentString<AuditEventsQuery, AuditEventsQueryVariables>;
export const ViewerDocument = {
  __meta__: { hash: 'sha256:12b5dffb47d196437401bbc4514344b6d3aa8d8fa95de01dcbf420212b93344a' },
} as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = {
  __meta__: { hash: 'sha256:2b772c12146d2b74128e8ac7cb7a7cbdba826aa29c797526272b4d5faa0c9962' },
} as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const AcceptStaffInvitationDocument = {
  __meta__: { hash: 'sha256:aa81b28f8a42515504072a168cf72132df77c042c37a80f1cbfaf294fd7741c9' },
} as unknown as TypedDocumentString<AcceptStaffInvitationMutation, AcceptStaffInvitationMutationVariables>;
export const RequestPasswordResetDocument = {
  __meta__: { hash: 'sha256:cd60277121862e1528983cf7995cc2f6c3344175bc5c55915d40b92b0a3941f5' },
} as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = {
  __meta__: { hash: 'sha256:17314dc6692c93811ddc164bfc263f432dae5c768c3b6bf33ad28e54df4a3a55' },
} as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const SubmissionsDocument = {
  __meta__: { hash: 'sha256:b619740ad5d5eefc7d12b8ef44b7e43f2d94822c3f38d7464e8f02129e316f70' },
} as unknown as TypedDocumentString<SubmissionsQuery, SubmissionsQueryVariables>;
export const SubmissionCountDocument = {
  __meta__: { hash: 'sha256:afb0a1855279499acefc6b2f8ea1c661c098027c421bd7c6eb1d717d5adfad97' },
} as unknown as TypedDocumentString<SubmissionCountQuery, SubmissionCountQueryVariables>;
export const PreviewApprovalsDocument = {
  __meta__: { hash: 'sha256:3a98c7079e403199911434c4b34a44287231432cc7ecb482794fb5156718a671' },
} as unknown as TypedDocumentString<PreviewApprovalsQuery, PreviewApprovalsQueryVariables>;
export const ApproveSubmissionsDocument = {
  __meta__: { hash: 'sha256:2bfc728d430c511bcd2b4f11212dc48f1afe31515776b7e97b17287e528b4169' },
} as unknown as TypedDocumentString<ApproveSubmissionsMutation, ApproveSubmissionsMutationVariables>;
export const SubmissionDocument = {
  __meta__: { hash: 'sha256:78616e91d76ee13400a4edc2d4075728e0d33acc787ab6012fe1008f056c87c3' },
} as unknown as TypedDocumentString<SubmissionQuery, SubmissionQueryVariables>;
export const SubmissionChangedDocument = {
  __meta__: { hash: 'sha256:ee0479cfe677f74bf0b9a8c3c3a6aa0038ebb470d7acddac0ac6c6e578b094de' },
} as unknown as TypedDocumentString<SubmissionChangedSubscription, SubmissionChangedSubscriptionVariables>;
export const BillingPreviewsDocument = {
  __meta__: { hash: 'sha256:d0959533b7d91ae2dfca9265483d224c28685728fea94ca6b31d868dca4ab9bd' },
} as unknown as TypedDocumentString<BillingPreviewsQuery, BillingPreviewsQueryVariables>;
export const ApproveSubmissionDocument = {
  __meta__: { hash: 'sha256:f1f3225d908bf08ebaaa9e2d6803d6e8e3c713ed2ae37d58c456a334d6b5388e' },
} as unknown as TypedDocumentString<ApproveSubmissionMutation, ApproveSubmissionMutationVariables>;
export const RejectSubmissionDocument = {
  __meta__: { hash: 'sha256:028b32e6ffff2167ccae50d36d6f68fde90b7e917423dcaff1fe49a30ffa1e54' },
} as unknown as TypedDocumentString<RejectSubmissionMutation, RejectSubmissionMutationVariables>;
export const EndConfirmationDocument = {
  __meta__: { hash: 'sha256:9e69b6e86d2dd965b66f9206acd92f852183d338682a766e7187a9cedc974edf' },
} as unknown as TypedDocumentString<EndConfirmationMutation, EndConfirmationMutationVariables>;
export const UndoApprovalDocument = {
  __meta__: { hash: 'sha256:5a187ddb29f2d6772c56f67a4ab6283b6eb8aec6cd0c5c39b799d550225e11db' },
} as unknown as TypedDocumentString<UndoApprovalMutation, UndoApprovalMutationVariables>;
export const ReservationDocument = {
  __meta__: { hash: 'sha256:40f60c5520803f44cb7714cbebe611a2814a20b3726581296392fac77a6a5cb0' },
} as unknown as TypedDocumentString<ReservationQuery, ReservationQueryVariables>;
export const WithdrawApprovalDocument = {
  __meta__: { hash: 'sha256:9ad0ad25d091c667654ac4a06100936a8fd0065589f9b69b0c4dd1c168338ebe' },
} as unknown as TypedDocumentString<WithdrawApprovalMutation, WithdrawApprovalMutationVariables>;
export const CountersDocument = {
  __meta__: { hash: 'sha256:d1541d4408342bedea38d2d1098b80ce4d9807a837c656432a4b453c5e059433' },
} as unknown as TypedDocumentString<CountersQuery, CountersQueryVariables>;
export const SessionsDocument = {
  __meta__: { hash: 'sha256:1580712932a743aa76ea2e8a6810c8905780b7ef63594f6a690fd03945a72a77' },
} as unknown as TypedDocumentString<SessionsQuery, SessionsQueryVariables>;
export const OpenSessionsChangedDocument = {
  __meta__: { hash: 'sha256:c3a1bddb8d492de4974cbd517da89ecb7772e8cd07b89a96ac37854269187578' },
} as unknown as TypedDocumentString<
  OpenSessionsChangedSubscription,
  OpenSessionsChangedSubscriptionVariables
>;
export const CounterSessionDocument = {
  __meta__: { hash: 'sha256:542bcd145c9f0679ea264e72c22738f3b3d49bde43c650c52dbf1882e886dd8f' },
} as unknown as TypedDocumentString<CounterSessionQuery, CounterSessionQueryVariables>;
export const SessionChangedDocument = {
  __meta__: { hash: 'sha256:30ae8952d64bf17e41d8211f9d3f247af80bbbcf61ae41d216b932a259cee4ce' },
} as unknown as TypedDocumentString<SessionChangedSubscription, SessionChangedSubscriptionVariables>;
export const LegacyCandidatesDocument = {
  __meta__: { hash: 'sha256:5b7f5c0906c14b41832bcdc45904c660abb42288e7595dcf9fa0aa32744b454b' },
} as unknown as TypedDocumentString<LegacyCandidatesQuery, LegacyCandidatesQueryVariables>;
export const ReadersDocument = {
  __meta__: { hash: 'sha256:0a9cd6c07da24648e41e544623159c67452ade35d7a1519a5d04dfd2bc931041' },
} as unknown as TypedDocumentString<ReadersQuery, ReadersQueryVariables>;
export const OpenSessionDocument = {
  __meta__: { hash: 'sha256:f5c1a7c693adbfb48c10cfac8a2ab7bda7234d73742e6586dde04bcd28ed48fc' },
} as unknown as TypedDocumentString<OpenSessionMutation, OpenSessionMutationVariables>;
export const CloseSessionDocument = {
  __meta__: { hash: 'sha256:355b7a6969da112b117acb4a86f61c320c70f3b0239579875275c2fdc1a9168c' },
} as unknown as TypedDocumentString<CloseSessionMutation, CloseSessionMutationVariables>;
export const StartCounterMigrationDocument = {
  __meta__: { hash: 'sha256:f4271fe9289e63de1f4489f2f0500c95ed87c2fedb7c915c744d4de2d625936c' },
} as unknown as TypedDocumentString<StartCounterMigrationMutation, StartCounterMigrationMutationVariables>;
export const DiscardCounterMigrationDocument = {
  __meta__: { hash: 'sha256:7b150441cebbe6592ca3532ad56c424ff134f1ecdb3ce83cf28c8bdeea366035' },
} as unknown as TypedDocumentString<
  DiscardCounterMigrationMutation,
  DiscardCounterMigrationMutationVariables
>;
export const ConfirmLegacyMatchDocument = {
  __meta__: { hash: 'sha256:83eb6d343776cfb7e96e1179d53d2907ef4c61a384666692223425c4bee2b610' },
} as unknown as TypedDocumentString<ConfirmLegacyMatchMutation, ConfirmLegacyMatchMutationVariables>;
export const RequestEmailByTextDocument = {
  __meta__: { hash: 'sha256:b3a0cdebcc37a186868f8aea42ec2663d79ea52bfdef8cdbec105eef04f5b125' },
} as unknown as TypedDocumentString<RequestEmailByTextMutation, RequestEmailByTextMutationVariables>;
export const EnterEmailDocument = {
  __meta__: { hash: 'sha256:feeb847d3cbd5817960d68db420f94caa9da7362e69c7b796d066530e1d453ea' },
} as unknown as TypedDocumentString<EnterEmailMutation, EnterEmailMutationVariables>;
export const ConfirmContactDocument = {
  __meta__: { hash: 'sha256:e2493f3e244831e647647987548be6625e7e35ffa12d7ea2a6f380e9a16c34fe' },
} as unknown as TypedDocumentString<ConfirmContactMutation, ConfirmContactMutationVariables>;
export const StartCardSetupDocument = {
  __meta__: { hash: 'sha256:ab1872960dd6802e3f3a3ac37bee6ddd3bba2d8ef0e3dd3dd5902534d349d441' },
} as unknown as TypedDocumentString<StartCardSetupMutation, StartCardSetupMutationVariables>;
export const CheckCardSetupDocument = {
  __meta__: { hash: 'sha256:e6f4882bd647c24316f6015a8891a6e97c7e41951518cb2503a072300f0d5de2' },
} as unknown as TypedDocumentString<CheckCardSetupMutation, CheckCardSetupMutationVariables>;
export const CancelCardSetupDocument = {
  __meta__: { hash: 'sha256:38cff41fd7369dff239ba4e8dfbd8e37fb5379bca819c9115fe1fee2965904a4' },
} as unknown as TypedDocumentString<CancelCardSetupMutation, CancelCardSetupMutationVariables>;
export const CheckoutDocument = {
  __meta__: { hash: 'sha256:9a50e4f8593fbadf022304edeb65f3501b0a79a1634ecc6e69d56fa99a60a07b' },
} as unknown as TypedDocumentString<CheckoutMutation, CheckoutMutationVariables>;
export const AgreeToTermsDocument = {
  __meta__: { hash: 'sha256:e5f8d66047156e4a7516c5afa38d81bffb4e0b903af11a9bb2728dcdf0edabdb' },
} as unknown as TypedDocumentString<AgreeToTermsMutation, AgreeToTermsMutationVariables>;
export const SetupDocument = {
  __meta__: { hash: 'sha256:7eb419e8abd423d96b3ff14db06b4c3d1d22693e3316c7749181f73ff454c145' },
} as unknown as TypedDocumentString<SetupQuery, SetupQueryVariables>;
export const StartSetupDocument = {
  __meta__: { hash: 'sha256:db3d78807363cd8fa870846ab0352a290ddca31b7998e63f191da59a7b016a3b' },
} as unknown as TypedDocumentString<StartSetupMutation, StartSetupMutationVariables>;
export const SubmitSetupDocument = {
  __meta__: { hash: 'sha256:638bd985cadb056205a79f571e6b185f43a0a86ca8f107cf053e0a8eef38467b' },
} as unknown as TypedDocumentString<SubmitSetupMutation, SubmitSetupMutationVariables>;
