// Live updates over Server-Sent Events. Where the connection breaks, or the server ends it, as it does when it is replaced by a newer one, it is
// asked for again. The first answer is the state as it is then: nothing is missed that still matters.
import { useDocumentVisibility } from '@mantine/hooks';
import { createClient, type RequestParams } from 'graphql-sse';
import { useEffect, useState, useSyncExternalStore } from 'react';

import type { TypedDocumentString } from '../gql/graphql';
import { isOut, watchIn } from './api';

// The library makes no connection anew by itself: its pauses double without an end, and what was cut for an hour would come back hours later.
const client = createClient({ url: '/graphql', credentials: 'same-origin', retryAttempts: 0 });

/**
 * The pause before it is asked for again: not the same for all who lost their server at once, and longer each time that nothing came of it,
 * as where the sign-in has ended.
 */
const pause = (inVain: number) => (3_000 + Math.random() * 3_000) * 2 ** Math.min(inVain, 4);

/**
 * What the subscription answered last; null before its first answer. `id` null: none is asked for. `over`, which must be the same function
 * each time, says of an answer that none follows it. Tabs that nobody looks at listen to nothing: browsers open six connections to one
 * server and no more, unless it speaks HTTP/2. Nor do pages whose sign-in has ended, until somebody is in again.
 */
export function useLive<T>(
  document: TypedDocumentString<T, { id: string }>,
  id: string | null,
  over?: (answer: T) => boolean,
): T | null {
  const [held, setHeld] = useState<{ id: string; answer: T } | null>(null);
  const seen = useDocumentVisibility() === 'visible';
  const out = useSyncExternalStore(watchIn, isOut);
  useEffect(() => {
    if (id === null || !seen || out) return;
    // The server knows the document by its hash, which the library does not look at.
    const request = {
      documentId: document.__meta__?.['hash'] as string,
      variables: { id },
    } as unknown as RequestParams;
    let last: T | null | undefined;
    let left = false;
    let inVain = 0;
    let waiting: ReturnType<typeof setTimeout>;
    let cut = false;
    let leave = () => {};
    const listen = () => {
      clearTimeout(waiting);
      cut = false;
      leave = client.subscribe<T>(request, {
        next: ({ data }) => {
          last = data;
          inVain = data ? 0 : inVain + 1;
          if (data) setHeld({ id, answer: data });
        },
        error: () => {
          // What polls beside it goes on.
          if (left) return;
          cut = true;
          waiting = setTimeout(listen, pause(Math.min(inVain++, 1))); // twelve seconds at most: whoever comes back finds it soon
        },
        complete: () => {
          if (!left && !(last && over?.(last))) waiting = setTimeout(listen, pause(inVain));
        },
      });
    };
    const back = () => cut && listen();
    window.addEventListener('online', back);
    listen();
    return () => {
      left = true;
      window.removeEventListener('online', back);
      clearTimeout(waiting);
      leave();
    };
  }, [document, id, seen, out, over]);
  return held && held.id === id ? held.answer : null;
}
