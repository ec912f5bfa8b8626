import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { answers } from '../api';
import type { Batch } from './progress';
import { Running } from './running';

vi.mock('../live', () => ({ useLive: () => null }));

const aBatch = (done: number): Batch => ({
  id: 'bat_1',
  kind: 'SEND',
  channel: 'EMAIL',
  option: null,
  total: 500,
  succeeded: done,
  skipped: 0,
  failed: 0,
  pending: 500 - done,
  state: done === 500 ? 'FINISHED' : 'RUNNING',
  stateReason: '',
  createdAt: '2026-11-28T17:00:00Z',
  startedBy: { name: 'Ann' },
  retryOf: null,
  finishedAt: done === 500 ? '2026-11-28T17:01:00Z' : null,
  reasons: [],
  canCancel: true,
  canRetry: false,
});

let done: number;
let asked: number;
const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

async function open() {
  const root = createRootRoute({ component: () => <Running begun={aBatch(done)} onClose={() => {}} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  const page = render(
    <MantineProvider env="test">
      <QueryClientProvider client={answers}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await later(0);
  return page;
}

beforeEach(() => {
  done = 100;
  asked = 0;
  vi.useFakeTimers();
  window.scrollTo = () => {};
  vi.stubGlobal('fetch', () => {
    asked++;
    return Promise.resolve(Response.json({ data: { batch: aBatch(done) } }));
  });
});
afterEach(() => {
  cleanup();
  answers.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('takes the keyboard, whose button has gone', async () => {
  await open();
  expect(document.activeElement).toBe(screen.getByRole('status'));
});

it('that was closed early brings the lists up to date once the act is over, and then rests', async () => {
  const { unmount } = await open();
  const lists = vi.spyOn(answers, 'invalidateQueries');
  unmount();
  await later(20_000);
  expect(lists).not.toHaveBeenCalled();
  done = 500;
  await later(10_000);
  expect(lists).toHaveBeenCalledTimes(1);
  const before = asked;
  await later(60_000);
  expect(asked).toBe(before);
});

it('that was seen to its end looks after nothing', async () => {
  done = 500;
  const { unmount } = await open();
  await later(10_000);
  unmount();
  const before = asked;
  await later(60_000);
  expect(asked).toBe(before);
});
