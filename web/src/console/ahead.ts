// What is asked of the API before the scripts are there that want it.
import type { TypedDocumentString } from '../gql/graphql';
import { ask } from '../shared/ask';

/** How long an answer counts as new, from when it came. */
const fresh = 20_000;

const sent = new Map<string, Promise<unknown>>();

const named = <T, V>(document: TypedDocumentString<T, V>, variables: V) =>
  JSON.stringify([document.__meta__?.['hash'], variables]);

export function sendAhead<T, V>(document: TypedDocumentString<T, V>, variables: V) {
  const name = named(document, variables);
  const answer = ask(document, variables);
  sent.set(name, answer);
  void answer
    .catch(() => {}) // whoever takes it asks anew
    .finally(() => setTimeout(() => sent.delete(name), fresh));
}

/** Answers what was asked for ahead, to the first who wants it. Where nothing came of that, as before the sign-in, it asks. */
export function take<T, V>(document: TypedDocumentString<T, V>, variables: V): Promise<T> {
  const name = named(document, variables);
  const answer = sent.get(name) as Promise<T> | undefined;
  if (!answer) return ask(document, variables);
  sent.delete(name);
  return answer.catch(() => ask(document, variables));
}
