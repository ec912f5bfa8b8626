// One way to the API for every page. Whatever gives no answer that can be used is a Trouble.
import type { TypedDocumentString } from '../gql/graphql';

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

const patience = 40_000; // a little more than the server's own

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
