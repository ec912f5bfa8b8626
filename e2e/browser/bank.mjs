// By a bank account that a one-cent deposit verifies: days pass, and staff see what is waited for.
import { choose, openSubmission, says } from './console.mjs';
import { sound, tell, url } from './people.mjs';
import { byDeposit } from './tenant.mjs';

await tell(async ({ staff, phone, visitor }) => {
  const tenant = await phone();
  await tenant.goto(process.env.LINK);
  await byDeposit(tenant, { name: 'Ana Pérez', price: '$440.00' });

  const desk = await staff('denver@example.com');
  await openSubmission(desk, 'Ana Pérez', 'Waiting for Bank Verification');
  await sound(desk, 'a bank account that is waited for');
  await desk.getByRole('link', { name: 'Open the reservation' }).click();
  await says(desk, 'Waiting for Bank Verification');

  const outbox = await visitor();
  await outbox.goto(`${url}/sandbox/`);
  for (let day = 0; day < 3; day++) await outbox.getByRole('button', { name: '+1 day' }).click();

  await tenant.goto(process.env.LINK);
  await tenant.getByRole('link', { name: /code/i }).click();
  await tenant.getByLabel('Code').fill('SM11AA');
  await tenant.getByRole('button', { name: 'Confirm' }).click();

  await openSubmission(desk, 'Ana Pérez', 'Ready for Approval');
  const approving = await choose(desk, 'Next Month');
  await approving.getByRole('button', { name: /^Approve, nothing charged until/ }).click();
  await says(desk, 'Approved');

  // A month later the first charge is made, and a bank takes its days to pay it.
  await outbox.getByRole('button', { name: '+31 days' }).click();
  await outbox.getByRole('button', { name: '+1 week' }).click();
});
