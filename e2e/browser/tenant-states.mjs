// Every state of the tenants' pages: axe in both themes, both languages, and the narrowest screen, at which nothing may stand beside the page.
import { readFileSync } from 'node:fs';

import { accounts, changedSetup, setups } from './answers.mjs';
import { sound, tell, url } from './people.mjs';

const documents = JSON.parse(readFileSync(new URL('../../web/documents.json', import.meta.url)));

/** Has the page's questions answered with these, by the name of the operation; null is a server that fails. */
async function answered(page, answers) {
  await page.unroute('**/graphql');
  await page.route('**/graphql', (route) => {
    const { documentId } = route.request().postDataJSON();
    const operation = /(?:query|mutation) (\w+)/.exec(documents[documentId])[1];
    if (answers === null) return route.fulfill({ json: { data: null, errors: [{ message: 'Something went wrong. (Request 01a2-b3)' }] } });
    return route.fulfill({ json: { data: answers[operation] } });
  });
}

const pictures = process.env.STATES_PICTURES; // a folder, for whoever wants to look at all of them

async function looked(page, what) {
  await page.getByRole('heading', { level: 1 }).waitFor();
  // The same elements with other words: what axe says of one language it says of the other.
  if (what.startsWith('English')) await sound(page, what);
  for (const [width, height] of [
    [390, 844],
    [320, 568],
    [195, 422], // a phone at 200 %
  ]) {
    await page.setViewportSize({ width, height });
    const beside = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
    if (beside > 0) throw new Error(`${what}: ${beside} px stand beside the page at ${width} px`);
    if (!pictures || width < 320) continue;
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${pictures}/${what.replace(/\W+/g, '-')}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 390, height: 844 });
}

async function setupStates(page, language) {
  const open = (token) => page.goto(`${url}/setup/${token}`);
  for (const [what, setup] of Object.entries(setups)) {
    await answered(page, { Setup: { setup } });
    await open('state');
    await looked(page, `${language}, ${what}`);
  }
  await answered(page, null);
  await open('state');
  await looked(page, `${language}, no answer`);

  await answered(page, {
    Setup: { setup: setups['an offer'] },
    StartSetup: { startSetup: { clientSecret: 'seti_1_secret_2', publishableKey: 'pk_test_1', userErrors: [] } },
    SubmitSetup: { submitSetup: { setup: changedSetup, userErrors: [{ code: 'QUOTE_CHANGED', field: null, message: '' }] } },
  });
  await page.route('**/setup_intents/*/confirm', (route) => route.fulfill({ json: { id: 'seti_1', status: 'succeeded' } }));
  await open('changing');
  await page.getByRole('button', { name: /^(Agree and send|Aceptar y enviar)$/ }).click();
  await looked(page, `${language}, all is missing`);
  await page.getByRole('button', { name: /^(Save this card|Guardar esta tarjeta)$/ }).click();
  await page.getByText(/(Your card is saved|Su tarjeta está guardada)/).waitFor();
  await page.getByLabel(/^(Draw my signature|Dibujar mi firma)$/).check();
  await page.getByLabel(/^(I have read|He leído)/).check();
  await page.getByRole('button', { name: /^(Use another address|Usar otra dirección)$/ }).click();
  await page.getByRole('button', { name: /^(Agree and send|Aceptar y enviar)$/ }).click();
  await looked(page, `${language}, drawing and address are missing`);
  await page.getByRole('button', { name: /^(Keep the one|Dejar la que)/ }).click();
  await page.getByLabel(/^(Type my name|Escribir mi nombre)$/).check();
  await page.getByLabel(/^(Your full name|Su nombre completo)/).fill('Maximiliana Whitfield');
  await page.getByRole('button', { name: /^(Agree and send|Aceptar y enviar)$/ }).click();
  await page.getByRole('alert').getByText(/^(The offer has changed|La oferta cambió)$/).waitFor();
  await looked(page, `${language}, changed meanwhile`);
}

async function accountStates(page, language) {
  const open = async (fragment = '') => {
    await page.goto('about:blank');
    await page.goto(`${url}/account${fragment}`);
  };
  for (const [what, tenant] of Object.entries(accounts)) {
    await answered(page, { Account: { viewer: { tenant } } });
    await open();
    await page.locator('section.box').first().waitFor();
    for (const steps of await page.locator('summary').all()) await steps.click();
    const changing = page.getByRole('button', { name: /^(Change payment method|Cambiar)/ }).first();
    if (await changing.count()) await changing.click();
    await looked(page, `${language}, account, ${what}`);
  }
  await answered(page, {
    Account: { viewer: null },
    SignInWithLink: { signInWithLink: { viewer: null, userErrors: [{ code: 'LINK_CLOSED', field: null, message: '' }] } },
    RequestSignInLink: { requestSignInLink: { userErrors: [] } },
  });
  await open('#used');
  await looked(page, `${language}, a sign-in link`);
  if (page.url().includes('used')) throw new Error('the sign-in link stays in the address');
  await page.locator('button.primary').click();
  await page.locator('form.enter').waitFor();
  await page.locator('button.primary').click();
  await page.locator('.problem:not(:empty)').waitFor();
  await looked(page, `${language}, a used sign-in link`);
  await page.locator('input[type=email]').fill('ana@example.com');
  await page.locator('button.primary').click();
  await page.locator('.sign.mail').waitFor();
  await page.locator('form').waitFor({ state: 'detached' });
  await looked(page, `${language}, a sign-in link asked for`);
}

await tell(async ({ phone }) => {
  for (const [language, locale] of [
    ['English', 'en-US'],
    ['Spanish', 'es-US'],
  ]) {
    const page = await phone({ locale });
    await setupStates(page, language);
    await accountStates(page, language);
  }
});
