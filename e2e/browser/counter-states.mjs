// Every state of the counter: axe in both themes, and tablets, a phone and 200 %, at which nothing may stand beside the page and whatever is
// touched is large enough for a finger. The answers are made up; the page is not.
import { readFileSync } from 'node:fs';

import * as made from './counter-answers.mjs';
import { sound, tell, url } from './people.mjs';

const documents = JSON.parse(readFileSync(new URL('../../web/documents.json', import.meta.url)));
const pictures = process.env.STATES_PICTURES; // a folder, for whoever wants to look at all of them
const some = new RegExp(process.env.STATES ?? ''); // by their names

const usual = {
  Viewer: { viewer: made.viewer() },
  Counters: { counterLocations: made.counters.slice(0, 1) },
  Sessions: ({ stages }) => ({
    sessions: { nodes: made.rows.filter(({ stage }) => !stages || stages.includes(stage)), pageInfo: { hasNextPage: true, endCursor: 'c1' } },
  }),
  Readers: { readers: [made.reader(), made.reader({ id: 'tmr_2', label: 'Lane 1', isBusy: true }), made.reader({ id: 'tmr_3', label: 'Lane 2', isOnline: false })] },
  LegacyCandidates: { legacyCandidates: [] },
};

/** Has the page's questions answered with these, by the name of the operation, or with what they say of its variables. Live updates come to nothing. */
async function answered(page, answers) {
  await page.unroute('**/graphql');
  await page.route('**/graphql', (route) => {
    const { documentId, variables } = route.request().postDataJSON();
    const [, kind, operation] = /(query|mutation|subscription) (\w+)/.exec(documents[documentId]);
    if (kind === 'subscription') return route.fulfill({ contentType: 'text/event-stream', body: 'event: complete\n\n' });
    const data = { ...usual, ...answers }[operation];
    return data ? route.fulfill({ json: { data: typeof data === 'function' ? data(variables) : data } }) : route.abort();
  });
}

const sizes = [
  [1024, 768],
  [512, 384], // a tablet at 200 %
  [320, 568],
];

/** Whatever is touched and smaller than a finger, as text. What is in a line of text may be. */
const small = () =>
  [...document.querySelectorAll('button, a[href], input, select, [role=button]')]
    .filter((each) => each.checkVisibility() && !each.closest('.skip') && !each.matches('.skip, [type=radio], [type=checkbox]'))
    .map((each) => [each.getBoundingClientRect(), each])
    .filter(([{ width, height }]) => width > 1 && height > 1 && (height < 47.5 || width < 40))
    .map(([{ width, height }, each]) => `${each.outerHTML.slice(0, 120)} is ${Math.round(width)} × ${Math.round(height)}`);

async function looked(page, what) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await sound(page, what);
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    const beside = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
    if (beside > 0) throw new Error(`${what}: ${beside} px stand beside the page at ${width} px`);
    const fingers = await page.evaluate(small);
    if (fingers.length > 0) throw new Error(`${what}, at ${width} px:\n${fingers.join('\n')}`);
    if (!pictures) continue;
    for (const colorScheme of width === 1024 ? ['light', 'dark'] : ['light']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${pictures}/${what.replace(/\W+/g, '-')}-${width}-${colorScheme}.png`, fullPage: width < 700 });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize({ width: 1024, height: 768 });
}

async function doors(page) {
  await answered(page, { Viewer: { viewer: null } });
  await page.goto(`${url}/counter`);
  await looked(page, 'sign-in');
  await answered(page, { Counters: { counterLocations: [] } });
  await page.goto(`${url}/counter`);
  await looked(page, 'no counter');
  await answered(page, { Counters: { counterLocations: made.counters } });
  await page.goto(`${url}/counter`);
  await looked(page, 'where one stands');
  await page.getByRole('button', { name: /Colfax/ }).click();
  await page.getByRole('heading', { name: 'Sessions' }).waitFor();
  if (!/at=loc_2/.test(page.url())) throw new Error(`the address does not say where one stands: ${page.url()}`);
  await page.goto(`${url}/counter`);
  await looked(page, 'the sessions');
  await page.getByRole('button', { name: 'Pre-Gate' }).click();
  await page.getByRole('link', { name: /LONG 99887/ }).waitFor({ state: 'detached' });
  await answered(page, { Sessions: { sessions: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } });
  await page.goto(`${url}/counter`);
  await looked(page, 'nobody is here');
}

async function states(page) {
  for (const [what, session] of Object.entries(made.sessions)) {
    if (!some.test(what)) continue;
    await answered(page, { CounterSession: { session }, CheckCardSetup: { checkCardSetup: { session, userErrors: [] } } });
    await page.goto(`${url}/counter/sessions/ses_1`);
    await looked(page, what);
  }
}

/** What a screen becomes by what one does on it. */
async function deeds(page) {
  const shown = async (session, answers) => {
    await answered(page, { CounterSession: { session }, ...answers });
    await page.goto(`${url}/counter/sessions/ses_1`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  await shown(made.sessions['no match'], { LegacyCandidates: { legacyCandidates: [] } });
  await page.getByLabel('Name').fill('max');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByText('No old membership found').waitFor();
  await looked(page, 'nobody found');

  const typing = made.session({ migration: made.migration('CARD', { card: made.card({ state: 'TYPING' }) }) });
  await shown(made.sessions['card, nothing yet'], {
    StartCardSetup: { startCardSetup: { session: typing, clientSecret: 'seti_1_secret_2', publishableKey: 'pk_test_1', userErrors: [] } },
  });
  await page.getByRole('button', { name: 'Type the card' }).click();
  await page.getByRole('heading', { name: 'Type the card' }).waitFor();
  await looked(page, 'a card that is typed');

  await shown(made.sessions.terms);
  await page.getByLabel(/^Full name/).fill('');
  await page.getByRole('button', { name: 'Agree' }).click();
  await page.getByText('The customer signs in the white field.').waitFor();
  await looked(page, 'nothing is signed');

  const changed = made.session({ migration: made.migration('TERMS', { agreement: made.agreement({ digest: 'two' }) }) });
  const refusal = { code: 'QUOTE_CHANGED', field: null, message: 'The price has changed since it was shown.' };
  await shown(made.sessions.terms, { AgreeToTerms: { agreeToTerms: { session: changed, userErrors: [refusal] } } });
  await page.getByRole('button', { name: /^Sign by typing/ }).click();
  await page.getByRole('button', { name: 'Agree' }).click();
  await page.getByText('Something has changed').waitFor();
  await looked(page, 'changed meanwhile');

  const late = { code: 'WRONG_STATE', field: null, message: 'Another device has confirmed the match.' };
  await shown(made.sessions['one match'], {
    ConfirmLegacyMatch: { confirmLegacyMatch: { session: made.sessions['contact, nothing yet'], userErrors: [late] } },
  });
  await page.getByRole('button', { name: /^That.s Me/ }).click();
  await page.getByText('It has moved on meanwhile').waitFor();
  await looked(page, 'too late');

  for (const [button, dialog] of [
    ['Discard the migration', 'Discard the migration?'],
    ['Close session', 'Close the session?'],
  ]) {
    await shown(made.sessions['contact, nothing yet']);
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('dialog', { name: dialog }).waitFor();
    await looked(page, dialog);
  }

  await shown(made.sessions.checkout); // and then the line is cut
  await page.getByRole('button', { name: 'Checkout' }).click();
  await page.getByRole('alert').getByText('The server could not be reached.').waitFor();
  await looked(page, 'a cut line');
}

await tell(async ({ phone }) => {
  const page = await phone({ viewport: { width: 1024, height: 768 }, deviceScaleFactor: 1, isMobile: false });
  if (some.test('doors')) await doors(page);
  await states(page);
  if (some.test('deeds')) await deeds(page);
});
