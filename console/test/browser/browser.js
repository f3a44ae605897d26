// Chromium, and pages that remember whatever a page of the console must not do.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from './backend.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} Options */
/** @typedef {import('./backend.js').Backend} Backend */

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** Where Chromium is; undefined where there is none. */
export const CHROMIUM = process.env.CHROMIUM ?? PLACES.find(place => existsSync(place));

const launch = () =>
  chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {{ page: Page, faults: string[], requests: string[], foreign: (origin: string) => void }} Watched */

/**
 * A page in a profile of its own. Whatever breaks a rule of every page is added to its faults: an error, a violation of the content
 * security policy, a dialog of a script, a request to another origin, a file of the console that cannot be had.
 * @param {Browser} browser
 * @param {Backend} backend
 * @param {Options} [options]
 * @returns {Promise<Watched>}
 */
const watched = async (browser, backend, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  /** @type {string[]} */
  const requests = [];
  const allowed = new Set([new URL(backend.url).origin]);
  await page.exposeFunction('policyViolation', (/** @type {string} */ what) => faults.push(`content security policy: ${what}`));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', e =>
      /** @type {any} */ (window).policyViolation(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`)));
  page.on('pageerror', e => faults.push(`error: ${e.message}`));
  page.on('dialog', dialog => {
    faults.push(`dialog of a script: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  // That a request was refused is written to the console too; what the page makes of it is each test's own matter.
  page.on('console', m => m.type() === 'error' && !m.text().startsWith('Failed to load resource') && faults.push(`console: ${m.text()}`));
  page.on('request', request => {
    requests.push(`${request.method()} ${request.url()}`);
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !allowed.has(origin)) {
      faults.push(`request to ${origin}`);
    }
  });
  page.on('response', response => {
    if (response.status() >= 400 && new URL(response.url()).pathname.startsWith('/console/')) {
      faults.push(`${response.status()} ${response.url()}`);
    }
  });
  return { page, faults, requests, foreign: origin => allowed.add(origin) };
};

/**
 * Runs a journey on a page of its own, and fails if the page did what none may.
 * @param {Browser} browser
 * @param {Backend} backend
 * @param {(watched: Watched) => Promise<void>} journey
 * @param {Options} [options]
 */
const onPage = async (browser, backend, journey, options) => {
  const seen = await watched(browser, backend, options);
  try {
    await journey(seen);
    assert.deepEqual(seen.faults, []);
  } catch (e) {
    const title = await seen.page.title().catch(() => '');
    const text = await seen.page.locator('body').innerText().catch(() => '');
    console.error(`On ${seen.page.url()} “${title}”:\n${text.slice(0, 2_000)}`);
    seen.faults.forEach(fault => console.error(`fault: ${fault}`));
    throw e;
  } finally {
    await seen.page.unrouteAll({ behavior: 'ignoreErrors' }); // What was asked for last may be under way.
    await seen.page.context().close();
  }
};

/**
 * Opens a page of the console, signed in.
 * @param {Page} page
 * @param {Backend} backend
 * @param {string} path as `/connect`
 */
export const open = async (page, backend, path = '/') => {
  if (!page.url().startsWith(backend.url)) {
    await page.goto(backend.console);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  }
  if (!page.url().endsWith(`#${path}`)) {
    await page.goto(`${backend.url}/console#${path}`);
  }
  await page.locator('main h1').waitFor();
  await page.waitForFunction(() => document.querySelector('main .loading') === null);
};

/**
 * A backend and a browser for the tests of one file, both stopped after them. Where there is no Chromium, its tests are skipped and counted so.
 * @param {string[]} [options] of `serve`
 * @param {(backend: Backend) => Promise<void>} [prepare] what is in the backend before the first test
 */
export const together = async (options = [], prepare = async () => {}) => {
  if (CHROMIUM === undefined) {
    return { backend: /** @type {any} */ (null), journey: (/** @type {string} */ name) => test(name, { skip: 'there is no Chromium here' }) };
  }
  const backend = await serve(options);
  after(backend.stop);
  const browser = await launch();
  after(() => browser.close());
  await prepare(backend);
  return {
    backend,
    /**
     * A test of one page, in a profile of its own.
     * @param {string} name
     * @param {(watched: Watched) => Promise<void>} steps
     * @param {Options} [how]
     */
    journey: (name, steps, how) => test(name, { timeout: 120_000 }, () => onPage(browser, backend, steps, how)),
  };
};
