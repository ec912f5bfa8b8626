// What is done at a counter, beside the screen's own buttons: the customer's phone, the reader, the signature.
import { enter, until, url } from './people.mjs';

export const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

/** A tablet with somebody signed in at it, on the list of sessions. */
export async function tabletOf(phone, email) {
  const tablet = await phone({ viewport: { width: 1024, height: 768 }, deviceScaleFactor: 1 });
  await tablet.goto(`${url}/counter`);
  await enter(tablet, email, process.env.STORY_PASSWORD);
  await heading(tablet, 'Sessions');
  return tablet;
}

/** Begins the migration of whoever stands there with a plate, and waits for the screen to which that leads. */
export async function begin(tablet, plate, screen = 'Is this you?') {
  await tablet.goto(`${url}/counter`);
  await tablet.getByLabel('Plate').fill(plate);
  await tablet.getByRole('button', { name: 'Migrate Membership' }).click();
  await heading(tablet, screen);
}

/** Begins, and agrees that it is the one who was found. */
export async function beginAs(tablet, plate) {
  await begin(tablet, plate);
  await tablet.getByRole('button', { name: /^That.s Me/ }).click();
  await heading(tablet, 'Phone and email');
}

/** Texts the customer, and waits until the text is with them. */
export async function text(tablet, number) {
  await tablet.getByLabel(/^Phone/).fill(number);
  await tablet.getByRole('button', { name: 'Text the customer' }).click();
  await tablet.getByText(/The answer appears here by itself|on its way/).waitFor();
}

/** Opens the customer's conversation with us on the phone that the outbox shows, once there is one. */
export async function conversation(page, number) {
  await until('the text that asks for the address', async () => {
    await page.goto(`${url}/sandbox/phone?q=${number.slice(-4)}`);
    const thread = page.getByRole('region', { name: 'Conversations' }).getByRole('link').first();
    if (!(await thread.count())) return false;
    await thread.click();
    return page.getByLabel(/^Answer as/).count();
  });
}

/** Answers the text. */
export async function answerOnPhone(page, number, body) {
  await conversation(page, number);
  await page.getByLabel(/^Answer as/).fill(body);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Holds something to the reader that asks for a card; `says` is what the reader shows then. */
export async function holdCard(page, card = /Visa •• 4242/, says = 'Card saved') {
  await until('a reader that asks for a card', async () => {
    await page.goto(`${url}/sandbox/readers`);
    return page.getByRole('button', { name: card }).count();
  });
  await page.getByRole('button', { name: card }).first().click();
  await page.getByText(says).first().waitFor();
}

/** Draws on the pad as a finger does. */
export async function draw(page) {
  const pad = page.getByRole('img', { name: /^The signature/ });
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  await page.mouse.move(x + width * 0.2, y + height * 0.6);
  await page.mouse.down();
  for (const [across, down] of [[0.3, 0.3], [0.4, 0.7], [0.5, 0.4], [0.6, 0.6], [0.75, 0.5]]) await page.mouse.move(x + width * across, y + height * down, { steps: 6 });
  await page.mouse.up();
  await page.getByRole('img', { name: 'The signature, drawn' }).waitFor();
}
