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
  await until('the batch to finish', () => sending.getByText(/^Finished\./).count(), 60);
  return sending;
}
