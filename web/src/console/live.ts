// Live updates over Server-Sent Events. Where the connection ends, the library makes it anew, and the first answer is the state as it
// is then: nothing is missed that still matters.
import { useDocumentVisibility } from '@mantine/hooks';
import { createClient, type RequestParams } from 'graphql-sse';
import { useEffect, useState } from 'react';

import type { TypedDocumentString } from '../gql/graphql';

const client = createClient({ url: '/graphql', credentials: 'same-origin', retryAttempts: 20 });

/**
 * What the subscription answered last; null before its first answer. `id` null: none is asked for. Tabs that nobody looks at listen to
 * nothing: browsers open six connections to one server and no more, unless it speaks HTTP/2.
 */
export function useLive<T>(document: TypedDocumentString<T, { id: string }>, id: string | null): T | null {
  const [held, setHeld] = useState<{ id: string; answer: T } | null>(null);
  const seen = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (id === null || !seen) return;
    // The server knows the document by its hash, which the library does not look at.
    const request = {
      documentId: document.__meta__?.['hash'] as string,
      variables: { id },
    } as unknown as RequestParams;
    return client.subscribe<T>(request, {
      next: ({ data }) => data && setHeld({ id, answer: data }),
      error: () => {}, // what polls beside it goes on
      complete: () => {},
    });
  }, [document, id, seen]);
  return held && held.id === id ? held.answer : null;
}
