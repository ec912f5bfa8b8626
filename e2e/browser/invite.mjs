// A manager invites a tenant, the tenant sets up on a phone, the manager approves.
import { create, send } from './console.mjs';
import { linkInMail, sound, tell } from './people.mjs';
import { byCard } from './tenant.mjs';

await tell(async ({ staff, phone }) => {
  const desk = await staff('denver@example.com');
  await sound(desk, 'the list without rows');
  const form = await create(desk, {
    name: 'Ana Pérez',
    email: 'ana@example.com',
    plan: /^Studio monthly/,
    cardPrice: '431.50',
    anchorDay: 10,
  });
  await form.getByRole('row', { name: /Total per month.*\$431\.50/ }).waitFor();
  await sound(desk, 'the form');
  await form.getByRole('button', { name: 'Create Invitation' }).click();

  const drawer = desk.getByRole('dialog', { name: /Ana Pérez/ });
  await drawer.getByText('Pending', { exact: true }).waitFor();
  await sound(desk, 'the invitation');
  const sending = await send(desk, 'Send Email');
  await sending.getByRole('button', { name: 'Close', exact: true }).last().click();
  await drawer.getByText('Sent', { exact: true }).waitFor();

  const tenant = await phone();
  await tenant.goto(await linkInMail(tenant, 'ana@example.com', 'SET UP YOUR NEW ACCOUNT'));
  await byCard(tenant, { name: 'Ana Pérez', price: '$431.50' });
});
