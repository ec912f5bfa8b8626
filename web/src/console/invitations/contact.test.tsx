import { notifications } from '@mantine/notifications';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import { type TenantContactFragment, UpdateTenantDocument } from '../../gql/graphql';
import { later, Played } from '../played';
import { Contact } from './contact';

const tenant = {
  id: 'ten_1',
  name: 'Ann Archer',
  email: 'ann@example.com',
  phone: null,
  language: null,
  phoneConsentAt: null,
  phoneConsentSource: '',
  suppressions: [],
} as unknown as TenantContactFragment;

const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label, { selector: 'input' });
const type = (label: RegExp, value: string) => fireEvent.change(field(label), { target: { value } });

afterEach(() => Played.end());

it('keeps what is typed while it is being saved', async () => {
  vi.spyOn(notifications, 'show').mockReturnValue('');
  const answer = later<object>();
  const api = new Played()
    .on(UpdateTenantDocument, () => answer.answer)
    .show(<Contact tenant={tenant} onDirty={() => {}} />);
  type(/^Phone Number/, '+1 303 555 0199');
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save contact' });
  act(() => save.click());
  await waitFor(() => expect(api.asked(UpdateTenantDocument)).toHaveLength(1));
  type(/^Name/, 'Ann Archers');
  await act(async () => {
    const saved = { ...tenant, phone: '+13035550199' };
    answer.come({ updateTenant: { tenant: saved, warnings: [], userErrors: [] } });
    await answer.answer;
  });
  await waitFor(() => expect(field(/^Phone Number/).value).toBe('+13035550199'));
  expect(field(/^Name/).value).toBe('Ann Archers');
  act(() => save.click());
  await waitFor(() => expect(api.asked(UpdateTenantDocument)).toHaveLength(2));
  expect(api.asked(UpdateTenantDocument)[1]!.input).toEqual({ id: 'ten_1', name: 'Ann Archers' });
});
