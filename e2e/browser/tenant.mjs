// What tenants do on their page.
import { sound } from './people.mjs';

/** Looks at the offer, saves a test card, signs and sends. */
export async function byCard(page, { name, price, card = 'Works' }) {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText(price).first().waitFor();
  await sound(page, 'the offer');
  await page.getByText(card).first().click();
  await page.getByRole('button', { name: 'Save this card' }).click();
  await page.getByText('Your card is saved.').waitFor();
  await sign(page, name);
}

/** Signs with a typed name, agrees and sends. */
export async function sign(page, name) {
  await page.getByLabel('Your full name, as your signature').fill(name);
  await page.getByLabel(/^I have read the terms/).check();
  await sound(page, 'the signature');
  await page.getByRole('button', { name: 'Agree and send' }).click();
  await page.getByRole('heading', { name: /^Thank you/ }).waitFor();
  await sound(page, 'the end');
}

/** The same from a bank account by its numbers, which a one-cent deposit verifies. */
export async function byDeposit(page, { name, price }) {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('radio', { name: /From a bank account/ }).check();
  await page.getByText(price).first().waitFor();
  await page.getByText('Confirmed by the code of a one-cent deposit').click();
  await page.getByLabel('Account holder’s full name').fill(name);
  await page.getByLabel('I authorize these debits.').check();
  await sound(page, 'a bank account');
  await page.getByRole('button', { name: 'Save this bank account' }).click();
  await page.getByText('Your bank account is saved.').waitFor();
  await sign(page, name);
}
