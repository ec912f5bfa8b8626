import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { LegacyViewFragment } from '../../gql/graphql';
import { answers } from '../api';
import { Edit } from './edit';

// A field that grows listens to it; the tests' page has none.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

const legacy = {
  id: 'leg_1',
  name: 'Ann Archer',
  emails: ['ann@example.com'],
  phones: [],
  plate: 'ABC 123',
  unit: '',
  planName: 'Unlimited',
  price: { amount: '39.00', currency: 'USD' },
  period: 'MONTHLY',
  nextBillingOn: '2026-12-10',
  location: { id: 'loc_1', name: 'Denver', currency: 'USD' },
} as unknown as LegacyViewFragment;

interface Asked {
  variables: { input: object };
}

function show(answer: (input: object) => object | Promise<object>) {
  const asked: object[] = [];
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const { input } = (JSON.parse(body) as Asked).variables;
    asked.push(input);
    return new Response(JSON.stringify({ data: { saveLegacyMembership: await answer(input) } }));
  });
  const dirty = vi.fn();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={answers}>
        <Edit legacy={legacy} onDirty={dirty} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { asked, dirty };
}

const type = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save changes' });

afterEach(() => {
  cleanup();
  answers.clear();
  vi.unstubAllGlobals();
});

it('sends what was changed and nothing else, since what is sent no file changes any more', async () => {
  const { asked, dirty } = show((input) => ({ legacyMembership: { ...legacy, ...input }, userErrors: [] }));
  expect(save().disabled).toBe(true);
  type(/^Unit/, 'Bay 2');
  expect(dirty).toHaveBeenLastCalledWith(true);
  act(() => save().click());
  await waitFor(() => expect(asked).toEqual([{ id: 'leg_1', unit: 'Bay 2' }]));
  await waitFor(() => expect(save().disabled).toBe(true)); // nothing is left to save
  expect(screen.getByLabelText<HTMLInputElement>(/^Unit/).value).toBe('Bay 2');
});

it('a date that is emptied is sent as one to empty', async () => {
  const { asked } = show(() => ({ legacyMembership: { ...legacy, nextBillingOn: null }, userErrors: [] }));
  type(/^Next bill/, '');
  act(() => save().click());
  await waitFor(() => expect(asked).toEqual([{ id: 'leg_1', clear: ['NEXT_BILLING_ON'] }]));
});

it('a refusal stands beside its field and keeps what was typed', async () => {
  show(() => ({ userErrors: [{ code: 'INVALID', field: ['emails', '1'], message: 'That is no address.' }] }));
  type(/^Emails/, 'ann@example.com\nnobody');
  act(() => save().click());
  await screen.findByText('That is no address.');
  const field = screen.getByLabelText<HTMLTextAreaElement>(/^Emails/);
  expect(field.value).toBe('ann@example.com\nnobody');
  expect(field.getAttribute('aria-invalid')).toBe('true');
});

it('keeps what is typed while it is being saved', async () => {
  let come!: () => void;
  const saved = new Promise<void>((resolve) => (come = resolve));
  const { asked } = show(async (input) => {
    await saved;
    return { legacyMembership: { ...legacy, ...input }, userErrors: [] };
  });
  type(/^Unit/, 'Bay 2');
  act(() => save().click());
  await waitFor(() => expect(asked).toHaveLength(1));
  type(/^Plate/, 'DEF 456');
  await act(async () => {
    come();
    await saved;
  });
  act(() => save().click());
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toEqual({ id: 'leg_1', plate: 'DEF 456' });
});
