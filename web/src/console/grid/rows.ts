// The rows of a list of any length, a window of pages at a time: what was scrolled past is let go and fetched again on the way back, so
// that neither memory nor asking anew after an act grows with how far one has scrolled.
import { hashKey, infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

import type { TypedDocumentString } from '../../gql/graphql';
import { answers, hash, look } from '../api';
import { type At, type Ends, ends, first, perPage } from './ends';

const mostPages = 12;

interface Connection<Row> {
  nodes: Row[];
  pageInfo: {
    hasNextPage: boolean;
    /** None where the list is read forward alone. */
    startCursor?: string | null;
    endCursor?: string | null;
  };
}

export interface Rows<Row> {
  /** Stands for what was asked for: filter and order. */
  query: string;
  /** Those that are held; the first of them is the `from`th of the list. */
  rows: Row[];
  from: number;
  hasMore: boolean;
  /** They are of what was asked for before; what is asked for now has not come. */
  old: boolean;
  pending: boolean;
  fetching: boolean;
  error: Error | null;
  forward: () => void;
  back: () => void;
  /** Lets all go and begins anew. */
  start: () => void;
  again: () => void;
}

interface Options {
  /** How often to look again, in milliseconds, while no more than a page is held. */
  every?: number;
}

const pages = <T, V, Row>(
  document: TypedDocumentString<T, V>,
  variables: Omit<V, keyof Ends>,
  of: (answer: T) => Connection<Row>,
) =>
  infiniteQueryOptions({
    queryKey: [hash(document), 'rows', variables],
    queryFn: ({ pageParam }) => look(document, { ...variables, ...ends(pageParam) } as V),
    initialPageParam: first,
    maxPages: mostPages,
    getNextPageParam: (last: T, _all: T[], at: At): At | null => {
      const { hasNextPage, endCursor } = of(last).pageInfo;
      return hasNextPage && endCursor ? { page: at.page + 1, after: endCursor, earlier: at } : null;
    },
    getPreviousPageParam: (first: T, _all: T[], at: At): At | null => {
      const { startCursor } = of(first).pageInfo;
      if (at.page === 0) return null;
      return startCursor ? { page: at.page - 1, before: startCursor } : (at.earlier ?? null);
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= 1,
  });

export function useRows<T, V, Row>(
  document: TypedDocumentString<T, V>,
  variables: Omit<V, keyof Ends>,
  of: (answer: T) => Connection<Row>,
  { every }: Options = {},
): Rows<Row> {
  const options = pages(document, variables, of);
  const list = useInfiniteQuery({
    ...options,
    refetchInterval: ({ state }) => (every && (state.data?.pages.length ?? 0) <= 1 ? every : false),
  });
  const { data, fetchNextPage, fetchPreviousPage, refetch } = list;
  const rows = useMemo(() => data?.pages.flatMap((page) => of(page).nodes) ?? [], [data]);
  return {
    query: hashKey(options.queryKey),
    rows,
    from: ((data?.pageParams[0] as At | undefined)?.page ?? 0) * perPage,
    hasMore: list.hasNextPage && !list.isFetchNextPageError,
    old: list.isPlaceholderData,
    pending: list.isPending,
    fetching: list.isPending || list.isPlaceholderData || list.isFetchingNextPage,
    error: list.error,
    forward: useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]),
    back: useCallback(() => void fetchPreviousPage({ cancelRefetch: false }), [fetchPreviousPage]),
    start: () => void answers.resetQueries({ queryKey: options.queryKey, exact: true }),
    again: useCallback(() => void refetch(), [refetch]),
  };
}
