import { MantineProvider, Textarea } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { answers, type UserError } from '../api';
import { ActDialog } from './act';

// A field that grows listens to it; the tests' page has none.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

interface Props {
  run: () => Promise<{ userErrors: UserError[] }>;
  onClose: () => void;
}

function Revoke({ run, onClose }: Props) {
  const [reason, setReason] = useState('');
  return (
    <ActDialog title="Revoke?" act="Revoke" fields={['reason']} run={run} onClose={onClose}>
      {(refused) => (
        <Textarea
          label="Reason"
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          error={refused['reason']}
        />
      )}
    </ActDialog>
  );
}

function open(...userErrors: UserError[]) {
  const onClose = vi.fn();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={answers}>
        <Revoke run={() => Promise.resolve({ userErrors })} onClose={onClose} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return onClose;
}

const reason = () => screen.getByLabelText<HTMLTextAreaElement>('Reason');
const button = (name: string) => screen.getByRole('button', { name });
const escape = () => fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
const beside = () => fireEvent.click(document.querySelector('.mantine-Modal-overlay')!);

beforeEach(() => void vi.spyOn(answers, 'invalidateQueries').mockResolvedValue());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('closes at once while nothing is typed', () => {
  const onClose = open();
  beside();
  expect(onClose).toHaveBeenCalledTimes(1);
  escape();
  expect(onClose).toHaveBeenCalledTimes(2);
});

it('what was typed is not lost by a press beside it, and by Escape only after a question', async () => {
  const onClose = open();
  fireEvent.change(reason(), { target: { value: 'Moved away' } });
  beside();
  escape();
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(await screen.findByRole('button', { name: 'Keep editing' }));
  await waitFor(() => expect(screen.queryByText('Discard what you typed?')).toBeNull());
  expect(reason().value).toBe('Moved away');
  fireEvent.click(button('Cancel'));
  fireEvent.click(await screen.findByRole('button', { name: 'Discard' }));
  expect(onClose).toHaveBeenCalledTimes(1);
});

it('leads to the field that was refused', async () => {
  open({ field: ['reason'], message: 'Say why.' });
  button('Revoke').focus();
  fireEvent.click(button('Revoke'));
  await screen.findByText('Say why.');
  await waitFor(() => expect(document.activeElement).toBe(reason()));
});

it('leads back to the button where no field was refused', async () => {
  open({ message: 'It is revoked already.' });
  await waitFor(() => expect(document.activeElement).not.toBe(document.body)); // the dialog takes it when it comes
  fireEvent.click(button('Revoke'));
  (document.activeElement as HTMLElement).blur(); // a browser takes the focus from a button that waits
  await screen.findByText('It is revoked already.');
  await waitFor(() => expect(document.activeElement).toBe(button('Revoke')));
});
