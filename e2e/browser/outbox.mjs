// The outbox once things have happened: phone and mail side by side, what arrives while one looks, and every page with something on it.
import { sound as soundWith, tell, url } from './people.mjs';

const { PHONE, EMAIL } = process.env;

/** Looks at a page that stands still, with empty letters: axe waits for ever for a frame that runs no script. */
async function sound(page, what) {
  await page.route('**/sandbox/**', (route) => (route.request().resourceType() === 'fetch' ? route.fulfill({ status: 204 }) : route.fallback()));
  await page.evaluate(() => {
    for (const letter of document.querySelectorAll('iframe')) {
      const empty = letter.cloneNode();
      empty.removeAttribute('sandbox');
      empty.src = 'about:blank';
      letter.replaceWith(empty);
    }
  });
  await soundWith(page, what);
  await page.unroute('**/sandbox/**');
}

await tell(async ({ visitor, phone }) => {
  const page = await visitor();
  await page.goto(`${url}/sandbox/`);
  const handset = page.getByRole('region', { name: 'Phone' });
  const mail = page.getByRole('region', { name: 'Mail' });
  await mail.frameLocator('iframe').getByRole('link').first().waitFor();
  await sound(page, 'phone and mail');
  const [left, right] = [await handset.boundingBox(), await mail.boundingBox()];
  if (left.x + left.width > right.x || left.y !== right.y) throw new Error('phone and mail do not stand side by side');

  await handset.getByLabel(/^Answer as/).fill('Is this real?');
  await page.waitForTimeout(2500);
  if ((await handset.getByLabel(/^Answer as/).inputValue()) !== 'Is this real?') throw new Error('what is typed goes away when the page is refreshed');
  await handset.getByRole('button', { name: 'Send' }).click();
  await handset.getByRole('listitem').getByText('Is this real?').last().waitFor();
  await handset.getByRole('button', { name: 'STOP' }).click();
  await handset.getByText('opted out').first().waitFor();
  await sound(page, 'a number that opted out');

  const found = async (path, link) => {
    await page.goto(`${url}/sandbox/${path}`);
    return page.locator(`main a[href^="${link}"]`).first().getAttribute('href');
  };
  const letter = await found(`mail?q=${EMAIL}`, '/sandbox/mail/');
  const paths = ['/sandbox/mail', letter, `${letter}&view=text`, `${letter}&view=details`, '/sandbox/phone', `/sandbox/phone/${PHONE}`];
  paths.push('/sandbox/stripe', await found('stripe', '/sandbox/stripe/customers/'), '/sandbox/stripe/subscriptions');
  paths.push('/sandbox/stripe/invoices', await found('stripe/invoices', '/sandbox/stripe/invoices/'), '/sandbox/readers');
  for (const path of paths) {
    await page.goto(url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await sound(page, path);
  }
  await page.goto(`${url}/sandbox/faults`);
  await page.getByRole('button', { name: 'Order it' }).click();
  await page.getByRole('button', { name: 'Clear' }).waitFor();
  await sound(page, 'a fault that is ordered');
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.goto(`${url}/sandbox/nowhere`);
  await sound(page, 'a page that is not there');

  const small = await phone({ viewport: { width: 320, height: 568 } });
  for (const path of ['/sandbox/', ...paths, '/sandbox/faults']) {
    await small.goto(url + path);
    await small.getByRole('heading', { level: 1 }).waitFor();
    const beside = await small.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    if (beside > 0) throw new Error(`${path}: ${beside} px stand beside the page at 320 px`);
  }
  await small.goto(`${url}/sandbox/phone/${PHONE}`);
  await sound(small, 'a conversation on a phone');
});
