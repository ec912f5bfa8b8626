// For tests: the API as a table of answers, and what stands around a part of the console.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';

import type { TypedDocumentString } from '../gql/graphql';
import { answers, hash } from './api';
import { type Me, MeContext } from './shell/me';
import { theme } from './theme';

// A field that grows listens to it; the tests' page has none.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

configure({ asyncUtilTimeout: 4000 }); // other work may be on the machine

const me: Me = {
  id: 'stf_1',
  name: 'Max',
  email: 'max@example.com',
  role: 'MANAGER',
  locations: [
    { id: 'loc_denver', name: 'Denver' },
    { id: 'loc_boston', name: 'Boston' },
  ],
};

/** Shows a part of the console. What it asks that is not in the table waits for ever. */
export class Played {
  private readonly table = new Map<string, (variables: never) => unknown>();
  private readonly heard: { hash: string; variables: unknown }[] = [];

  constructor() {
    vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
      const { documentId, variables } = JSON.parse(body) as { documentId: string; variables: never };
      this.heard.push({ hash: documentId, variables });
      const answer = this.table.get(documentId) ?? (() => new Promise(() => {}));
      return new Response(JSON.stringify({ data: await answer(variables) }));
    });
  }

  on<T, V>(document: TypedDocumentString<T, V>, answer: (variables: V) => unknown): this {
    this.table.set(hash(document), answer);
    return this;
  }

  /** With what variables a document was asked for, in order. */
  asked<T, V>(document: TypedDocumentString<T, V>): V[] {
    return this.heard.filter((each) => each.hash === hash(document)).map(({ variables }) => variables as V);
  }

  show(part: ReactNode): this {
    const { rerender } = render(around(part));
    this.again = (part) => rerender(around(part));
    return this;
  }

  /** Shows it as it is then. */
  again: (part: ReactNode) => void = () => {};

  static end() {
    cleanup();
    answers.clear();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }
}

const around = (part: ReactNode) => (
  <MantineProvider env="test" theme={theme}>
    <QueryClientProvider client={answers}>
      <MeContext value={me}>{part}</MeContext>
    </QueryClientProvider>
  </MantineProvider>
);

/** An answer that comes when the test says so. */
export function later<T>() {
  let come!: (answer: T) => void;
  const answer = new Promise<T>((resolve) => (come = resolve));
  return { answer, come };
}
