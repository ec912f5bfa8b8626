import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type TypedDocumentString, ViewerDocument } from '../gql/graphql';

interface Answer {
  batch: { done: number; finished: boolean };
}

const document = { __meta__: { hash: 'progress' } } as unknown as TypedDocumentString<Answer, { id: string }>;
const isOver = ({ batch }: Answer) => batch.finished;

/** A server that answers one thing to whoever begins to listen, and then ends the stream, as one does that is being replaced. */
function serve(answers: object[]) {
  let asked = 0;
  const fetched = vi.fn(() => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    return Promise.resolve(
      new Response(`event: next\ndata: ${JSON.stringify(answer)}\n\nevent: complete\n\n`),
    );
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const at = (done: number, finished = false) => ({ data: { batch: { done, finished } } });
const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe('live updates', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.resetModules(); // the library takes the page's fetch when it is loaded
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const listen = async (over?: (answer: Answer) => boolean) => {
    const { useLive } = await import('./live');
    return renderHook(() => useLive(document, 'bat_1', over));
  };

  it('are asked for again where the server ends them', async () => {
    const fetched = serve([at(1), at(2)]);
    const { result } = await listen(isOver);
    await later(0);
    expect(result.current?.batch.done).toBe(1);
    await later(2_900);
    expect(fetched).toHaveBeenCalledTimes(1); // it is given time
    await later(3_100);
    expect(result.current?.batch.done).toBe(2);
  });

  it('are not asked for again once it is over', async () => {
    const fetched = serve([at(1), at(2, true)]);
    const { result } = await listen(isOver);
    await later(60_000);
    expect(result.current?.batch).toEqual({ done: 2, finished: true });
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('are not asked for again once nobody listens', async () => {
    const fetched = serve([at(1)]);
    const { unmount } = await listen();
    await later(0);
    unmount();
    await later(60_000);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('go on after a refusal, which a sign-in may have mended', async () => {
    serve([{ data: null, errors: [{ message: 'Sign in.' }] }, at(3)]);
    const { result } = await listen();
    await later(0);
    expect(result.current).toBeNull();
    await later(12_000);
    expect(result.current?.batch.done).toBe(3);
  });

  it('come back within seconds where the line was cut for long, and at once where it is back', async () => {
    let cut = true;
    const fetched = vi.fn(() =>
      cut
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve(new Response(`event: next\ndata: ${JSON.stringify(at(4))}\n\n`)),
    );
    vi.stubGlobal('fetch', fetched);
    const { result } = await listen();
    await later(1_800_000);
    const before = fetched.mock.calls.length;
    await later(60_000);
    expect(fetched.mock.calls.length - before).toBeGreaterThanOrEqual(4);
    cut = false;
    act(() => void window.dispatchEvent(new Event('online')));
    await later(0);
    expect(result.current?.batch.done).toBe(4);
  });

  it('rest while nobody is signed in', async () => {
    const fetched = serve([at(1)]);
    const { useLive } = await import('./live');
    const { answers, asked } = await import('./api');
    const viewer = { staff: { id: 'sta_1' }, locations: [] };
    const stand = (as: object | null) =>
      act(async () => {
        answers.setQueryData(asked(ViewerDocument, {}).queryKey, { viewer: as } as never);
        await vi.advanceTimersByTimeAsync(0);
      });
    await stand(null);
    renderHook(() => useLive(document, 'bat_1'));
    await later(120_000);
    expect(fetched).not.toHaveBeenCalled();
    await stand(viewer);
    expect(fetched).toHaveBeenCalledTimes(1);
    await stand(null);
    await later(120_000);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('are asked for ever more seldom where nothing comes of it', async () => {
    const fetched = serve([{ data: null, errors: [{ message: 'Sign in.' }] }]);
    await listen();
    await later(3_600_000);
    expect(fetched.mock.calls.length).toBeLessThan(90); // where 6 s each would be 600
    expect(fetched.mock.calls.length).toBeGreaterThan(30);
  });
});
