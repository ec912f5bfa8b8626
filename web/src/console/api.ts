// How the console asks: answers are kept by document and variables, and asked for anew where an act may have changed them.
import {
  infiniteQueryOptions,
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
} from '@tanstack/react-query';

import { type TypedDocumentString, ViewerDocument } from '../gql/graphql';
import { Trouble } from '../shared/ask';
import { take } from './ahead';

/** The sign-in has ended: whoever looks at the page is asked to come in again, and goes on where they were. */
function signedOut(error: Error) {
  if (error instanceof Trouble && error.code === 'UNAUTHENTICATED')
    void answers.invalidateQueries({ queryKey: [hash(ViewerDocument)] });
}

export const answers: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: signedOut }),
  mutationCache: new MutationCache({ onError: signedOut }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (times, error) => times < 2 && error instanceof Trouble && error.kind === 'unreachable',
    },
  },
});

/** Stands for a document, in the keys of what is held. */
export const hash = <T, V>(document: TypedDocumentString<T, V>) => document.__meta__?.['hash'] as string;

/** Nobody is signed in any more: what stands beneath the question to come in again rests. */
export function isOut() {
  const held = answers.getQueryData(asked(ViewerDocument, {}).queryKey);
  return held !== undefined && !held.viewer?.staff;
}

/** For useSyncExternalStore, with isOut. */
export const watchIn = (changed: () => void) => answers.getQueryCache().subscribe(changed);

/** Asks for what a page shows. While nobody is signed in, it waits for that: the server would answer nothing else. */
export async function look<T, V>(document: TypedDocumentString<T, V>, variables: V): Promise<T> {
  if (hash(document) !== hash(ViewerDocument) && isOut())
    await new Promise<void>((resolve) => {
      const stop = watchIn(() => {
        if (isOut()) return;
        stop();
        resolve();
      });
    });
  return take(document, variables);
}

/** For useQuery: what the document answers with these variables. */
export const asked = <T, V>(document: TypedDocumentString<T, V>, variables: V) =>
  queryOptions({ queryKey: [hash(document), variables], queryFn: () => look(document, variables) });

interface Page {
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** For useInfiniteQuery: a connection, page by page. What was there stays until what is asked for now has come. */
export const paged = <T, V extends { after?: string | null | undefined }>(
  document: TypedDocumentString<T, V>,
  variables: V,
  connection: (answer: T) => Page,
) =>
  infiniteQueryOptions({
    queryKey: [hash(document), 'pages', variables],
    queryFn: ({ pageParam }) => look(document, { ...variables, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => {
      const { hasNextPage, endCursor } = connection(last).pageInfo;
      return hasNextPage ? (endCursor ?? null) : null;
    },
    placeholderData: keepPreviousData,
  });

/** Asks anew for whatever is on the screen, after an act; who is signed in no act changes. */
export const stale = () =>
  answers.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== hash(ViewerDocument) });

/** What a mutation refused, by the last part of the field's path; what belongs to no field stands under ''. */
export type Refusals = Record<string, string>;

export interface UserError {
  field?: readonly string[] | null;
  message: string;
}

export function refusals(errors: readonly UserError[]): Refusals {
  const by: Refusals = {};
  for (const { field, message } of errors) {
    const name = field?.join('.') ?? '';
    by[name] = by[name] ? `${by[name]} ${message}` : message;
  }
  return by;
}

/** In words for whoever looks at the page. */
export function said(error: unknown): string {
  if (!(error instanceof Trouble)) return 'Something went wrong on this page. Reload it and try again.';
  if (error.kind === 'unreachable')
    return 'The server could not be reached. Check the connection and try again.';
  return error.message;
}
