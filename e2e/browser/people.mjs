// Who takes part in a story, each with a browser of their own: staff at a desk, tenants with a phone. Whatever a page logs as an error,
// a violation of its own policy among it, fails the story; so does what axe finds.
import { mkdir } from 'node:fs/promises';
import process from 'node:process';

import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const url = process.env.CARRYOVER_URL;
const { CHROMIUM, STORY_PASSWORD, STORY_NAME, STORY_PICTURES } = process.env;

/** Tells a story and ends the process: 0 where it went well, else 1 with what was wrong and a picture of every page. */
export async function tell(story) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, timeout: 180_000, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const troubles = [];
  const open = async (options) => {
    const context = await browser.newContext({ locale: 'en-US', timezoneId: 'America/Denver', ...options });
    context.setDefaultTimeout(180_000);
    const page = await context.newPage();
    watch(page, troubles);
    context.on('page', (other) => watch(other, troubles));
    return page;
  };
  const people = {
    /** A member of staff, signed in at a desk. */
    staff: async (email, path = '/') => {
      const page = await open({ viewport: { width: 1280, height: 800 } });
      await page.goto(url + path);
      await enter(page, email, STORY_PASSWORD);
      await page.getByRole('button', { name: /^Signed in as/ }).waitFor();
      return page;
    },
    /** Somebody with a browser at a desk, who has not signed in. */
    visitor: () => open({ viewport: { width: 1280, height: 800 } }),
    /** Somebody with a phone; with other options, another phone. */
    phone: (other) => open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2, ...other }),
    pages: () => browser.contexts().flatMap((context) => context.pages()),
  };
  let failed;
  try {
    await story(people);
    if (troubles.length > 0) failed = new Error('the pages logged:\n' + troubles.join('\n'));
  } catch (e) {
    failed = e;
  }
  if (failed) {
    console.error(failed.stack ?? failed);
    if (troubles.length > 0) console.error('the pages logged:\n' + troubles.join('\n'));
    await picture(people.pages());
  }
  await browser.close();
  process.exit(failed ? 1 : 0);
}

const expected = /status of 4\d\d|net::ERR_FAILED|Blocked script execution in 'about:(blank|srcdoc)'/; // refusals and cut lines that a story asks for; axe in a frame without scripts

function watch(page, troubles) {
  page.on('pageerror', (e) => troubles.push(`${page.url()}: ${e.stack ?? e}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) troubles.push(`${page.url()}: ${message.text()}`);
  });
}

async function picture(pages) {
  await mkdir(STORY_PICTURES, { recursive: true });
  for (const [i, page] of pages.entries()) {
    const path = `${STORY_PICTURES}/${STORY_NAME}-${i}.png`;
    await page.screenshot({ path }).catch(() => {});
    console.error(`${page.url()} looked like ${path}`);
  }
}

/** Fills the form of signing in. */
export async function enter(page, email, password) {
  await page.getByLabel(/^Email/).fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/**
 * Fails where axe finds something on the page as it stands, in either theme. A page without frames is looked at in one go: gathering frame by
 * frame in a page of its own takes axe twice as long.
 */
export async function sound(page, what) {
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(100);
    await page.waitForFunction(() => document.getAnimations().every((each) => !(each instanceof CSSTransition) || each.playState !== 'running'));
    const axe = new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1).options({ resultTypes: ['violations'] });
    const { violations } = await axe.analyze();
    if (violations.length === 0) continue;
    const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 3).map(({ html, failureSummary }) => `  ${html.slice(0, 200)}\n  ${failureSummary}`).join('\n')}`);
    throw new Error(`axe, ${what}, ${colorScheme}:\n${told.join('\n')}`);
  }
}

/** Asks for something until it is so: what a person would wait for. */
export async function until(what, look, seconds = 180) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Opens the newest email to an address in the outbox, and answers the address behind its button. */
export async function linkInMail(page, address, button) {
  await until(`an email to ${address} with ${button}`, async () => {
    await page.goto(`${url}/sandbox/mail?q=${encodeURIComponent(address)}`);
    const first = page.locator('a[href^="/sandbox/mail/"]').first();
    if ((await first.count()) === 0) return false;
    await page.goto(url + (await first.getAttribute('href')));
    return page.frameLocator('iframe').getByRole('link', { name: button }).count();
  });
  return page.frameLocator('iframe').getByRole('link', { name: button }).getAttribute('href');
}
