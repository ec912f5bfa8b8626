// What goes otherwise at a counter: nobody answers, the answer is wrong, the number has opted out, the wallet on the reader gives no card, the old
// system has cancelled, another device goes on, two attendants, and an owner who finishes by link while the terms lie on the counter.
//
// LINK is the set-up link of the last of the four customers, for whom an invitation was mailed before they came.
import { answerOnPhone, begin, beginAs, conversation, draw, heading, holdCard, tabletOf, text } from './desk.mjs';
import { tell, url } from './people.mjs';
import { byCard } from './tenant.mjs';

const { LINK } = process.env;

/** The contact is right: on to the card. */
const confirm = async (tablet) => {
  await tablet.getByRole('button', { name: 'Confirm' }).click();
  await heading(tablet, /^(Hold the card to the reader|Add a card)/);
};

/** Somebody with another car says that Ana's membership is theirs: there is a way on, and it is not That's Me. */
async function finds(tablet, plate, wayOn) {
  await begin(tablet, plate, 'Find the old membership');
  await tablet.getByLabel('Name').fill('pérez ana');
  await tablet.getByRole('button', { name: 'Find', exact: true }).click();
  await tablet.getByText(wayOn).waitFor();
  if (await tablet.getByRole('button', { name: /^That.s Me/ }).count()) throw new Error('two can migrate one membership');
}

/** Saves a test card in the form that stands in for Stripe's. */
async function typeCard(tablet) {
  await tablet.getByRole('button', { name: /^Type the card/ }).first().click();
  await heading(tablet, 'Type the card');
  await tablet.getByRole('button', { name: 'Save this card' }).click();
  await heading(tablet, 'Checkout');
}

await tell(async ({ phone, visitor }) => {
  const tablet = await tabletOf(phone, 'desk@example.com');
  const outbox = await visitor();

  // Nobody answers: typing is offered by itself, and not before a while. The reader then gets a telephone's wallet, which leaves no card to charge.
  await beginAs(tablet, '8ABC123');
  await text(tablet, '3035550142');
  if (await tablet.getByLabel(/^Email/).count()) throw new Error('typing is offered at once');
  await conversation(outbox, '3035550142');
  await tablet.getByLabel(/^Email/).fill('ana@example.com');
  await confirm(tablet);
  await heading(tablet, 'Hold the card to the reader');
  await holdCard(outbox, /Phone wallet/, 'Card saved');
  await tablet.getByRole('alert').getByText('No card was saved').waitFor();
  await typeCard(tablet);

  // Another device goes on where this one stopped; this one follows by itself.
  const other = await tabletOf(phone, 'denver@example.com');
  await other.getByRole('link', { name: /8ABC123/ }).click();
  await heading(other, 'Checkout');
  await other.getByRole('button', { name: 'Checkout' }).click();
  await heading(other, 'Terms and signature');
  await heading(tablet, 'Terms and signature');

  // The same plate leads a second attendant to the same session, and a session of another plate finds the membership taken.
  await begin(other, '8ABC123', 'Terms and signature');
  await finds(other, '9NEW000', /^Another open session has this membership/);

  await draw(tablet);
  await tablet.getByRole('button', { name: 'Agree' }).click();
  await heading(tablet, /^Done/);
  await finds(other, '9NEW001', /^This membership was migrated already/);

  // A wrong answer is corrected, and then the right one is confirmed.
  await beginAs(tablet, '7XYZ999');
  await text(tablet, '3035550143');
  await answerOnPhone(outbox, '3035550143', 'ben@exmaple.con');
  await tablet.getByText('ben@exmaple.con', { exact: true }).waitFor();
  await tablet.getByRole('button', { name: 'Correct it' }).click();
  await tablet.getByLabel(/^Email/).fill('ben@example.com');
  await confirm(tablet);
  await tablet.getByRole('button', { name: 'Discard the migration' }).click();
  await tablet.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await tablet.getByRole('button', { name: 'Migrate Membership' }).waitFor();

  // The number has opted out: the screen says so at once, and typing is the way on.
  await beginAs(tablet, '6OUT222');
  await text(tablet, '3035550144');
  await answerOnPhone(outbox, '3035550144', 'STOP');
  await tablet.getByText('This number takes no texts from us').waitFor();
  await tablet.getByLabel(/^Email/).fill('cleo@example.com');
  await confirm(tablet);

  // The old system has cancelled it: nothing to migrate, and it says what to do instead.
  await begin(tablet, '5OLD111', 'Find the old membership');
  await tablet.getByText(/^It was cancelled in the old system/).waitFor();
  if (await tablet.getByRole('button', { name: /^That.s Me/ }).count()) throw new Error('what was cancelled can be migrated');

  // The owner finishes by link, while the terms lie on the counter: they give way to what has happened, and nobody is billed twice.
  await beginAs(tablet, '4LNK333');
  await tablet.getByLabel(/^Phone/).fill('3035550145');
  await confirm(tablet);
  await typeCard(tablet);
  await tablet.getByRole('button', { name: 'Checkout' }).click();
  await heading(tablet, 'Terms and signature');
  const owner = await phone();
  await owner.goto(LINK);
  await byCard(owner, { name: 'Eve Link', price: '$39.00' });
  await tablet.getByText(/^It was agreed to already, and waits for a manager/).waitFor();
  if (await tablet.getByRole('button', { name: 'Agree' }).count()) throw new Error('what was migrated meanwhile can be signed');

  await tablet.goto(`${url}/counter`);
  await heading(tablet, 'Sessions');
});
