import { notifications } from '@mantine/notifications';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import {
  CreateInvitationDocument,
  type LegacyViewFragment,
  PlanChoicesDocument,
  PreviewInvitationDocument,
} from '../../gql/graphql';
import { later, Played } from '../played';
import { draftFrom, InviteByHand } from './byhand';

vi.mock('@tanstack/react-router', () => ({ useBlocker: () => ({ status: 'idle' }) }));

afterEach(() => Played.end());

const legacy = {
  id: 'leg_1',
  name: 'Ann Archer',
  emails: ['ann@example.com', 'ann@old.example.com'],
  plate: 'ABC 123',
  unit: '',
  carriedDay: 15,
  location: { id: 'loc_denver', name: 'Denver', currency: 'USD' },
} as unknown as LegacyViewFragment;

const plan = {
  id: 'pln_1',
  name: 'Unlimited',
  kind: 'MEMBERSHIP',
  cardPrice: { amount: '39.00', currency: 'USD' },
  achPrice: null,
  isOffered: true,
};
const created = {
  createInvitation: {
    invitation: { id: 'inv_1', tenant: { id: 'ten_1', name: 'Ann Archer', phone: null } },
    warnings: [],
    userErrors: [],
  },
};

function show(answer: () => unknown = () => created) {
  const onClose = vi.fn();
  const api = new Played()
    .on(PlanChoicesDocument, () => ({ plans: { nodes: [plan] } }))
    .on(PreviewInvitationDocument, () => ({
      previewInvitation: { warnings: [{ code: 'OTHER', message: 'Known at Boston.' }], userErrors: [] },
    }))
    .on(CreateInvitationDocument, answer)
    .show(<InviteByHand legacy={legacy} onClose={onClose} />);
  return { api, onClose };
}

async function choosePlan() {
  fireEvent.click(await screen.findByRole('combobox', { name: 'Membership' }));
  fireEvent.click(await screen.findByRole('option', { name: /^Unlimited/ }));
}
const send = () => act(() => screen.getByRole('button', { name: 'Create Invitation' }).click());
const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label);

it('begins with whom the list names, where, for what, and on which day', async () => {
  show();
  await screen.findByText('Invite Ann Archer by hand');
  expect([field(/^Name/).value, field(/^Email/).value, field(/^Unit/).value]).toEqual([
    'Ann Archer',
    'ann@example.com',
    'ABC 123',
  ]);
  expect(field(/^Billing Anchor Day/).value).toBe('15');
});

it('leaves to staff what the list does not say', () => {
  const bare = { ...legacy, emails: [], plate: null, unit: 'Bay 2', carriedDay: null };
  expect(draftFrom(bare)).toMatchObject({ email: '', unit: 'Bay 2', anchorDay: '1', plan: null });
});

it('sends what was agreed on, as the old list’s, and is done', async () => {
  const told = vi.spyOn(notifications, 'show').mockReturnValue('');
  const { api, onClose } = show();
  await choosePlan();
  fireEvent.change(field(/^Email/), { target: { value: ' ann@new.example.com ' } });
  fireEvent.click(field(/^Override pricing/));
  fireEvent.change(field(/^Card Price/), { target: { value: '35' } });
  send();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(api.asked(CreateInvitationDocument)).toMatchObject([
    {
      input: {
        newTenant: { name: 'Ann Archer', email: 'ann@new.example.com' },
        planId: 'pln_1',
        unit: 'ABC 123',
        cardPrice: { amount: '35', currency: 'USD' },
        anchorDay: 15,
        legacyMembershipId: 'leg_1',
      },
    },
  ]);
  expect(told.mock.calls[0]![0].message).toBe('Ann Archer is Pending: nobody is told until you send it.');
});

it('warns of what the membership’s own offer would meet', async () => {
  const { api } = show();
  await choosePlan();
  await screen.findByText('Known at Boston.');
  expect(api.asked(PreviewInvitationDocument).at(-1)).toMatchObject({
    input: { planId: 'pln_1', legacyMembershipId: 'leg_1' },
  });
});

it('shows each refusal beside its field, and the others above the button; what was typed stays', async () => {
  const { onClose } = show(() => ({
    createInvitation: {
      invitation: null,
      warnings: [],
      userErrors: [
        { code: 'INVALID', field: ['newTenant', 'email'], message: 'This is no email address.' },
        { code: 'REQUIRED', field: ['planId'], message: 'Choose a plan.' },
        { code: 'TAKEN', field: ['legacyMembershipId'], message: 'It has an open invitation.' },
      ],
    },
  }));
  fireEvent.change(field(/^Email/), { target: { value: 'ann@' } });
  send();
  await screen.findByText('This is no email address.');
  expect(field(/^Email/).getAttribute('aria-invalid')).toBe('true');
  expect(field(/^Email/).value).toBe('ann@');
  expect(document.activeElement).toBe(field(/^Email/)); // the first that was refused
  expect(screen.getByRole('combobox', { name: 'Membership' }).getAttribute('aria-invalid')).toBe('true');
  screen.getByText('Choose one.');
  screen.getByText('It has an open invitation.');
  expect(onClose).not.toHaveBeenCalled();
});

it('is sent once, however often it is asked for', async () => {
  const { answer, come } = later<typeof created>();
  const { api, onClose } = show(() => answer);
  await screen.findByText('Invite Ann Archer by hand');
  const form = document.querySelector('form')!;
  fireEvent.submit(form);
  await waitFor(() => expect(api.asked(CreateInvitationDocument)).toHaveLength(1));
  fireEvent.submit(form);
  come(created);
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(api.asked(CreateInvitationDocument)).toHaveLength(1);
});

it('asks before what was typed is lost', async () => {
  const { onClose } = show();
  await screen.findByText('Invite Ann Archer by hand');
  fireEvent.change(field(/^Unit/), { target: { value: 'Bay 2' } });
  act(() => screen.getByRole('button', { name: 'Cancel' }).click());
  expect(onClose).not.toHaveBeenCalled();
  act(() => screen.getByRole('button', { name: 'Discard' }).click());
  expect(onClose).toHaveBeenCalledOnce();
});
