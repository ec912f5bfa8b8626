// The lists as whole pages, at their addresses.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import documents from '../../documents.json';
import type { InvitationRowFragment } from '../gql/graphql';
import { answers, stale } from './api';
import { router } from './router';

window.scrollTo = () => {};

const usd = (amount: string) => ({ amount, currency: 'USD' });

const aRow = (name: string): InvitationRowFragment =>
  ({
    id: `inv_${name}`,
    status: 'PENDING',
    recipientName: name,
    recipientPhone: null,
    tenant: { email: `${name}@example.com` },
    plan: { name: 'Studio' },
    unit: '',
    location: { name: 'Denver' },
    cardPrice: usd('400.00'),
    achPrice: null,
    insurancePlan: null,
    anchorDay: 1,
    createdAt: '2026-11-28T17:00:00Z',
    smsSentAt: null,
    isExpired: false,
    deliveryFailed: false,
    emailSkip: null,
    textSkip: null,
  }) as unknown as InvitationRowFragment;

let names: string[];
let asked: string[];

function answer(operation: string): object {
  if (operation === 'Viewer')
    return {
      viewer: {
        staff: { id: 'sta_1', name: 'Desmond', email: 'desmond@example.com', role: 'MANAGER' },
        locations: [{ id: 'loc_1', name: 'Denver' }],
      },
    };
  if (operation === 'Invitations')
    return {
      invitations: { nodes: names.map(aRow), pageInfo: { hasNextPage: false, hasPreviousPage: false } },
    };
  if (operation === 'InvitationCount')
    return { invitations: { totalCount: names.length, totalCountPrecision: 'EXACT' } };
  if (operation === 'Submissions')
    return { submissions: { nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } } };
  if (operation === 'SubmissionCount')
    return { submissions: { totalCount: names.length, totalCountPrecision: 'EXACT' } };
  return { invitation: null };
}

async function open(list: 'invitations' | 'submissions') {
  const history = createMemoryHistory({ initialEntries: [`/migrations/${list}`] });
  const at = createRouter({ ...router.options, history });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={answers}>
        <RouterProvider router={at} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await screen.findByText('3 in all', {}, { timeout: 20_000 });
  return at;
}

beforeEach(() => {
  names = ['Ann', 'Bob', 'Cyd'];
  asked = [];
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    const { documentId } = JSON.parse(body) as { documentId: keyof typeof documents };
    const operation = /query (\w+)/.exec(documents[documentId])![1]!;
    asked.push(operation);
    return Promise.resolve(Response.json({ data: answer(operation) }));
  });
});
afterEach(() => {
  cleanup();
  answers.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('select nobody who has left them', async () => {
  await open('invitations');
  for (const name of names) fireEvent.click(await screen.findByLabelText(`Select ${name}`));
  await screen.findByText('3 selected', { selector: '[role=status]' });
  names = ['Bob', 'Cyd'];
  await act(() => stale());
  await screen.findByText('2 selected', { selector: '[role=status]' });
}, 30_000);

it('keep what is opened while a search is still typed', async () => {
  const at = await open('invitations');
  const field = screen.getByRole('searchbox');
  field.focus();
  fireEvent.change(field, { target: { value: 'ann' } });
  const ann = screen.getByRole('row', { name: /Ann/ });
  ann.focus(); // as a press does
  fireEvent.click(ann);
  await screen.findByRole('dialog', { name: 'Invitation' }, { timeout: 20_000 });
  await new Promise((done) => setTimeout(done, 300));
  expect(at.state.location.pathname).toBe('/migrations/invitations/inv_Ann');
  expect(at.state.location.search).toMatchObject({ search: 'ann' });
}, 30_000);

it.each([
  ['invitations', 'Invitations', 'InvitationCount'],
  ['submissions', 'Submissions', 'SubmissionCount'],
] as const)(
  'of %s are looked at again by themselves, with how many there are',
  async (list, rows, count) => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await open(list);
    asked = [];
    await act(() => vi.advanceTimersByTimeAsync(16_000));
    expect(asked).toContain(rows);
    expect(asked).toContain(count);
  },
  30_000,
);
