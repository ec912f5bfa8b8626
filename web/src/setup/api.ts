// The operations of the page. What a person can mend comes back as an answer; whatever else went wrong is a Trouble.
import {
  type Language,
  type PaymentMethodType,
  SetupDocument,
  type SetupQuery,
  StartSetupDocument,
  type StartSetupMutation,
  SubmitSetupDocument,
  type SubmitSetupInput,
  type SubmitSetupMutation,
  type TypedDocumentString,
} from '../gql/graphql';

export type Setup = NonNullable<SetupQuery['setup']>;
export type Offer = NonNullable<Setup['offer']>;
export type Quote = Offer['card'];
export type Amount = Quote['total'];
export type Refusal = SubmitSetupMutation['submitSetup']['userErrors'][number];

/**
 * No answer that can be used: `unreachable` where none came, `failed` where the server could not do it. `said` is what the server
 * says of it to the person, `code` what it calls it; both are empty where it has nothing to say.
 */
export class Trouble extends Error {
  constructor(
    readonly kind: 'unreachable' | 'failed',
    message: string,
    readonly said = '',
    readonly code = '',
  ) {
    super(message);
  }
}

/** What either start would mean with one way to pay. */
export const startsBy = (offer: Offer, type: PaymentMethodType) =>
  (type === 'CARD' ? null : offer.achStarts) ?? offer.starts;

const patience = 40_000; // a little more than the server's own

/** Every request may be repeated: the server answers a repetition like the first. */
export const api = {
  /** Null for a token that was never given out. */
  setup: async (token: string, language: Language): Promise<Setup | null> =>
    (await ask(SetupDocument, { token, language })).setup,

  start: async (token: string, method: PaymentMethodType): Promise<StartSetupMutation['startSetup']> =>
    (await ask(StartSetupDocument, { input: { token, method } })).startSetup,

  submit: async (input: SubmitSetupInput): Promise<SubmitSetupMutation['submitSetup']> =>
    (await ask(SubmitSetupDocument, { input })).submitSetup,
};

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Asks the API for one of the documents that it was built with. */
export async function ask<T, V>(operation: TypedDocumentString<T, V>, variables: V): Promise<T> {
  const answer = await post<Answer<T>>(
    '/graphql',
    'application/json',
    JSON.stringify({ documentId: operation.__meta__?.['hash'] as string, variables }),
  );
  if (answer.errors?.length || !answer.data) {
    const error = answer.errors?.[0];
    throw new Trouble('failed', error?.message ?? 'The answer holds no data.', '', error?.extensions?.code);
  }
  return answer.data;
}

/** Posts and reads JSON, whatever the status: both our API and Stripe's say in the body what is wrong. */
export async function post<T>(url: string, contentType: string, body: string): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': contentType },
      body,
      signal: AbortSignal.timeout(patience),
    });
    text = await response.text();
  } catch (cause) {
    throw new Trouble('unreachable', String(cause));
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Trouble('failed', `The server answered ${response.status} and no JSON.`);
  }
}
