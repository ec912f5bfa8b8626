import type { Fetcher } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql';

/** Sends an operation to the API with the cookie that signIn set. Introspection needs no sign-in. */
export const fetcher: Fetcher = async (operation, options) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(operation),
  });
  return (await response.json()) as ExecutionResult;
};
