import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, it, vi } from 'vitest';

import { answers } from '../api';
import { SuppressDialog } from './suppress';

// A field that grows listens to it; the tests' page has none.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

afterEach(() => {
  cleanup();
  notifications.clean();
  answers.clear();
  vi.unstubAllGlobals();
});

it.each([
  ['Nothing at all', 'ann@example.com is not written to any more.'],
  ['No invitations and reminders', 'ann@example.com gets no invitations and reminders any more.'],
])('says of "%s" what is not sent any more', async (scope, said) => {
  vi.stubGlobal('fetch', () =>
    Promise.resolve(Response.json({ data: { suppress: { suppression: null, userErrors: [] } } })),
  );
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={answers}>
        <SuppressDialog onClose={() => {}} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.change(screen.getByLabelText(/^Email/, { selector: '[type=email]' }), {
    target: { value: 'ann@example.com' },
  });
  fireEvent.click(screen.getByLabelText(scope));
  fireEvent.click(screen.getByRole('button', { name: 'Add to the list' }));
  await screen.findByText(said);
});
