// The operations of the page. What a person can mend comes back as an answer; whatever else went wrong is a Trouble.
import {
  AccountDocument,
  type AccountQuery,
  ChangePaymentMethodDocument,
  type Language,
  type PaymentMethodType,
  RequestEmailChangeDocument,
  RequestSignInLinkDocument,
  SignInWithLinkDocument,
  SignOutDocument,
  StartMethodChangeDocument,
} from '../gql/graphql';
import { ask, Trouble } from '../setup/api';
import type { Started } from '../setup/paying';

export type Account = NonNullable<NonNullable<AccountQuery['viewer']>['tenant']>;
export type Reservation = Account['reservations'][number];

type Refusals = readonly { message: string }[];

/** What a refusal says, or "" where there is none. */
const said = (refusals: Refusals) => refusals.map((each) => each.message).join(' ');

export const api = {
  /** Null where nobody is signed in. */
  account: async (language: Language): Promise<Account | null> =>
    (await ask(AccountDocument, { language })).viewer?.tenant ?? null,

  /** True where the address is one; whether anybody has it is not said. */
  requestLink: async (email: string, language: Language): Promise<boolean> =>
    (await ask(RequestSignInLinkDocument, { input: { email, language } })).requestSignInLink.userErrors
      .length === 0,

  /** Null where the link opens nothing (any more). */
  signIn: async (token: string, language: Language): Promise<Account | null> =>
    (await ask(SignInWithLinkDocument, { input: { token }, language })).signInWithLink.viewer?.tenant ?? null,

  signOut: async (): Promise<void> => void (await ask(SignOutDocument, {})),

  startChange: async (reservationId: string, method: PaymentMethodType): Promise<Started> => {
    const { clientSecret, publishableKey, userErrors } = (
      await ask(StartMethodChangeDocument, { input: { reservationId, method } })
    ).startMethodChange;
    if (!clientSecret || !publishableKey) throw new Trouble('failed', said(userErrors));
    return { clientSecret, publishableKey };
  },

  /** Null where the method cannot be used. Repeated with the same SetupIntent it answers the same. */
  change: async (
    reservationId: string,
    setupIntentId: string,
    acceptMandate: boolean,
    language: Language,
  ): Promise<Account | null> => {
    const input = { reservationId, setupIntentId, acceptMandate, language };
    const { account, userErrors } = (await ask(ChangePaymentMethodDocument, { input, language }))
      .changePaymentMethod;
    return userErrors.length > 0 ? null : (account ?? null);
  },

  /** Null where it is no address. */
  requestEmail: async (email: string, language: Language): Promise<Account | null> => {
    const { account, userErrors } = (await ask(RequestEmailChangeDocument, { input: { email }, language }))
      .requestEmailChange;
    return userErrors.length > 0 ? null : (account ?? null);
  },
};
