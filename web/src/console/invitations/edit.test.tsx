import { notifications } from '@mantine/notifications';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  type InvitationViewFragment,
  TenantChoicesDocument,
  UpdateInvitationDocument,
  UpdateTenantDocument,
} from '../../gql/graphql';
import { later, Played } from '../played';
import { Edit } from './edit';

const usd = (amount: string) => ({ amount, currency: 'USD' });

const invitation = {
  id: 'inv_1',
  revision: 1,
  status: 'PENDING',
  canDelete: true,
  location: { id: 'loc_denver', name: 'Denver', currency: 'USD' },
  tenant: { id: 'ten_1', name: 'Ann Archer', email: 'ann@example.com', phone: null, suppressions: [] },
  plan: {
    id: 'pln_1',
    name: 'Studio 12',
    kind: 'STUDIO',
    isOffered: true,
    cardPrice: usd('129.00'),
    achPrice: usd('125.00'),
  },
  unit: '',
  anchorDay: 1,
  cardPrice: usd('100.00'),
  cardPriceOverride: usd('100.00'),
  achPrice: usd('125.00'),
  achPriceOverride: null,
  insurancePlan: null,
} as unknown as InvitationViewFragment;

const field = (label: RegExp | string) =>
  screen.getByLabelText<HTMLInputElement>(label, { selector: 'input' });
const type = (label: RegExp | string, value: string) => fireEvent.change(field(label), { target: { value } });
const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save changes' });

function open() {
  const told = vi.spyOn(notifications, 'show').mockReturnValue('');
  const onDirty = vi.fn();
  const api = new Played();
  const saved = (changed: object, warnings: string[] = []) => ({
    updateInvitation: {
      invitation: { ...invitation, revision: 2, ...changed },
      warnings: warnings.map((message) => ({ code: 'PHONE_IN_USE', message })),
      userErrors: [],
    },
  });
  api.show(<Edit invitation={invitation} onDirty={onDirty} />);
  return { api, told, onDirty, saved };
}

afterEach(() => Played.end());

describe('editing an offer', () => {
  it('leaves the price that follows the plan to the plan', async () => {
    const { api, saved } = open();
    api.on(UpdateInvitationDocument, () => saved({ unit: 'Bay 2' }));
    expect(field('ACH Price').value).toBe('');
    type(/^Unit/, 'Bay 2');
    act(() => save().click());
    await waitFor(() => expect(api.asked(UpdateInvitationDocument)).toHaveLength(1));
    const { input } = api.asked(UpdateInvitationDocument)[0]!;
    expect(input).toMatchObject({ unit: 'Bay 2', cardPrice: usd('100.00') });
    expect(input).not.toHaveProperty('achPrice');
  });

  it('tells what a careful person would want to know', async () => {
    const { api, told, saved } = open();
    api.on(UpdateInvitationDocument, () => saved({}, ['This is also the number of Bob.']));
    type(/^Unit/, 'Bay 2');
    act(() => save().click());
    await waitFor(() =>
      expect(told).toHaveBeenCalledWith({
        message: 'Saved. This is also the number of Bob.',
        color: 'yellow',
      }),
    );
  });

  it('tells of the number that was written, and no more of the one before', async () => {
    const { api, told, saved } = open();
    api.on(UpdateInvitationDocument, () => saved({}, ['This is also the number of Bob.']));
    api.on(UpdateTenantDocument, () => ({
      updateTenant: {
        tenant: { ...invitation.tenant, phone: '+13035550199' },
        warnings: [{ code: 'ALREADY_TEXTED', message: 'This number has had its one invitation by text.' }],
        userErrors: [],
      },
    }));
    type(/^Phone Number/, '+1 303 555 0199');
    act(() => save().click());
    await waitFor(() =>
      expect(told).toHaveBeenCalledWith({
        message: 'Saved. This number has had its one invitation by text.',
        color: 'yellow',
      }),
    );
    expect(api.asked(UpdateTenantDocument)[0]!.input).toMatchObject({
      id: 'ten_1',
      phone: '+1 303 555 0199',
    });
  });

  it('keeps what is typed while it is being saved', async () => {
    const { api, onDirty, saved } = open();
    const answer = later<object>();
    api.on(UpdateInvitationDocument, () => answer.answer);
    type(/^Unit/, 'Bay 2');
    type('Card Price', '99');
    act(() => save().click());
    await waitFor(() => expect(api.asked(UpdateInvitationDocument)).toHaveLength(1));
    type(/^Unit/, 'Bay 23');
    await act(async () => {
      answer.come(saved({ unit: 'Bay 2', cardPriceOverride: usd('99.00') }));
      await answer.answer;
    });
    await waitFor(() => expect(field('Card Price').value).toBe('99.00'));
    expect(field(/^Unit/).value).toBe('Bay 23');
    expect(save().disabled).toBe(false);
    expect(onDirty).toHaveBeenLastCalledWith(true);
    act(() => save().click());
    await waitFor(() => expect(api.asked(UpdateInvitationDocument)).toHaveLength(2));
    expect(api.asked(UpdateInvitationDocument)[1]!.input).toMatchObject({ unit: 'Bay 23', revision: 2 });
  });

  it('saves nothing for nobody', async () => {
    const { api } = open();
    act(() => screen.getByRole('button', { name: 'Enter a new email and name' }).click());
    act(() => screen.getByRole('button', { name: 'Select an existing tenant' }).click());
    act(() => save().click());
    await screen.findByText('Choose whom the offer is for.');
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: /^Recipient/ }));
    expect(api.asked(UpdateInvitationDocument)).toEqual([]);
  });

  it('keeps the recipient who is chosen once more', async () => {
    const { api } = open();
    api.on(TenantChoicesDocument, () => ({ tenants: { nodes: [invitation.tenant] } }));
    const recipient = screen.getByRole<HTMLInputElement>('combobox', { name: /^Recipient/ });
    fireEvent.click(recipient);
    fireEvent.click(await screen.findByRole('option', { name: /^Ann Archer/ }));
    expect(recipient.value).toBe('Ann Archer · ann@example.com');
  });

  it('says where somebody entered as new keeps the number on file, and writes none later either', async () => {
    const { api, told, saved } = open();
    api.on(UpdateInvitationDocument, () =>
      saved({ tenant: { ...invitation.tenant, id: 'ten_2', name: 'Bob', phone: '+13035550123' } }),
    );
    act(() => screen.getByRole('button', { name: 'Enter a new email and name' }).click());
    type(/^Name/, 'Robert');
    type(/^Email/, 'bob@example.com');
    type(/^Phone Number/, '+1 303 555 0199');
    act(() => save().click());
    await waitFor(() =>
      expect(told).toHaveBeenCalledWith({
        message:
          'Saved, but for the phone number: +13035550123 is on file and stays. Change it under Contact.',
        color: 'yellow',
      }),
    );
    expect(field(/^Phone Number/).value).toBe('+13035550123');
    type(/^Unit/, 'Bay 7');
    act(() => save().click());
    await waitFor(() => expect(api.asked(UpdateInvitationDocument)).toHaveLength(2));
    await waitFor(() => expect(told).toHaveBeenCalledTimes(2));
    expect(api.asked(UpdateTenantDocument)).toEqual([]);
  });
});
