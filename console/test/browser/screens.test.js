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

/** Widths of a tablet, where tables are still tables, and of phones, down to the narrowest that WCAG asks of (1.4.10). */
const NARROW = [768, 390, 320];

/**
 * What is wider than the page, or sticks out of its card: texts, but for those in what scrolls by itself.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
const sticking = page =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page has ${scrollWidth} px of ${clientWidth}`] : [];
    for (const card of document.querySelectorAll('.multiple, .panel, .rows, .note, td')) {
      const inner = card.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(card).paddingRight);
      const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT, node =>
        node.textContent?.trim() && node.parentElement?.checkVisibility() && !node.parentElement.closest('.unseen, pre, svg, select, textarea, thead') ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
      while (texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const { right, width } = range.getBoundingClientRect();
        if (width > 1 && right > inner + 1) {
          found.push(`${card.className || card.tagName}: “${texts.currentNode.textContent?.slice(0, 60)}” ends at ${Math.round(right)} px of ${Math.round(inner)}`);
        }
      }
    }
    return found;
  });

/** Opens whatever can be opened, and looks at the page in each narrow width. @param {Page} page @param {string} name */
const narrowed = async (page, name) => {
  await page.waitForLoadState('networkidle'); // What is asked for last is there.
  const found = [];
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 844 });
    await page.evaluate(() => document.querySelectorAll('details').forEach(each => (each.open = true)));
    await page.screenshot({ path: `${PICTURES}${name}-${width}-open.png`, fullPage: true });
    found.push(...(await sticking(page)).map(what => `${width}: ${what}`));
  }
  return found;
};

for (const [name, path] of SCREENS) {
  journey(`${name}: fits narrow screens with everything open`, async ({ page }) => {
    await open(page, backend, path());
    assert.deepEqual(await narrowed(page, name), []);
  });
}

/** The same with each count ten thousand times as large, but for those of regions. @param {any} value @returns {any} */
const enlarged = value => {
  if (typeof value === 'number') {
    return 10_007 * value;
  }
  if (Array.isArray(value)) {
    return value.map(enlarged);
  }
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, /^regions[A-Z]/.test(name) ? each : enlarged(each)])) : value;
};

for (const [name, path] of SCREENS.filter(([name]) => ['connections', 'result', 'trends', 'apis', 'calls', 'permission'].includes(name))) {
  journey(`${name}: fits narrow screens with millions`, async ({ page }) => {
    await page.route(/\/connections\b/, async route => {
      const response = await route.fetch();
      await route.fulfill(response.ok() && response.headers()['content-type']?.includes('json') ? { response, json: enlarged(await response.json()) } : { response });
    });
    await open(page, backend, path());
    assert.deepEqual(await narrowed(page, `${name}-millions`), []);
    if (name === 'trends') {
      assert.match(await page.locator('.multiple strong').first().innerText(), /^\d{1,3}(,\d{3}){2}/, 'else this tells nothing');
    }
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
