import { notifications } from '@mantine/notifications';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import { TakeBackLegacyCancellationDocument } from '../../gql/graphql';
import { later, Played } from '../played';
import { TakeBackDialog } from './takeback';

afterEach(() => Played.end());

const done = { takeBackLegacyCancellation: { legacyMembership: { id: 'leg_1' }, userErrors: [] } };
const refusedWith = (field: string, message: string) => ({
  takeBackLegacyCancellation: {
    legacyMembership: null,
    userErrors: [{ code: 'WRONG_STATE', field: [field], message }],
  },
});

function show(answer: () => unknown) {
  const onClose = vi.fn();
  const told = vi.spyOn(notifications, 'show').mockReturnValue('');
  const api = new Played()
    .on(TakeBackLegacyCancellationDocument, answer)
    .show(<TakeBackDialog id="leg_1" name="Ann Archer" onClose={onClose} />);
  const asked = () => api.asked(TakeBackLegacyCancellationDocument);
  return { asked, told, onClose };
}

const why = () => screen.getByLabelText<HTMLTextAreaElement>(/^Why/);
const say = (reason: string) => fireEvent.change(why(), { target: { value: reason } });
const take = () => act(() => screen.getByRole('button', { name: 'Take it back' }).click());

it('says what counts again, sends why, and is done', async () => {
  const { asked, told, onClose } = show(() => done);
  screen.getByText(/What the old system's list says of Ann Archer counts again/);
  say('It was her sister’s');
  take();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(asked()).toEqual([{ input: { id: 'leg_1', reason: 'It was her sister’s' } }]);
  expect(told).toHaveBeenCalledWith({ message: 'The cancellation of Ann Archer is taken back.' });
});

it('shows beside the field why the reason was refused, and keeps it', async () => {
  const { told, onClose } = show(() => refusedWith('reason', 'Say why in 3 characters or more.'));
  say('x');
  take();
  await screen.findByText('Say why in 3 characters or more.');
  expect(why().getAttribute('aria-invalid')).toBe('true');
  expect(why().value).toBe('x');
  expect(onClose).not.toHaveBeenCalled();
  expect(told).not.toHaveBeenCalled();
});

it('shows above it what is refused of the membership', async () => {
  const { onClose } = show(() => refusedWith('id', 'Nothing is recorded of it any more.'));
  say('It was her sister’s');
  take();
  await screen.findByText('Nothing is recorded of it any more.');
  expect(why().getAttribute('aria-invalid')).not.toBe('true');
  expect(onClose).not.toHaveBeenCalled();
});

it('is asked for once, and cannot be left while nobody knows what came of it', async () => {
  const { answer, come } = later<typeof done>();
  const { asked, onClose } = show(() => answer);
  say('It was her sister’s');
  take();
  await waitFor(() => expect(asked()).toHaveLength(1));
  fireEvent.submit(why().form!);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Cancel' }).disabled).toBe(true);
  come(done);
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(asked()).toHaveLength(1);
});
