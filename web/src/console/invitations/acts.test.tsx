import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { InvitationViewFragment } from '../../gql/graphql';
import { answers } from '../api';
import { Acts } from './acts';

const invitation = { id: 'inv_1', canRenewLink: true } as InvitationViewFragment;
const link = 'https://carryover.example/setup/token';

afterEach(() => {
  cleanup();
  answers.clear();
  vi.unstubAllGlobals();
});

it('leads to the link once it is there, ready to be copied', async () => {
  const copyInvitationLink = { link, expiresAt: '2026-12-28T17:00:00Z', userErrors: [] };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ data: { copyInvitationLink } })));
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={answers}>
        <Acts invitation={invitation} onGone={() => {}} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Copy link' }));
  const show = await screen.findByRole('button', { name: 'Show the link' });
  await waitFor(() => expect(document.activeElement).toBe(show)); // the dialog has come
  fireEvent.click(show);
  const field = await screen.findByLabelText<HTMLInputElement>('Link');
  expect(document.activeElement).toBe(field);
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, link.length]);
});
