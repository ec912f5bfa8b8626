import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import { createElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { answers } from '../api';
import { type Batch, useBatch } from './progress';

let live: Batch | null;
vi.mock('../live', () => ({ useLive: () => live && { batchProgressed: live } }));

const aBatch = (change: Partial<Batch> = {}): Batch => ({
  id: 'bat_1',
  kind: 'SEND',
  channel: 'SMS',
  option: null,
  total: 500,
  succeeded: 100,
  skipped: 0,
  failed: 0,
  pending: 400,
  state: 'RUNNING',
  stateReason: '',
  createdAt: '2026-11-28T17:00:00Z',
  startedBy: { name: 'Ann' },
  retryOf: null,
  finishedAt: null,
  reasons: [],
  canCancel: true,
  canRetry: false,
  ...change,
});

const finished = {
  state: 'FINISHED',
  pending: 0,
  finishedAt: '2026-11-28T17:01:00Z',
  canCancel: false,
} as const;
const unknown = { outcome: 'FAILED', reason: 'UNKNOWN', message: 'Nobody knows', count: 1 } as const;

let served: Batch;
let asked: number;
const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

const look = () =>
  renderHook(() => useBatch('bat_1'), {
    wrapper: ({ children }) => createElement(QueryClientProvider, { client: answers }, children),
  });

beforeEach(() => {
  live = null;
  asked = 0;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => {
    asked++;
    return Promise.resolve(Response.json({ data: { batch: served } }));
  });
});
afterEach(() => {
  cleanup();
  answers.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the report of a batch', () => {
  it('takes a polled cancel although the last live look has as much pending', async () => {
    served = aBatch();
    live = aBatch();
    const { result } = look();
    await later(0);
    expect(result.current.batch?.canCancel).toBe(true);
    served = aBatch({ state: 'CANCELED', canCancel: false }); // and the stream has broken: nothing live follows
    await later(3_500);
    expect(result.current.batch?.state).toBe('CANCELED');
    expect(result.current.batch?.canCancel).toBe(false);
  });

  it('takes a live look that comes after a polled one', async () => {
    served = aBatch();
    const { result, rerender } = look();
    await later(0);
    live = aBatch({ succeeded: 300, pending: 200 });
    rerender();
    await later(0);
    expect(result.current.batch?.succeeded).toBe(300);
  });

  it('shows what an unknown text turned out to be after the end, and then rests', async () => {
    served = aBatch({ ...finished, succeeded: 499, failed: 1, reasons: [unknown] });
    live = served;
    const { result } = look();
    await later(0);
    expect(result.current.batch?.failed).toBe(1);
    served = aBatch({ ...finished, succeeded: 500, failed: 0 });
    await later(31_000);
    expect(result.current.batch?.failed).toBe(0);
    const before = asked;
    await later(300_000);
    expect(asked).toBe(before);
  });

  it('shows emails that the provider could not send after all, for a while', async () => {
    const now = new Date().toISOString();
    served = aBatch({ ...finished, channel: 'EMAIL', finishedAt: now, succeeded: 500, failed: 0 });
    live = served;
    const { result } = look();
    await later(0);
    served = aBatch({ ...finished, channel: 'EMAIL', finishedAt: now, succeeded: 499, failed: 1 });
    await later(31_000);
    expect(result.current.batch?.failed).toBe(1);
    await later(15 * 60_000);
    const before = asked;
    await later(300_000);
    expect(asked).toBe(before);
  });
});
