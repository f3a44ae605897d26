// Every page, as anybody may see it: wide and narrow, light and dark, with a keyboard or a screen reader.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { open, together } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const PICTURES = fileURLToPath(new URL('../../../target/console/screenshots/', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }];

let audit = '';
let pending = '';
let scan = '';

const { backend, journey } = await together(['--instances', '800', '--apis', '60', '--deny-regions', 'eu-west-3'], async ({ connect, scan: scanned, json }) => {
  mkdirSync(PICTURES, { recursive: true });
  pending = (await json('POST', '/connections', { name: 'staging' })).id;
  audit = await connect('production', 'audit');
  for (let i = 0; i < 3; i++) {
    ({ scanId: scan } = await scanned(audit));
  }
});

/**
 * What axe finds, of what it calls critical or serious.
 * @param {Page} page
 * @param {string[]} [rules] those alone
 * @returns {Promise<string[]>}
 */
const barriers = async (page, rules) => {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(only => /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations'], ...(only && { runOnly: only }) }), rules);
  return violations
    .filter((/** @type {any} */ v) => ['serious', 'critical'].includes(v.impact))
    .flatMap((/** @type {any} */ v) => v.nodes.map((/** @type {any} */ node) => `${v.id} (${v.impact}): ${v.help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
};

/** @type {[name: string, path: () => string][]} */
const SCREENS = [
  ['connections', () => '/'],
  ['connect', () => '/connect'],
  ['pending', () => `/connections/${pending}/connect`],
  ['result', () => `/connections/${audit}`],
  ['scan', () => `/connections/${audit}/scans/${scan}`],
  ['trends', () => `/connections/${audit}/trends`],
  ['apis', () => `/connections/${audit}/apis`],
  ['calls', () => `/connections/${audit}/calls`],
  ['permission', () => `/connections/${audit}/permission`],
  ['leave', () => `/connections/${audit}/leave`],
  ['receipt', () => '/receipt'],
  ['no-such-connection', () => '/connections/con-00000000000000000000000000000000'],
];

for (const [name, path] of SCREENS) {
  journey(`${name}: nothing that axe calls serious, nothing wider than the page, one main heading`, async ({ page }) => {
    await open(page, backend, path());
    const found = [];
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.screenshot({ path: `${PICTURES}${name}-${size.width}-${colorScheme}.png`, fullPage: true });
        found.push(...(await barriers(page, colorScheme === 'dark' ? ['color-contrast'] : undefined)).map(barrier => `${size.width} ${colorScheme} ${barrier}`));
      }
      const { scrollWidth, innerWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth, innerWidth: window.innerWidth }));
      assert.ok(scrollWidth <= innerWidth, `${scrollWidth} px in a window of ${innerWidth}`);
    }
    assert.deepEqual(found, []);
    assert.equal(await page.locator('h1').count(), 1);
    assert.deepEqual(await skipped(page), [], 'no level of headings is left out');
    assert.notEqual(await page.title(), 'CloudOperator');
  });
}

/** Pages where something moves once what they show changes. @param {Page} page */
const moving = async page => {
  const found = [];
  for (const [name, path] of SCREENS) {
    await open(page, backend, path());
    const animations = await page.evaluate(() => {
      document.querySelectorAll('.bar .value').forEach(bar => bar.setAttribute('width', '50%'));
      document.querySelectorAll('details').forEach(each => (each.open = !each.open));
      document.documentElement.getBoundingClientRect();
      return document.getAnimations().length;
    });
    if (animations > 0) {
      found.push(name);
    }
  }
  return found;
};

journey('moves nothing for those who prefer that', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.ok((await moving(page)).includes('result'), 'else this tells nothing');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.deepEqual(await moving(page), []);
});

journey('signed out: nothing that axe calls serious', async ({ page }) => {
  await page.goto(`${backend.url}/console`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await barriers(page), []);
});

/** Headings that are more than one level below the heading before them. @param {Page} page */
const skipped = page =>
  page.evaluate(() => {
    const headings = [...document.querySelectorAll('h1, h2, h3, h4')].filter(h => /** @type {HTMLElement} */ (h).checkVisibility());
    return headings.filter((h, i) => i > 0 && Number(h.tagName[1]) > Number(headings[i - 1].tagName[1]) + 1).map(h => `${h.tagName} ${h.textContent}`);
  });
