// What is asked for before the scripts are there is what the page wants then: nothing is asked for twice.
import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';

import documents from '../../documents.json';

interface Asked {
  operation: string;
  variables: unknown;
}

let asked: Asked[];
let refused: boolean;

const viewer = () => ({
  viewer: {
    staff: { id: 'sta_1', name: 'Desmond', email: 'desmond@example.com', role: 'MANAGER' },
    locations: [{ id: 'loc_1', name: 'Denver' }],
  },
});

function answer(operation: string): object {
  if (operation === 'Viewer') return { data: viewer() };
  if (refused) return { errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] };
  if (operation === 'InvitationCount')
    return { data: { invitations: { totalCount: 7, totalCountPrecision: 'EXACT' } } };
  return { data: { invitations: { nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } } } };
}

beforeEach(() => {
  asked = [];
  refused = false;
  window.scrollTo = () => {};
  document.body.innerHTML = '<div id="console"></div>';
  vi.resetModules();
  // For as long as the page is there, which asks on.
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    const { documentId, variables } = JSON.parse(body) as {
      documentId: keyof typeof documents;
      variables: unknown;
    };
    const operation = /(?:query|mutation) (\w+)/.exec(documents[documentId])![1]!;
    asked.push({ operation, variables });
    return Promise.resolve(new Response(JSON.stringify(answer(operation))));
  });
});

const times = (operation: string) => asked.filter((each) => each.operation === operation);

it('asks for the list of its address, and who is signed in, at once and once', async () => {
  history.replaceState(null, '', '/migrations/invitations?status=SENT&phone=yes&sort=PLAN');
  await import('./start');
  expect(asked.map(({ operation }) => operation).sort()).toEqual([
    'InvitationCount',
    'Invitations',
    'Viewer',
  ]);
  expect(await screen.findByText('7 match', {}, { timeout: 90_000 })).toBeTruthy();
  expect(asked).toHaveLength(3);
  expect(times('Invitations')[0]!.variables).toMatchObject({
    first: 100,
    filter: { statuses: ['SENT'], hasPhone: true },
    orderBy: { by: 'PLAN', direction: 'ASC' },
  });
});

it('takes an answer once', async () => {
  const { sendAhead, take } = await import('./ahead');
  const { ViewerDocument } = await import('../gql/graphql');
  sendAhead(ViewerDocument, {});
  expect(await take(ViewerDocument, {})).toEqual(viewer());
  expect(times('Viewer')).toHaveLength(1);
  await take(ViewerDocument, {});
  expect(times('Viewer')).toHaveLength(2);
});

it('asks anew for what was refused before the sign-in', async () => {
  refused = true;
  const { sendAhead, take } = await import('./ahead');
  const { InvitationCountDocument } = await import('../gql/graphql');
  sendAhead(InvitationCountDocument, { filter: {} });
  await Promise.resolve();
  refused = false;
  expect((await take(InvitationCountDocument, { filter: {} })).invitations.totalCount).toBe(7);
});

it('holds no answer for long', async () => {
  vi.useFakeTimers();
  const { sendAhead, take } = await import('./ahead');
  const { ViewerDocument } = await import('../gql/graphql');
  sendAhead(ViewerDocument, {});
  await vi.advanceTimersByTimeAsync(1); // the answer comes
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  await take(ViewerDocument, {});
  expect(times('Viewer')).toHaveLength(2);
});
