import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';

import type { Batch } from './progress';
import { useAttempt } from './attempt';

interface Input {
  clientKey: string;
  expectedCount: number;
}

type Answer = Awaited<ReturnType<Parameters<typeof useAttempt<Input>>[0]>>;

const refusal = { code: 'COUNT_CHANGED', field: ['expectedCount'], message: 'Not as many.' } as const;
const refused = { userErrors: [{ ...refusal, field: [...refusal.field] }] } as Answer;
const done = { batch: { id: 'bat_1' } as Batch, userErrors: [] } as Answer;

function attempts(...answers: (() => Promise<Answer>)[]) {
  const asked: Input[] = [];
  const begun = vi.fn();
  const ask = (input: Input) => {
    asked.push(input);
    return answers[asked.length - 1]!();
  };
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useAttempt<Input>(ask, { busy: () => {}, begun }), { wrapper });
  const settled = (times: number) =>
    waitFor(() => {
      expect(asked).toHaveLength(times);
      expect(result.current.busy).toBe(false);
    });
  return { result, asked, begun, settled };
}

test('after a lost answer the very same is asked again', async () => {
  const { result, asked, begun, settled } = attempts(
    () => Promise.reject(new Error('lost')),
    () => Promise.resolve(done),
  );
  act(() => result.current.begin({ expectedCount: 3 }));
  await settled(1);
  await waitFor(() => expect(result.current.again).not.toBeNull());
  act(() => result.current.again?.());
  await settled(2);
  expect(asked[1]).toEqual(asked[0]);
  expect(begun).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(result.current.again).toBeNull());
});

test('after a refusal the next attempt has a key of its own', async () => {
  const { result, asked, begun, settled } = attempts(
    () => Promise.resolve(refused),
    () => Promise.resolve(done),
  );
  act(() => result.current.begin({ expectedCount: 3 }));
  await settled(1);
  await waitFor(() => expect(result.current.refused).toHaveLength(1));
  expect(result.current.again).toBeNull();
  act(() => result.current.begin({ expectedCount: 4 }));
  await settled(2);
  expect(asked[1]!.clientKey).not.toBe(asked[0]!.clientKey);
  expect(begun).toHaveBeenCalledTimes(1);
});
