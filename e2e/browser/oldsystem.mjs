// A manager brings the old system's list in: tries a file, sees in words what is wrong in it, imports the rest, says what the plan becomes,
// and invites. One of them migrates, and is then cancelled in the old system.
//
// NEXT is the day on which the old system bills next.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { choose, openSubmission, says, send } from './console.mjs';
import { linkInMail, sound, tell, until, url } from './people.mjs';
import { byCard } from './tenant.mjs';

const { NEXT } = process.env;

const file = [
  'Account,Customer,Email,Mobile,License Plate,Wash Plan,Monthly Price,Next Charge,Status',
  `RW-1,Ana Pérez,ana@example.com,(303) 555-0101,ABC 123,Unlimited,$39.00,${NEXT},Active`,
  `RW-2,Ben Kim,ben@example.com,(303) 555-0102,DEF 456,Unlimited,$39.00,${NEXT},Active`,
  `RW-3,Cleo Ray,cleo@example.com,(303) 555-0103,GHI 789,Unlimited,thirty nine,${NEXT},Active`,
].join('\n');

const count = (page, name) => page.locator('dl > div', { hasText: name }).locator('dd').innerText();

await tell(async ({ staff, phone }) => {
  const desk = await staff('denver@example.com', '/old-system/list');
  await desk.getByText('Nobody is on the list yet').waitFor();
  await sound(desk, 'the list without rows');
  await desk.getByRole('link', { name: 'Worklist' }).click();
  await desk.getByText('Nobody is billed twice').waitFor();
  await sound(desk, 'the worklist without rows');
  await desk.getByRole('link', { name: 'Imports', exact: true }).click();
  await desk.getByText('No file was imported yet').waitFor();

  // A trial.
  await desk.getByRole('button', { name: 'Import a file' }).click();
  await desk.getByRole('heading', { level: 1, name: 'Import a file' }).waitFor();
  await desk.getByRole('button', { name: 'Try it first' }).click();
  await desk.getByText('Choose a file.').waitFor();
  const path = join(await mkdtemp(join(tmpdir(), 'oldsystem-')), 'people.csv');
  await writeFile(path, file);
  const chooser = desk.waitForEvent('filechooser');
  await desk.getByRole('button', { name: /^File/ }).click();
  await (await chooser).setFiles(path);
  await desk.getByRole('combobox', { name: /^Old system/ }).fill('Rocket');
  await desk.getByLabel('What Customer holds').selectOption({ label: 'Name' });
  await sound(desk, 'the form of an import');
  await desk.getByRole('button', { name: 'Try it first' }).click();
  await desk.getByRole('heading', { level: 1, name: /^Trial of/ }).waitFor();
  await desk.getByText(/^Finished\. 3 of 3 rows read/).waitFor();
  if ((await count(desk, 'Would be new')) !== '2' || (await count(desk, 'Refused')) !== '1') throw new Error('the trial counted otherwise');
  const wrong = desk.getByRole('row', { name: /4.*Monthly Price.*thirty nine/ });
  await wrong.waitFor();
  console.log(await wrong.getByRole('cell').last().innerText());
  await sound(desk, 'the trial');

  // The columns can be said otherwise, without the file again.
  await desk.getByRole('link', { name: 'Change the columns' }).click();
  if ((await desk.getByLabel('What Wash Plan holds').inputValue()) !== 'PLAN') throw new Error('the plan was not known by its heading');
  await sound(desk, 'the form again');
  await desk.goBack();

  // The first row, a look, and the rest.
  await desk.getByRole('radio', { name: /^The first rows/ }).check();
  await desk.getByLabel('How many rows first').fill('1');
  await desk.getByRole('button', { name: 'Import the first row' }).click();
  await desk.getByRole('heading', { level: 1, name: /^Import of/ }).waitFor();
  await desk.getByText('The first row is in').waitFor();
  await sound(desk, 'the look at the first row');
  await desk.getByRole('button', { name: 'Continue' }).click();
  await desk.getByText(/^Finished\. 3 of 3 rows read/).waitFor();
  const download = desk.waitForEvent('download');
  await desk.getByRole('link', { name: 'Download the refused rows' }).click();
  await download;

  // What the plan becomes.
  await desk.getByRole('button', { name: 'Map Unlimited' }).click();
  const mapping = desk.getByRole('dialog', { name: 'What Unlimited becomes' });
  await mapping.getByRole('combobox', { name: 'Plan here' }).or(mapping.getByRole('textbox', { name: 'Plan here' })).first().click();
  await mapping.getByRole('option', { name: /^Studio monthly/ }).click();
  await sound(desk, 'the dialog of a plan');
  await mapping.getByRole('button', { name: 'Save' }).click();
  await desk.getByRole('row', { name: /Unlimited.*Studio monthly/ }).waitFor();
  await sound(desk, 'the import');

  // Mended by hand.
  await desk.getByRole('link', { name: 'Show them on the list' }).click();
  await desk.getByText('2 match').waitFor();
  await desk.getByRole('row', { name: /Ben Kim/ }).click();
  const drawer = desk.getByRole('dialog', { name: /Ben Kim/ });
  await drawer.getByText('Studio monthly').first().waitFor();
  await sound(desk, 'somebody of the list');
  await drawer.getByRole('tab', { name: 'Edit' }).click();
  await drawer.getByLabel('Unit').fill('Bay 2');
  await sound(desk, 'the form of somebody');
  await drawer.getByRole('button', { name: 'Save changes' }).click();
  await drawer.getByRole('tab', { name: 'Record' }).click();
  await drawer.getByText('Bay 2').waitFor();
  await desk.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });

  // Both are invited.
  await desk.getByRole('checkbox', { name: 'Select all rows that are loaded' }).check();
  await sound(desk, 'the list');
  await desk.getByRole('button', { name: 'Create invitations' }).click();
  await desk.getByRole('button', { name: 'Create 2 invitations' }).waitFor();
  await sound(desk, 'the dialog of inviting');
  await desk.getByRole('button', { name: 'Create 2 invitations' }).click();
  const making = desk.getByRole('dialog', { name: 'Creating invitations' });
  await making.getByText('Finished. 2 of 2 rows settled.').waitFor();
  await sound(desk, 'the end of inviting');
  await making.getByRole('link', { name: 'Invitations', exact: true }).click();
  await desk.getByRole('row', { name: /Ben Kim.*Bay 2.*\$39\.00.*Pending/s }).waitFor();

  // Ana migrates.
  await desk.getByRole('row', { name: /Ana Pérez/ }).click();
  const offer = desk.getByRole('dialog', { name: /Ana Pérez/ });
  await offer.getByRole('button', { name: 'Send Email' }).waitFor();
  const sending = await send(desk, 'Send Email');
  await sending.getByRole('button', { name: 'Close', exact: true }).last().click();
  const tenant = await phone();
  await tenant.goto(await linkInMail(tenant, 'ana@example.com', 'SET UP YOUR NEW ACCOUNT'));
  await byCard(tenant, { name: 'Ana Pérez', price: '$39.00' });
  await openSubmission(desk, 'Ana Pérez', 'Ready for Approval');
  const approving = await choose(desk, 'Next Month');
  await approving.getByRole('button', { name: /^Approve/ }).last().click();
  await says(desk, 'Approved');

  // And is cancelled there.
  await desk.goto(`${url}/old-system/worklist`);
  const work = desk.getByRole('row', { name: /Ana Pérez/ });
  await work.waitFor();
  await sound(desk, 'the worklist');
  await work.getByRole('button', { name: 'Record cancellation' }).click();
  const cancelling = desk.getByRole('dialog', { name: 'Record cancellation' });
  await cancelling.getByLabel(/^By what it can be seen/).fill('Confirmation 4711');
  await sound(desk, 'the dialog of a cancellation');
  await cancelling.getByRole('button', { name: 'Record cancellation' }).click();
  await desk.getByText('Nobody is billed twice').waitFor();
  await desk.getByRole('link', { name: 'List', exact: true }).click();
  await until('Ana as migrated', () => desk.getByRole('row', { name: /Ana Pérez.*Cancellation recorded.*Migrated/s }).count());
  await desk.getByRole('link', { name: 'Imports', exact: true }).click();
  await desk.getByRole('row', { name: /Trial/ }).waitFor();
  await sound(desk, 'the imports');
});
