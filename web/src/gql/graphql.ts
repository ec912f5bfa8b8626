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
  | 'RATE_LIMITED';

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
 * typed here until the tenant completes a set-up at the plan's location.
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
  /** 1 to 28. */
  anchorDay: number;
  /** An insurance plan offered at the plan's location. */
  insurancePlanId?: string | number | null | undefined;
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
  /** The provider refused it; nothing was sent. */
  | 'FAILED'
  /** The provider's answer was lost. It may have been sent; it is not sent again by itself. */
  | 'UNKNOWN'
  /** Withdrawn before the provider was asked. */
  | 'CANCELED';

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
  /** Confirm the payment with the bank. */
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

/** When billing starts. */
export type StartOption =
  /** Charges the full month immediately, backdated to the last billing day. */
  | 'CURRENT_MONTH'
  /** No charge until the next billing day. */
  | 'NEXT_MONTH';

export type ActorKind = 'STAFF' | 'TENANT' | 'SYSTEM' | 'INTEGRATION';

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
        paymentMethodType: PaymentMethodType;
        changeableTo: Array<PaymentMethodType>;
        mandate: string | null;
        monthlyTotal: { amount: string; currency: string };
        nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
        methodChange: {
          state: MethodChangeState;
          paymentMethod: string;
          reason: string;
          requestedAt: string;
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
          paymentMethodType: PaymentMethodType;
          changeableTo: Array<PaymentMethodType>;
          mandate: string | null;
          monthlyTotal: { amount: string; currency: string };
          nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
          methodChange: {
            state: MethodChangeState;
            paymentMethod: string;
            reason: string;
            requestedAt: string;
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
        paymentMethodType: PaymentMethodType;
        changeableTo: Array<PaymentMethodType>;
        mandate: string | null;
        monthlyTotal: { amount: string; currency: string };
        nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
        methodChange: {
          state: MethodChangeState;
          paymentMethod: string;
          reason: string;
          requestedAt: string;
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
        paymentMethodType: PaymentMethodType;
        changeableTo: Array<PaymentMethodType>;
        mandate: string | null;
        monthlyTotal: { amount: string; currency: string };
        nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
        methodChange: {
          state: MethodChangeState;
          paymentMethod: string;
          reason: string;
          requestedAt: string;
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
    paymentMethodType: PaymentMethodType;
    changeableTo: Array<PaymentMethodType>;
    mandate: string | null;
    monthlyTotal: { amount: string; currency: string };
    nextCharge: { on: string; amount: { amount: string; currency: string } } | null;
    methodChange: {
      state: MethodChangeState;
      paymentMethod: string;
      reason: string;
      requestedAt: string;
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
          tenant: { name: string; email: string | null; phone: string | null };
          plan: { name: string };
          location: { name: string };
        } | null;
        submission: {
          id: string;
          tenant: { name: string; email: string | null; phone: string | null };
          plan: { name: string };
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
  cancelBatch: {
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
  first: number;
  after?: string | null | undefined;
  filter?: InvitationFilter | null | undefined;
  orderBy?: InvitationOrder | null | undefined;
}>;

export type InvitationsQuery = {
  invitations: {
    nodes: Array<{
      id: string;
      unit: string;
      anchorDay: number;
      status: InvitationStatus;
      isExpired: boolean;
      deliveryFailed: boolean;
      smsSentAt: string | null;
      createdAt: string;
      emailSkip: string | null;
      textSkip: string | null;
      tenant: { name: string; email: string | null; phone: string | null };
      plan: { name: string };
      location: { name: string };
      cardPrice: { amount: string; currency: string };
      achPrice: { amount: string; currency: string } | null;
      insurancePlan: { price: { amount: string; currency: string } } | null;
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type InvitationRowFragment = {
  id: string;
  unit: string;
  anchorDay: number;
  status: InvitationStatus;
  isExpired: boolean;
  deliveryFailed: boolean;
  smsSentAt: string | null;
  createdAt: string;
  emailSkip: string | null;
  textSkip: string | null;
  tenant: { name: string; email: string | null; phone: string | null };
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

export type FirstInvitationQueryVariables = Exact<{
  filter?: InvitationFilter | null | undefined;
}>;

export type FirstInvitationQuery = { invitations: { nodes: Array<{ id: string }> } };

export type PreviewMessageQueryVariables = Exact<{
  invitationId: string | number;
  channel: MessageChannel;
  language?: Language | null | undefined;
}>;

export type PreviewMessageQuery = {
  previewMessage: {
    email: { from: string; replyTo: string | null; subject: string; html: string; text: string } | null;
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
    revision: number;
    status: InvitationStatus;
    unit: string;
    anchorDay: number;
    hasPriceOverride: boolean;
    emailSentAt: string | null;
    smsSentAt: string | null;
    openedAt: string | null;
    claimedAt: string | null;
    revokedAt: string | null;
    revokedReason: string;
    deliveryFailed: boolean;
    canEdit: boolean;
    canDelete: boolean;
    canRevoke: boolean;
    canRenewLink: boolean;
    emailSkip: string | null;
    textSkip: string | null;
    linkExpiresAt: string;
    isExpired: boolean;
    createdAt: string;
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
      activatedAt: string | null;
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
    reservation: { id: string; status: SubmissionStatus; submission: { id: string } } | null;
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
    }>;
    history: Array<{
      id: string;
      at: string;
      actorKind: ActorKind;
      actorName: string | null;
      action: string;
      before: string;
      after: string;
    }>;
  } | null;
};

export type InvitationViewFragment = {
  id: string;
  revision: number;
  status: InvitationStatus;
  unit: string;
  anchorDay: number;
  hasPriceOverride: boolean;
  emailSentAt: string | null;
  smsSentAt: string | null;
  openedAt: string | null;
  claimedAt: string | null;
  revokedAt: string | null;
  revokedReason: string;
  deliveryFailed: boolean;
  canEdit: boolean;
  canDelete: boolean;
  canRevoke: boolean;
  canRenewLink: boolean;
  emailSkip: string | null;
  textSkip: string | null;
  linkExpiresAt: string;
  isExpired: boolean;
  createdAt: string;
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
    activatedAt: string | null;
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
  reservation: { id: string; status: SubmissionStatus; submission: { id: string } } | null;
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
  }>;
  history: Array<{
    id: string;
    at: string;
    actorKind: ActorKind;
    actorName: string | null;
    action: string;
    before: string;
    after: string;
  }>;
};

export type EventLineFragment = {
  id: string;
  at: string;
  actorKind: ActorKind;
  actorName: string | null;
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

export type WarningFragment = { code: UserWarningCode; field: Array<string> | null; message: string };

export type PreviewInvitationQueryVariables = Exact<{
  input: CreateInvitationInput;
}>;

export type PreviewInvitationQuery = {
  previewInvitation: {
    warnings: Array<{ code: UserWarningCode; field: Array<string> | null; message: string }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type CreateInvitationMutationVariables = Exact<{
  input: CreateInvitationInput;
}>;

export type CreateInvitationMutation = {
  createInvitation: {
    invitation: { id: string; tenant: { id: string } } | null;
    warnings: Array<{ code: UserWarningCode; field: Array<string> | null; message: string }>;
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
      revision: number;
      status: InvitationStatus;
      unit: string;
      anchorDay: number;
      hasPriceOverride: boolean;
      emailSentAt: string | null;
      smsSentAt: string | null;
      openedAt: string | null;
      claimedAt: string | null;
      revokedAt: string | null;
      revokedReason: string;
      deliveryFailed: boolean;
      canEdit: boolean;
      canDelete: boolean;
      canRevoke: boolean;
      canRenewLink: boolean;
      emailSkip: string | null;
      textSkip: string | null;
      linkExpiresAt: string;
      isExpired: boolean;
      createdAt: string;
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
        activatedAt: string | null;
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
      reservation: { id: string; status: SubmissionStatus; submission: { id: string } } | null;
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
      }>;
      history: Array<{
        id: string;
        at: string;
        actorKind: ActorKind;
        actorName: string | null;
        action: string;
        before: string;
        after: string;
      }>;
    } | null;
    warnings: Array<{ code: UserWarningCode; field: Array<string> | null; message: string }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type UpdateTenantMutationVariables = Exact<{
  input: UpdateTenantInput;
}>;

export type UpdateTenantMutation = {
  updateTenant: {
    warnings: Array<{ code: UserWarningCode; field: Array<string> | null; message: string }>;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type DeleteInvitationMutationVariables = Exact<{
  input: DeleteInvitationInput;
}>;

export type DeleteInvitationMutation = {
  deleteInvitation: {
    deletedId: string | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RevokeInvitationMutationVariables = Exact<{
  input: RevokeInvitationInput;
}>;

export type RevokeInvitationMutation = {
  revokeInvitation: {
    invitation: { id: string } | null;
    userErrors: Array<{ code: UserErrorCode; field: Array<string> | null; message: string }>;
  };
};

export type RenewInvitationLinkMutationVariables = Exact<{
  input: RenewInvitationLinkInput;
}>;

export type RenewInvitationLinkMutation = {
  renewInvitationLink: {
    invitation: { id: string; linkExpiresAt: string } | null;
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
  signIn: {
    token: string | null;
    expiresAt: string | null;
    viewer: {
      staff: { id: string; name: string; email: string; role: StaffRole } | null;
      locations: Array<{ id: string; name: string }>;
    } | null;
    userErrors: Array<{
      retryAfter: number | null;
      code: UserErrorCode;
      field: Array<string> | null;
      message: string;
    }>;
  };
};

export type AcceptStaffInvitationMutationVariables = Exact<{
  input: AcceptStaffInvitationInput;
}>;

export type AcceptStaffInvitationMutation = {
  acceptStaffInvitation: {
    token: string | null;
    expiresAt: string | null;
    viewer: {
      staff: { id: string; name: string; email: string; role: StaffRole } | null;
      locations: Array<{ id: string; name: string }>;
    } | null;
    userErrors: Array<{
      retryAfter: number | null;
      code: UserErrorCode;
      field: Array<string> | null;
      message: string;
    }>;
  };
};

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;

export type RequestPasswordResetMutation = {
  requestPasswordReset: {
    userErrors: Array<{
      retryAfter: number | null;
      code: UserErrorCode;
      field: Array<string> | null;
      message: string;
    }>;
  };
};

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;

export type ResetPasswordMutation = {
  resetPassword: {
    userErrors: Array<{
      retryAfter: number | null;
      code: UserErrorCode;
      field: Array<string> | null;
      message: string;
    }>;
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
    monthlyTotal {
      ...Amount
    }
    paymentMethod
    paymentMethodType
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
      requestedAt
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
  tenant {
    name
    email
    phone
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
  revision
  status
  unit
  anchorDay
  hasPriceOverride
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
    id
    name
    email
    phone
    language
    phoneConsentAt
    phoneConsentSource
    activatedAt
    suppressions {
      id
      channel
      scope
      reason
    }
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
  deliveryFailed
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
    id
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
  field
  message
}
    `,
  { fragmentName: 'Warning' },
) as unknown as TypedDocumentString<WarningFragment, unknown>;
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
export const AccountDocument = {
  __meta__: { hash: 'sha256:923c3fa1483d02e831c17492da76f23df7094f80ae439938d4407e5c0018e41b' },
} as unknown as TypedDocumentString<AccountQuery, AccountQueryVariables>;
export const RequestSignInLinkDocument = {
  __meta__: { hash: 'sha256:ae512f1ef36bca8987ec45fcf91f62714cc8571fdbc38ccd4569db2e3e6c5d0a' },
} as unknown as TypedDocumentString<RequestSignInLinkMutation, RequestSignInLinkMutationVariables>;
export const SignInWithLinkDocument = {
  __meta__: { hash: 'sha256:d435a9ad83454e652aea5b0f928bc26e84f42596483859a7b300a626663d8369' },
} as unknown as TypedDocumentString<SignInWithLinkMutation, SignInWithLinkMutationVariables>;
export const SignOutDocument = {
  __meta__: { hash: 'sha256:f8f4a10e87d20bfaed07eb92b25f09ae02dfc82714e995f0c5298f2d7d7b6f04' },
} as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const StartMethodChangeDocument = {
  __meta__: { hash: 'sha256:343a8c2131a1a0bedc0f63d8691eeb278e0c288b343c6a06e9095434cfe67806' },
} as unknown as TypedDocumentString<StartMethodChangeMutation, StartMethodChangeMutationVariables>;
export const ChangePaymentMethodDocument = {
  __meta__: { hash: 'sha256:f3694050a579ce9fd07f9105cf19ae1fc5004038d39e472d9d516c1fc42590b3' },
} as unknown as TypedDocumentString<ChangePaymentMethodMutation, ChangePaymentMethodMutationVariables>;
export const RequestEmailChangeDocument = {
  __meta__: { hash: 'sha256:36300122bce7080f332d7696436cc3a1c035fbcb00b5185df3f864521f756796' },
} as unknown as TypedDocumentString<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>;
export const BatchDocument = {
  __meta__: { hash: 'sha256:c5959ec4c05833a80298331df65e0fb53eec8449a378ac2568fb3f06fcc2cd9c' },
} as unknown as TypedDocumentString<BatchQuery, BatchQueryVariables>;
export const BatchProgressedDocument = {
  __meta__: { hash: 'sha256:1f37bc243bc07429b58a5b86abc0122b6bccc285f0a44e625da645a7aae6243a' },
} as unknown as TypedDocumentString<BatchProgressedSubscription, BatchProgressedSubscriptionVariables>;
export const BatchOutcomesDocument = {
  __meta__: { hash: 'sha256:d015ff64c3a0a3a65a20f6ed18f9829caba4ea7a398319d3c816926e8b271c6b' },
} as unknown as TypedDocumentString<BatchOutcomesQuery, BatchOutcomesQueryVariables>;
export const BatchesDocument = {
  __meta__: { hash: 'sha256:818e7e484bcfe00b0bafd6fd210b2d8d80447dcec2238272b4e44e58a7bdf3af' },
} as unknown as TypedDocumentString<BatchesQuery, BatchesQueryVariables>;
export const CancelBatchDocument = {
  __meta__: { hash: 'sha256:87c42a63d18155ca24a2b94d97045352db9d408de2db69904fc3aeefda6eb77f' },
} as unknown as TypedDocumentString<CancelBatchMutation, CancelBatchMutationVariables>;
export const RetryBatchDocument = {
  __meta__: { hash: 'sha256:f723a71b7897f516468a54e96247445e2b4ef0f13b646720bf920d06d21120b5' },
} as unknown as TypedDocumentString<RetryBatchMutation, RetryBatchMutationVariables>;
export const InvitationsDocument = {
  __meta__: { hash: 'sha256:404fba2d8a66bd91f2723cab7d35677ee26f569c53372b35efd57b5aaa7d30c4' },
} as unknown as TypedDocumentString<InvitationsQuery, InvitationsQueryVariables>;
export const InvitationCountDocument = {
  __meta__: { hash: 'sha256:2620016caec58e28b69eaebc0f7b953cd96f51d4a9b2855a24d4d77bc6d41d8c' },
} as unknown as TypedDocumentString<InvitationCountQuery, InvitationCountQueryVariables>;
export const PreviewSendDocument = {
  __meta__: { hash: 'sha256:364fa2f5e3b47655e314d9e83c81dd34b08783c45aff09aad1b8bf28c28889af' },
} as unknown as TypedDocumentString<PreviewSendQuery, PreviewSendQueryVariables>;
export const FirstInvitationDocument = {
  __meta__: { hash: 'sha256:73489654996369a120869603dc546333d020c62cde9549843dd96d7282b52bef' },
} as unknown as TypedDocumentString<FirstInvitationQuery, FirstInvitationQueryVariables>;
export const PreviewMessageDocument = {
  __meta__: { hash: 'sha256:18a606f9755b56891949854ce5f19811adacc205f045cadb670f336a78b674c5' },
} as unknown as TypedDocumentString<PreviewMessageQuery, PreviewMessageQueryVariables>;
export const SendInvitationsDocument = {
  __meta__: { hash: 'sha256:74006bc7a9fed6299c00409199040dfeccfc432e4aeec1dc1bfca27210089f9a' },
} as unknown as TypedDocumentString<SendInvitationsMutation, SendInvitationsMutationVariables>;
export const InvitationDetailDocument = {
  __meta__: { hash: 'sha256:76a23c8e1c67901df1d6d7c9c6bd6fd7db99d7be11f4a1c815bdc63965877b9f' },
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
  __meta__: { hash: 'sha256:f0d261eda576edf92ddc02e3c7c229fcf92f61cf2202e2f6b90eb01e1c1e3d3c' },
} as unknown as TypedDocumentString<PreviewInvitationQuery, PreviewInvitationQueryVariables>;
export const CreateInvitationDocument = {
  __meta__: { hash: 'sha256:9983b2c5500959ad6fc87b94e9a564cfbb18959d377a52ced839c91c76561626' },
} as unknown as TypedDocumentString<CreateInvitationMutation, CreateInvitationMutationVariables>;
export const UpdateInvitationDocument = {
  __meta__: { hash: 'sha256:7c29e3687b8953b0989459530be7e11a085e67bd28a22d94d93df6fbfa5d78e6' },
} as unknown as TypedDocumentString<UpdateInvitationMutation, UpdateInvitationMutationVariables>;
export const UpdateTenantDocument = {
  __meta__: { hash: 'sha256:e99cf8db0b8196fcf21fdd4aa92954cfadc32eebd77725725c6360a76c4dccf2' },
} as unknown as TypedDocumentString<UpdateTenantMutation, UpdateTenantMutationVariables>;
export const DeleteInvitationDocument = {
  __meta__: { hash: 'sha256:9fa36d9740a9c462dc2336c4e301b39a3a3a0a746a72c9f2b53d08ef30ef4ab7' },
} as unknown as TypedDocumentString<DeleteInvitationMutation, DeleteInvitationMutationVariables>;
export const RevokeInvitationDocument = {
  __meta__: { hash: 'sha256:f805e958fc3f603cc02cafa70d4a51581f26a0e65d89ac8bef3ebc2b57d745ce' },
} as unknown as TypedDocumentString<RevokeInvitationMutation, RevokeInvitationMutationVariables>;
export const RenewInvitationLinkDocument = {
  __meta__: { hash: 'sha256:b3d5d22cc305b90a295fda3da32ebf71e66a0ce1a5f45c0421bd8a61aa7aecf2' },
} as unknown as TypedDocumentString<RenewInvitationLinkMutation, RenewInvitationLinkMutationVariables>;
export const CopyInvitationLinkDocument = {
  __meta__: { hash: 'sha256:3f811f84ef5bc3f90dc6c371f532cc9056c551ff437467f33aab9d261defca29' },
} as unknown as TypedDocumentString<CopyInvitationLinkMutation, CopyInvitationLinkMutationVariables>;
export const ViewerDocument = {
  __meta__: { hash: 'sha256:12b5dffb47d196437401bbc4514344b6d3aa8d8fa95de01dcbf420212b93344a' },
} as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = {
  __meta__: { hash: 'sha256:60f45fae772d4ca90f21d94d908494c676c13c18cacff7ef67807e8f2484397c' },
} as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const AcceptStaffInvitationDocument = {
  __meta__: { hash: 'sha256:6a46eb8658236d2fe95a4405a1764467bcaf41d010b0e6e9c2d979172f46d9a2' },
} as unknown as TypedDocumentString<AcceptStaffInvitationMutation, AcceptStaffInvitationMutationVariables>;
export const RequestPasswordResetDocument = {
  __meta__: { hash: 'sha256:2e1c889a0856d00ff1b6f9d151432171a6c3c1e2b8e58179c2b862f775c78207' },
} as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = {
  __meta__: { hash: 'sha256:e8b32489e76b3b49912bc05f4a550f168169f9be435a59ad6c9f6215b8650842' },
} as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const SetupDocument = {
  __meta__: { hash: 'sha256:7eb419e8abd423d96b3ff14db06b4c3d1d22693e3316c7749181f73ff454c145' },
} as unknown as TypedDocumentString<SetupQuery, SetupQueryVariables>;
export const StartSetupDocument = {
  __meta__: { hash: 'sha256:db3d78807363cd8fa870846ab0352a290ddca31b7998e63f191da59a7b016a3b' },
} as unknown as TypedDocumentString<StartSetupMutation, StartSetupMutationVariables>;
export const SubmitSetupDocument = {
  __meta__: { hash: 'sha256:638bd985cadb056205a79f571e6b185f43a0a86ca8f107cf053e0a8eef38467b' },
} as unknown as TypedDocumentString<SubmitSetupMutation, SubmitSetupMutationVariables>;
