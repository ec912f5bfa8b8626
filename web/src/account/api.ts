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
  type TypedDocumentString,
} from '../gql/graphql';
import { ask as askAnybody, Trouble } from '../shared/ask';
import type { Started } from '../shared/paying';

export type Account = NonNullable<NonNullable<AccountQuery['viewer']>['tenant']>;
export type Reservation = Account['reservations'][number];

type Refusals = readonly { message: string }[];

/** Throws what the server said where it refused, or has nothing to show for it. */
function refused(refusals: Refusals): never {
  const said = refusals.map((each) => each.message).join(' ');
  throw new Trouble('failed', said, said);
}

let signedOut = () => {};

/** Is told where the sign-in has ended meanwhile. Answers what ends the listening. */
export function onSignedOut(act: () => void): () => void {
  signedOut = act;
  return () => (signedOut = () => {});
}

async function ask<T, V>(operation: TypedDocumentString<T, V>, variables: V): Promise<T> {
  try {
    return await askAnybody(operation, variables);
  } catch (e) {
    if (e instanceof Trouble && e.code === 'UNAUTHENTICATED') signedOut();
    throw e;
  }
}

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
    return clientSecret && publishableKey ? { clientSecret, publishableKey } : refused(userErrors);
  },

  /** Repeated with the same SetupIntent it answers the same. */
  change: async (
    reservationId: string,
    setupIntentId: string,
    acceptMandate: boolean,
    language: Language,
  ): Promise<Account> => {
    const input = { reservationId, setupIntentId, acceptMandate, language };
    const { account, userErrors } = (await ask(ChangePaymentMethodDocument, { input, language }))
      .changePaymentMethod;
    return account && userErrors.length === 0 ? account : refused(userErrors);
  },

  /** Null where it is no address. */
  requestEmail: async (email: string, language: Language): Promise<Account | null> => {
    const { account, userErrors } = (await ask(RequestEmailChangeDocument, { input: { email }, language }))
      .requestEmailChange;
    return userErrors.length > 0 ? null : (account ?? null);
  },
};
