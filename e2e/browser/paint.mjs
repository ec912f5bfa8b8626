// How long the pages take until they can be used, on a slow phone's network and processor, and what they load. Prints JSON for bench/pages.
import process from 'node:process';

import { chromium } from 'playwright-core';

const { CARRYOVER_URL: url, CHROMIUM, STAFF_TOKEN, TENANT_LINK, ROUNDS } = process.env;

// Lighthouse's "Slow 4G" and its factor for a mid-range phone: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
const slow = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const slowdown = 4;

const pages = [
  { page: 'console list', path: '/migrations/invitations', usable: '[role=grid] [role=row][aria-rowindex="2"]', staff: true },
  { page: 'tenant page', path: TENANT_LINK, usable: 'button, input[type=radio]' },
];

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
for (const { page: name, path, usable, staff } of pages) {
  const took = [];
  const again = [];
  let bytes = 0;
  for (let i = 0; i < Number(ROUNDS); i++) {
    const context = await browser.newContext(staff ? { viewport: { width: 1280, height: 800 } } : { viewport: { width: 390, height: 844 }, isMobile: true });
    if (staff) await context.addCookies([{ name: 'carryover', value: STAFF_TOKEN, url }]);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', slow);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    let loaded = 0;
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (loaded += encodedDataLength));
    const visit = async () => {
      const began = Date.now();
      await page.goto(new URL(path, url).href, { waitUntil: 'commit' });
      await page.locator(usable).first().waitFor({ timeout: 180_000 });
      return Date.now() - began;
    };
    took.push(await visit());
    await page.waitForLoadState('networkidle');
    bytes = loaded;
    again.push(await visit());
    await context.close();
  }
  console.log(JSON.stringify({ page: name, took, again, bytes }));
}
await browser.close();
