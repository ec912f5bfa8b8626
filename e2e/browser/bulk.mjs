// Five hundred invitations go out as one act, seen to progress; a reader of the list works with the keyboard alone.
import { sound, tell, until, url } from './people.mjs';

await tell(async ({ staff }) => {
  const desk = await staff('admin@example.com', '/migrations/invitations');
  await desk.getByText('500 in all').waitFor();

  // By the keyboard: search, move, open, close.
  await desk.keyboard.press('Control+k');
  await desk.keyboard.type('tenant 0042');
  await desk.getByText('1 match', { exact: true }).waitFor();
  await until('the one row', async () => (await desk.getByRole('row', { name: /Tenant 0042/ }).count()) === 1);
  const row = desk.getByRole('row', { name: /Tenant 0042/ });
  await row.focus();
  await desk.keyboard.press(' ');
  await desk.getByRole('status').filter({ hasText: '1 selected' }).waitFor();
  await desk.keyboard.press('Enter');
  await desk.getByRole('dialog', { name: /Tenant 0042/ }).waitFor();
  await desk.keyboard.press('Escape');
  await desk.getByRole('dialog').waitFor({ state: 'detached' });

  // The address keeps what was chosen.
  await desk.reload();
  await desk.getByText('1 match', { exact: true }).waitFor();
  await desk.getByRole('button', { name: 'Clear the search' }).click();
  await desk.getByText('500 in all').waitFor();

  // Ordered by a heading, in both directions.
  await desk.getByRole('button', { name: 'Tenant', exact: true }).click();
  await until('the first by name', async () => /Tenant 0000/.test(await desk.getByRole('row').nth(1).innerText()));
  await desk.getByRole('button', { name: 'Tenant', exact: true }).click();
  await until('the last by name', async () => /Tenant 0499/.test(await desk.getByRole('row').nth(1).innerText()));

  // All that match, and then the one act.
  await desk.getByRole('checkbox', { name: 'Select all rows that are loaded' }).check();
  await desk.getByRole('button', { name: 'Select all 500 that match' }).click();
  await desk.getByRole('status').filter({ hasText: 'All 500 that match are selected' }).waitFor();
  await sound(desk, 'all selected');
  await desk.getByRole('button', { name: 'Send Selected' }).click();
  await desk.getByRole('button', { name: 'Send 500 emails' }).click();
  const sending = desk.getByRole('dialog', { name: 'Sending' });
  await until('the end of the batch', () => sending.getByText(/^Finished\./).count());
  await sending.getByText('Finished. 500 of 500 rows settled.').waitFor();
  await sound(desk, 'the end of the batch');
  await sending.getByRole('link', { name: 'The full report' }).click();
  await desk.getByRole('heading', { name: 'Email invitations' }).waitFor();
  await desk.getByRole('link', { name: /500\s*Succeeded/ }).click();
  await desk.getByRole('link', { name: /Tenant 0/ }).first().waitFor();
  await sound(desk, 'the report');

  const { emails } = await (await fetch(`${url}/sandbox/api/emails`)).json();
  const reached = new Set(emails.map(({ to }) => String(to)));
  if (emails.length !== 500 || reached.size !== 500) throw new Error(`${emails.length} emails to ${reached.size} people instead of 500`);
});
