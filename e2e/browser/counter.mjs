// A customer is migrated at the counter: text, reader, signature. What it took is printed, as `{"taps":…,"typed":…,"total":…}`: everything
// that the attendant or the customer does on the counter's screen, apart from the card and the drawing.
//
// PLATE is the plate of an old membership that can be migrated, EMAIL what the customer answers, PHONE a number that takes texts, and
// LEGACY the name on it, without an address on the list. FROM is `gate` where the session was opened already.
import { answerOnPhone, draw, heading, holdCard } from './desk.mjs';
import { enter, sound as looked, tell, url } from './people.mjs';

const { PLATE, LEGACY, PHONE = '3035550142', EMAIL = 'ana@example.com', FROM = 'plate', STORY_PASSWORD } = process.env;
const most = 8;
/** From a gate's session the screens are the same: they are looked at once. */
const sound = FROM === 'gate' ? async () => {} : looked;

/** Counts what is done on the counter's screen. */
function counting(page) {
  const told = { taps: 0, typed: 0 };
  return {
    told,
    tap: async (role, name) => {
      await page.getByRole(role, { name }).click();
      told.taps++;
    },
    type: async (label, text) => {
      await page.getByLabel(label).fill(text);
      told.typed++;
    },
  };
}

await tell(async ({ phone, visitor }) => {
  const tablet = await phone({ viewport: { width: 1024, height: 768 }, deviceScaleFactor: 1 });
  const customer = await visitor();
  await tablet.goto(`${url}/counter`);
  await tablet.getByRole('heading', { name: 'Sign in' }).waitFor();
  await sound(tablet, 'sign-in');
  await enter(tablet, 'desk@example.com', STORY_PASSWORD);
  await heading(tablet, 'Sessions');
  await sound(tablet, 'the sessions');

  const { told, tap, type } = counting(tablet);
  if (FROM === 'gate') {
    await tap('link', new RegExp(PLATE));
    await heading(tablet, /^At the gate/);
    await sound(tablet, 'a session');
  } else {
    await type('Plate', PLATE); // and Migrate Membership beside it opens the session, too
  }
  await tap('button', 'Migrate Membership');
  await heading(tablet, 'Is this you?');
  await tablet.getByRole('region', { name: LEGACY }).waitFor();
  await sound(tablet, 'the match');
  await tap('button', /^That.s Me/);

  await heading(tablet, 'Phone and email');
  await sound(tablet, 'the contact');
  const email = tablet.getByLabel(/^Email/);
  await type(/^Phone/, PHONE);
  await tap('button', /^Text the customer$/);
  await tablet.getByText(/The answer appears here by itself|on its way/).waitFor();
  if (await email.count()) throw new Error('typing is offered at once');
  await sound(tablet, 'the wait for an answer');
  await answerOnPhone(customer, PHONE, `hi its ${EMAIL} thanks`);
  await tablet.getByText(EMAIL, { exact: true }).waitFor();
  await sound(tablet, 'the answer');
  await tap('button', 'Confirm');

  // The only reader of the location begins by itself.
  await heading(tablet, 'Hold the card to the reader');
  await sound(tablet, 'the reader');
  await holdCard(customer);

  await heading(tablet, 'Checkout');
  await tablet.getByText('Visa ending 4242').first().waitFor();
  await sound(tablet, 'the checkout');
  await tap('button', 'Checkout');

  // Another device shows the same step.
  await heading(tablet, 'Terms and signature');
  await tablet.reload();
  await heading(tablet, 'Terms and signature');
  await sound(tablet, 'the terms');
  await draw(tablet);
  await sound(tablet, 'the signature');
  await tap('button', 'Agree');

  await heading(tablet, /^Done/);
  await tablet.getByText('Nothing was charged today').waitFor();
  await sound(tablet, 'the end');
  const total = told.taps + told.typed;
  if (total > most) throw new Error(`it took ${told.taps} taps and ${told.typed} typed fields; at most ${most} together`);
  console.log(JSON.stringify({ ...told, total }));

  await tablet.getByRole('link', { name: 'Next customer' }).click();
  await heading(tablet, 'Sessions');
});
