// The outbox before anything happened: it says what to do first.
import { sound, tell, url } from './people.mjs';

await tell(async ({ visitor }) => {
  const page = await visitor();
  for (const path of ['', 'mail', 'phone', 'stripe', 'stripe/subscriptions', 'stripe/invoices', 'readers', 'faults']) {
    await page.goto(`${url}/sandbox/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await sound(page, `an empty /sandbox/${path}`);
  }
  await page.goto(`${url}/sandbox/`);
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Open the console' }).click();
  const console = await opened;
  await console.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await page.getByText('First steps').click();
  await page.reload();
  await page.getByText('First steps').waitFor();
  if (await page.getByRole('link', { name: 'Open the console' }).isVisible()) throw new Error('the first steps come back after they were closed');
});
