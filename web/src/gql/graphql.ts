/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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
  /** The link does not open a set-up (any more): unknown, expired, revoked, or used. */
  | 'LINK_CLOSED'
  /** The price or the terms have changed since they were shown. The payload holds the new ones; show them and ask again. */
  | 'QUOTE_CHANGED'
  /** The amount due today, or the date of the next charge, is not the one that was confirmed. The payload's preview holds the new one. */
  | 'TOTAL_CHANGED'
  /** Another staff member was first. The payload's submission holds who and with what. */
  | 'ALREADY_DECIDED'
  /** The payment method is not there, not the tenant's, or not usable yet. */
  | 'PAYMENT_METHOD_UNUSABLE'
  /** The client key was used before for another request. Use a new one. */
  | 'KEY_REUSED'
  /** Somebody changed it since it was read. The payload holds it as it is now; look at it and ask again. */
  | 'STALE'
  /** Not as many match as were confirmed. Nothing was done; the message says how many match now. */
  | 'COUNT_CHANGED';

export type QuoteLineKind = 'PLAN' | 'INSURANCE';

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
  /** The offer was withdrawn. */
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
};

/** When billing starts. */
export type StartOption =
  /** Charges the full month immediately, backdated to the last billing day. */
  | 'CURRENT_MONTH'
  /** No charge until the next billing day. */
  | 'NEXT_MONTH';

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
    verification: { depositArrivesOn: string | null; deadlineOn: string; url: string | null } | null;
    confirmation: {
      isPayment: boolean;
      clientSecret: string | null;
      publishableKey: string | null;
      url: string | null;
      untilOn: string;
    } | null;
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
      verification: { depositArrivesOn: string | null; deadlineOn: string; url: string | null } | null;
      confirmation: {
        isPayment: boolean;
        clientSecret: string | null;
        publishableKey: string | null;
        url: string | null;
        untilOn: string;
      } | null;
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
  verification: { depositArrivesOn: string | null; deadlineOn: string; url: string | null } | null;
  confirmation: {
    isPayment: boolean;
    clientSecret: string | null;
    publishableKey: string | null;
    url: string | null;
    untilOn: string;
  } | null;
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
    terms: { id: string; language: Language; body: string };
  } | null;
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
export const SetupViewFragmentDoc = new TypedDocumentString(
  `
    fragment SetupView on Setup {
  state
  greetingName
  locationName
  planName
  unit
  reopenedReason
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
      option
      nextChargeOn
      dueToday {
        ...Amount
      }
      nextCharge {
        ...Amount
      }
    }
    terms {
      id
      language
      body
    }
    mandate
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
export const SetupDocument = new TypedDocumentString(`
    query Setup($token: String!, $language: Language!) {
  setup(token: $token, language: $language) {
    ...SetupView
  }
}
    fragment SetupView on Setup {
  state
  greetingName
  locationName
  planName
  unit
  reopenedReason
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
      option
      nextChargeOn
      dueToday {
        ...Amount
      }
      nextCharge {
        ...Amount
      }
    }
    terms {
      id
      language
      body
    }
    mandate
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
}`) as unknown as TypedDocumentString<SetupQuery, SetupQueryVariables>;
export const StartSetupDocument = new TypedDocumentString(`
    mutation StartSetup($input: StartSetupInput!) {
  startSetup(input: $input) {
    clientSecret
    publishableKey
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<StartSetupMutation, StartSetupMutationVariables>;
export const SubmitSetupDocument = new TypedDocumentString(`
    mutation SubmitSetup($input: SubmitSetupInput!) {
  submitSetup(input: $input) {
    setup {
      ...SetupView
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment SetupView on Setup {
  state
  greetingName
  locationName
  planName
  unit
  reopenedReason
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
      option
      nextChargeOn
      dueToday {
        ...Amount
      }
      nextCharge {
        ...Amount
      }
    }
    terms {
      id
      language
      body
    }
    mandate
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
}
fragment Refusal on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<SubmitSetupMutation, SubmitSetupMutationVariables>;
