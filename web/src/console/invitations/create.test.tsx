import { notifications } from '@mantine/notifications';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  CreateInvitationDocument,
  PreviewInvitationDocument,
  UpdateTenantDocument,
  type WarningFragment,
} from '../../gql/graphql';
import { Played } from '../played';
import { Create, Warnings } from './create';
import { blank, type Draft } from './draft';

const { navigate } = vi.hoisted(() => ({ navigate: vi.fn() }));

vi.mock('@tanstack/react-router', () => ({
  useBlocker: () => ({ status: 'idle' }),
  useNavigate: () => navigate,
}));

afterEach(() => {
  Played.end();
  navigate.mockReset();
});

describe('whoever is entered as new and known by that email', () => {
  /** Bob is on file, and Robert is typed. */
  async function created(onFile: string | null) {
    const told = vi.spyOn(notifications, 'show').mockReturnValue('');
    const tenant = { id: 'ten_1', name: 'Bob', phone: onFile };
    const api = new Played()
      .on(CreateInvitationDocument, () => ({
        createInvitation: { invitation: { id: 'inv_1', tenant }, warnings: [], userErrors: [] },
      }))
      .on(UpdateTenantDocument, ({ input }) => ({
        updateTenant: { tenant: { ...tenant, phone: input.phone }, warnings: [], userErrors: [] },
      }))
      .show(<Create />);
    act(() => screen.getByRole('button', { name: 'Enter a new email and name' }).click());
    for (const [label, value] of [
      [/^Name/, 'Robert'],
      [/^Email/, 'bob@example.com'],
      [/^Phone Number/, '+1 303 555 0199'],
      [/^Where/, 'Lease'],
      [/^Consent given on/, '2026-03-01'],
    ] as const)
      fireEvent.change(await screen.findByLabelText(label), { target: { value } });
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(navigate).toHaveBeenCalled());
    return { written: api.asked(UpdateTenantDocument), told: told.mock.calls[0]![0] };
  }

  it('keeps the number on file, and that is said', async () => {
    const { written, told } = await created('+13035550123');
    expect(written).toEqual([]);
    expect(told).toMatchObject({
      message:
        'Bob is Pending: nobody is told until you send it. The phone number was not saved: +13035550123 is on file and stays. Change it under Contact.',
      color: 'yellow',
    });
  });

  it('gets the number that was typed, with its consent, where none is on file', async () => {
    const { written, told } = await created(null);
    expect(written).toMatchObject([
      { input: { id: 'ten_1', phone: '+1 303 555 0199', phoneConsent: { source: 'Lease' } } },
    ]);
    expect(told).toMatchObject({ color: 'green' });
  });

  it('is as they were typed where nobody was known, and nothing more is written', async () => {
    const { written, told } = await created('+13035550199');
    expect(written).toEqual([]);
    expect(told).toMatchObject({ color: 'green' });
  });
});

it('shows each of several warnings of one kind', async () => {
  const complain = vi.spyOn(console, 'error');
  const warning = (message: string): WarningFragment => ({ code: 'EMAIL_IN_USE', message });
  const draft = (unit: string): Draft => ({
    ...blank('loc_denver'),
    tenant: { id: 'ten_1', name: 'Bob' },
    plan: { id: 'pln_1', cardPrice: { amount: '129.00', currency: 'USD' } } as Draft['plan'],
    unit,
  });
  new Played()
    .on(PreviewInvitationDocument, () => ({
      previewInvitation: {
        warnings: [warning('Known at another location.'), warning('Has other open invitations.')],
        userErrors: [],
      },
    }))
    .show(<Warnings draft={draft('')} />);
  await screen.findByText('Known at another location.');
  screen.getByText('Has other open invitations.');
  expect(complain).not.toHaveBeenCalled();
});
