// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { TypedDocumentString } from '../../gql/graphql';
import { answers } from '../api';
import { useRows } from './rows';

const total = 2_050; // twenty pages, and half of one

interface Asked {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

/** Row i of the list is "i", and a cursor is the row it stands after or before. */
function answer({ first, after, last, before }: Asked) {
  const begin = before ? Number(before) - last! : after ? Number(after) + 1 : 0;
  const end = before ? Number(before) : Math.min(total, begin + first!);
  const nodes = Array.from({ length: end - begin }, (_, i) => ({ id: String(begin + i) }));
  return {
    nodes,
    pageInfo: {
      hasNextPage: end < total,
      hasPreviousPage: begin > 0,
      startCursor: nodes[0]!.id,
      endCursor: nodes.at(-1)!.id,
    },
  };
}

type Answer = { list: ReturnType<typeof answer> };

const document = { __meta__: { hash: 'rows' } } as unknown as TypedDocumentString<Answer, Asked>;
const of = ({ list }: Answer) => list;
const within = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={answers}>{children}</QueryClientProvider>
);

describe('rows', () => {
  let asked = 0;
  let forwardAlone = false;

  beforeEach(() => {
    asked = 0;
    forwardAlone = false;
    vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
      asked++;
      const { variables } = JSON.parse(body) as { variables: Asked };
      const { nodes, pageInfo } = answer(variables);
      if (forwardAlone) expect(variables).not.toHaveProperty('before');
      const info = forwardAlone ? { ...pageInfo, startCursor: undefined } : pageInfo;
      return Promise.resolve(Response.json({ data: { list: { nodes, pageInfo: info } } }));
    });
  });

  afterEach(() => {
    answers.clear();
    vi.unstubAllGlobals();
  });

  const open = async () => {
    const { result } = renderHook(() => useRows(document, {}, of), { wrapper: within });
    await waitFor(() => expect(result.current.rows).toHaveLength(100));
    const go = async (how: 'forward' | 'back', first: number, last: number) => {
      act(() => result.current[how]());
      await waitFor(() => {
        expect(result.current.rows[0]?.id).toBe(String(first));
        expect(result.current.rows.at(-1)?.id).toBe(String(last));
      });
      expect(result.current.from).toBe(first); // each row is at its place, whatever was let go
    };
    return { result, go };
  };

  it('are twelve pages at most, each at its place, forward to the end and back to the beginning', async () => {
    const { result, go } = await open();
    for (let page = 1; page <= 20; page++)
      await go('forward', Math.max(0, page - 11) * 100, Math.min(total, (page + 1) * 100) - 1);
    expect(result.current.hasMore).toBe(false);
    for (let page = 8; page >= 0; page--) await go('back', page * 100, page * 100 + 1_199);
  });

  it('go back by the way they came where the API reads forward alone', async () => {
    forwardAlone = true;
    const { go } = await open();
    for (let page = 1; page <= 15; page++) await go('forward', Math.max(0, page - 11) * 100, page * 100 + 99);
    for (let page = 3; page >= 0; page--) await go('back', page * 100, page * 100 + 1_199);
    await go('forward', 100, 1_299);
  });

  it('are asked for anew no further than they are held', async () => {
    const { go } = await open();
    for (let page = 1; page <= 15; page++) await go('forward', Math.max(0, page - 11) * 100, page * 100 + 99);
    asked = 0;
    await act(() => answers.invalidateQueries());
    expect(asked).toBe(12);
  });
});
