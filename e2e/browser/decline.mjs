// The first card is declined when it is charged; the tenant gives another one under the same reservation.
import { choose, openSubmission, says } from './console.mjs';
import { sound, tell, until } from './people.mjs';
import { byCard } from './tenant.mjs';

await tell(async ({ staff, phone }) => {
  const tenant = await phone();
  await tenant.goto(process.env.LINK);
  await byCard(tenant, { name: 'Ana Pérez', price: '$450.00', card: 'Is saved, and declined when it is charged' });

  const desk = await staff('denver@example.com');
  await openSubmission(desk, 'Ana Pérez', 'Ready for Approval');
  await (await choose(desk, 'Current Month')).getByRole('button', { name: 'Approve and charge $450.00' }).click();
  await says(desk, 'Payment Failed');
  await sound(desk, 'a declined charge');

  await tenant.goto(process.env.LINK);
  await tenant.getByText('Please try once more').waitFor();
  await byCard(tenant, { name: 'Ana Pérez', price: '$450.00' });
  await openSubmission(desk, 'Ana Pérez', 'Ready for Approval');
  await (await choose(desk, 'Current Month')).getByRole('button', { name: 'Approve and charge $450.00' }).click();
  await says(desk, 'Approved');

  await tenant.goto(process.env.LINK);
  await until('the end of it', async () => /all set|done|approved/i.test(await tenant.getByRole('heading', { level: 1 }).innerText()));
  await sound(tenant, 'approved');
});
