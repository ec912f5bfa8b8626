// What staff do in the console.
import { sound, until } from './people.mjs';

/** Creates an invitation for somebody new, and answers the page with the drawer of the new invitation open. */
export async function create(page, { name, email, location, plan, cardPrice, anchorDay, phone }) {
  await page.getByRole('button', { name: 'Create Invitation' }).first().click();
  const form = page.getByRole('dialog', { name: 'Create Invitation' });
  await form.getByRole('button', { name: 'Enter a new email and name' }).click();
  await form.getByLabel(/^Name/).fill(name);
  await form.getByLabel(/^Email/).fill(email);
  if (phone) await form.getByLabel(/^Phone Number/).fill(phone);
  if (location) await pick(form, /^Location/, location);
  await pick(form, /^(Studio|Membership)/, plan);
  if (cardPrice) {
    await form.getByLabel('Override pricing').check();
    await form.getByLabel('Card Price').fill(cardPrice);
  }
  await form.getByLabel('Billing Anchor Day').selectOption(String(anchorDay));
  return form;
}

/** Chooses of a list that drops down. */
export async function pick(within, label, option) {
  await within.getByRole('combobox', { name: label }).or(within.getByRole('textbox', { name: label })).first().click();
  await within.getByRole('option', { name: option }).first().click();
}

/** Confirms a dialog of sending, and waits until its batch has settled all rows. */
export async function send(page, what) {
  await page.getByRole('button', { name: what, exact: true }).last().click();
  const dialog = page.getByRole('dialog', { name: what });
  await dialog.getByRole('button', { name: /^Send \d/ }).waitFor();
  await sound(page, `the dialog ${what}`);
  await dialog.getByRole('button', { name: /^Send \d/ }).click();
  const sending = page.getByRole('dialog', { name: 'Sending' });
  await until('the batch to finish', () => sending.getByText(/^Finished\./).count());
  return sending;
}

/** A billing day some days away from today, wherever one is: on the day itself an approval waits for its hour. */
export const farDay = () => ((new Date().getUTCDate() + 9) % 28) + 1;

/** Opens a tenant's submission from the list, by its name of the help page. */
export async function openSubmission(page, name, status) {
  await page.goto(new URL('/migrations/submissions', page.url()).href);
  const row = page.getByRole('row', { name: new RegExp(`${name}.*${status}`, 's') }).first();
  await row.waitFor();
  await row.click();
  await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
}

/** Opens the dialog of approving and chooses when billing starts. */
export async function choose(page, start) {
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Approve/ });
  await dialog.getByRole('radio', { name: start }).click();
  return dialog;
}

/** Waits until the page says a state by its name. */
export const says = (page, status) => page.getByRole('main').getByText(status, { exact: true }).first().waitFor();
