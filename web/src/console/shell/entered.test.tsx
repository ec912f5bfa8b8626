import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import documents from '../../../documents.json';
import { SuppressionCountDocument, ViewerDocument } from '../../gql/graphql';
import { answers, asked } from '../api';
import { Entered } from './entered';
import { useMe } from './me';

const people = {
  ann: { id: 'sta_1', name: 'Ann', email: 'ann@example.com', role: 'MANAGER' },
  bob: { id: 'sta_2', name: 'Bob', email: 'bob@example.com', role: 'MANAGER' },
};

/** A server that knows who is signed in. */
class Server {
  in: keyof typeof people | null = 'ann';
  unreachable = false;
  asked: string[] = [];

  constructor() {
    vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
      await Promise.resolve();
      if (this.unreachable) throw new TypeError('cut');
      const { documentId, variables } = JSON.parse(body) as {
        documentId: keyof typeof documents;
        variables: { input?: { email: string } };
      };
      const operation = /(?:query|mutation) (\w+)/.exec(documents[documentId])![1]!;
      this.asked.push(operation);
      return Response.json(this.answer(operation, variables.input?.email));
    });
  }

  private answer(operation: string, email: string | undefined) {
    if (operation === 'SignIn') this.in = email === people.bob.email ? 'bob' : 'ann';
    const viewer = this.in && { staff: people[this.in], locations: [] };
    if (operation === 'SignIn') return { data: { signIn: { viewer, userErrors: [] } } };
    if (operation === 'Viewer') return { data: { viewer } };
    return this.in
      ? { data: { suppressions: { totalCount: this.in === 'ann' ? 17 : 4, totalCountPrecision: 'EXACT' } } }
      : { errors: [{ message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } }] };
  }
}

/** What somebody is at: something that was asked for, and something that is typed. */
function Page() {
  const me = useMe();
  const count = useQuery({ ...asked(SuppressionCountDocument, {}), refetchInterval: 50 }).data?.suppressions
    .totalCount;
  return (
    <label>
      {me.name} of {count} <input aria-label="Reason" />
    </label>
  );
}

async function open() {
  const server = new Server();
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={answers}>
        <Entered>
          <Page />
        </Entered>
      </QueryClientProvider>
    </MantineProvider>,
  );
  await screen.findByText(/Ann of 17/);
  fireEvent.change(reason(), { target: { value: 'Moved away' } });
  return server;
}

const reason = () => screen.getByLabelText<HTMLInputElement>('Reason');
const dialog = () => screen.findByRole('dialog', { name: 'Sign in' });
const look = () => answers.invalidateQueries({ queryKey: asked(SuppressionCountDocument, {}).queryKey });
const afterMany = () => new Promise((resolve) => setTimeout(resolve, 300));

async function signIn(email: string) {
  fireEvent.change(await screen.findByLabelText(/^Email/), { target: { value: email } });
  fireEvent.change(screen.getByLabelText(/^Password/, { selector: 'input' }), {
    target: { value: 'secret' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

afterEach(() => {
  cleanup();
  notifications.clean();
  answers.clear();
  vi.unstubAllGlobals();
});

it('keeps what was typed when the sign-in ends, and goes on there', async () => {
  const server = await open();
  server.in = null;
  await look();
  await dialog();
  expect(screen.getByLabelText<HTMLInputElement>(/^Email/).value).toBe(people.ann.email);
  expect(reason().value).toBe('Moved away');
  await signIn(people.ann.email);
  expect(reason().value).toBe('Moved away');
});

it('asks nothing beneath the question, and goes on with the answer', async () => {
  const server = await open();
  await waitFor(() => expect(server.asked.filter((each) => each !== 'Viewer').length).toBeGreaterThan(2));
  server.in = null;
  await dialog();
  server.asked = [];
  await afterMany();
  expect(server.asked).toEqual([]);
  await signIn(people.ann.email);
  await waitFor(() =>
    expect(server.asked.filter((each) => each === 'SuppressionCount').length).toBeGreaterThan(2),
  );
});

it('leaves nothing of it to another person', async () => {
  const server = await open();
  notifications.show({ message: 'Saved for Ann.', autoClose: false });
  await screen.findByText('Saved for Ann.');
  server.in = null;
  await look();
  await dialog();
  await signIn(people.bob.email);
  await screen.findByText(/Bob of 4/);
  expect(reason().value).toBe('');
  expect(screen.queryByText(/17/)).toBeNull();
  await waitFor(() => expect(screen.queryByText('Saved for Ann.')).toBeNull());
});

it('asks on while the server cannot be reached', async () => {
  const server = await open();
  server.in = null;
  await look();
  await dialog();
  server.unreachable = true;
  await answers.invalidateQueries({ queryKey: asked(ViewerDocument, {}).queryKey });
  expect(await dialog()).toBeTruthy();
}, 15_000);

it('notices on the way back to the tab that one came in elsewhere', async () => {
  const server = await open();
  server.in = null;
  await look();
  await dialog();
  server.in = 'ann';
  fireEvent(window, new Event('visibilitychange'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(reason().value).toBe('Moved away');
});
