// The list of sessions at a location.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import documents from '../../documents.json';
import { answers } from '../console/api';
import type { SessionRowFragment, SessionStage } from '../gql/graphql';
import { readListSearch } from './search';
import { Sessions } from './sessions';
import { theme } from './theme';

const live = vi.hoisted((): { tell: (news: unknown) => void } => ({ tell: () => {} }));
vi.mock('../console/live', async () => {
  const { useState } = await import('react');
  return {
    useLive() {
      const [held, hold] = useState<unknown>(null);
      live.tell = hold;
      return held;
    },
  };
});

afterEach(() => {
  cleanup();
  answers.clear();
  vi.unstubAllGlobals();
});

const row = (plate: string, stage: SessionStage = 'PRE_GATE'): SessionRowFragment => ({
  id: `ses_${plate}`,
  stage,
  plate,
  rfid: '',
  gate: 'Gate 2',
  openedBy: null,
  openedAt: '2026-11-28T17:00:00Z',
  migration: null,
});

type Asked = { stages: SessionStage[] | null; after: string | null };
type Page = { nodes: SessionRowFragment[]; next?: string };

/** Answers pages of the list. */
function serve(page: (asked: Asked) => Page) {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (_: string, request: { body: string }) => {
    await Promise.resolve();
    const { documentId, variables } = JSON.parse(request.body) as {
      documentId: keyof typeof documents;
      variables: Asked;
    };
    if (/query Counters/.test(documents[documentId]))
      return Response.json({ data: { counterLocations: [{ id: 'loc_1', name: 'Denver' }] } });
    asked.push(variables);
    const { nodes, next } = page(variables);
    const pageInfo = { hasNextPage: next !== undefined, endCursor: next ?? null };
    return Response.json({ data: { sessions: { nodes, pageInfo } } });
  });
  return asked;
}

function open(at = '/') {
  const root = createRootRoute();
  const list = createRoute({
    getParentRoute: () => root,
    path: '/',
    validateSearch: readListSearch,
    component: Sessions,
  });
  const one = createRoute({ getParentRoute: () => root, path: '/sessions/$id', component: () => 'One' });
  const router = createRouter({
    routeTree: root.addChildren([list, one]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={answers}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

describe('the sessions', () => {
  it('go on behind the first hundred', async () => {
    const asked = serve(({ after }) =>
      after ? { nodes: [row('OLD1')] } : { nodes: [row('NEW1')], next: 'c1' },
    );
    open();
    await screen.findByText('NEW1');
    fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    await screen.findByText('OLD1');
    screen.getByText('NEW1');
    expect(asked.at(-1)).toMatchObject({ after: 'c1', stages: null });
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('of a stage are asked for by it', async () => {
    const asked = serve(({ stages }) => ({ nodes: stages ? [row('LEFT1', 'MIGRATING')] : [] }));
    open('/?stage=MIGRATING');
    await screen.findByText('LEFT1');
    expect(asked.at(-1)).toMatchObject({ stages: ['MIGRATING'] });
  });

  it('are what the news say, and asked for where the news hold not all', async () => {
    const asked = serve(() => ({ nodes: [row('HELD1')] }));
    open();
    await screen.findByText('HELD1');
    act(() => live.tell({ openSessionsChanged: [row('NEWS1')] }));
    await screen.findByText('NEWS1');
    expect(asked).toHaveLength(1);
    act(() => live.tell({ openSessionsChanged: Array.from({ length: 100 }, (_, i) => row(`N${i}`)) }));
    await screen.findByText('HELD1');
    expect(asked).toHaveLength(2);
  });
});
