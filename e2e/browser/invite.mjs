// A manager invites a tenant, the tenant sets up on a phone, the manager approves.
import { choose, create, farDay, openSubmission, says, send } from './console.mjs';
import { linkInMail, sound, tell, url } from './people.mjs';
import { byCard } from './tenant.mjs';

await tell(async ({ staff, phone }) => {
  const desk = await staff('denver@example.com', '/migrations/invitations');
  await sound(desk, 'the list without rows');
  const form = await create(desk, {
    name: 'Ana Pérez',
    email: 'ana@example.com',
    plan: /^Studio monthly/,
    cardPrice: '431.50',
    anchorDay: farDay(),
  });
  await form.getByRole('row', { name: /Total monthly amount.*\$431\.50/ }).waitFor();
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

  await openSubmission(desk, 'Ana Pérez', 'Ready for Approval');
  await sound(desk, 'the submission');
  const approving = await choose(desk, 'Current Month');
  await approving.getByText('$431.50').first().waitFor();
  await sound(desk, 'the choice of the start');
  await approving.getByRole('button', { name: 'Approve and charge $431.50' }).click();
  await says(desk, 'Approved');
  await desk.getByRole('link', { name: 'Open the reservation' }).click();
  await says(desk, 'Approved');
  await desk.getByText(/^sub_/).first().waitFor();
  await sound(desk, 'the reservation');

  // Coming back later the tenant sees that all is done, and staff were told by email.
  await linkInMail(tenant, 'denver@example.com', /submission/i);
  await desk.goto(`${url}/`);
  await desk.getByRole('heading', { name: 'Overview' }).waitFor();
  await desk.getByText('First charge paid').first().waitFor();
  await sound(desk, 'the overview');
});
