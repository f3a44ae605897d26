// Text that somebody else wrote, on every page: it stays text, and what is invisible in it is written out.
import assert from 'node:assert/strict';
import { open, together } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const NAME = '"><img src=x onerror=alert(1)>\u202egnp\u200b';
const SHOWN = '"><img src=x onerror=alert(1)>\\u{202e}gnp\\u{200b}';

let id = '';
let pending = '';
const { backend, journey } = await together(['--instances', '60', '--apis', '35', '--regions', '4'], async ({ connect, scan, json }) => {
  id = await connect('production', 'audit');
  await scan(id);
  await scan(id);
  pending = (await json('POST', '/connections', { name: 'staging' })).id;
});

// Members by which the pages decide, and ids that stand in addresses; every other text may be anything.
const DECIDING = /^(id|scanId|connectionId|api|session|since|from|to|next|status|state|kind|tier|trigger|verdict|attempt|policy|point|result|severity|exposure|authorization|standing|reason|format|method|region|service|metric|code|change|account|schedule|regions|unread|notOptedIn|url|at|.*At|asOf|ledgerAsOf|deadline|proofHoldsUntil|keys?|alg|kty|use|kid|n|e|signature)$/;

/** @param {any} value @param {string} [member] @returns {any} */
const hostile = (value, member = '') => {
  if (typeof value === 'string') {
    return DECIDING.test(member) ? value : `${value}"><img src=x onerror=alert(1)>`;
  }
  if (Array.isArray(value)) {
    return value.map(each => hostile(each, member));
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === 'name' ? NAME : hostile(each, name)]));
  }
  return value;
};

/** @param {Page} page */
const poison = page =>
  page.route(/\/(connections|permissions|receipts)/, async route => {
    if (!['fetch', 'xhr'].includes(route.request().resourceType())) {
      return route.fallback();
    }
    const response = await route.fetch();
    const type = response.headers()['content-type'] ?? '';
    return type.includes('json') ? route.fulfill({ response, json: hostile(await response.json()) }) : route.fulfill({ response });
  });

for (const [screen, path] of /** @type {[string, () => string][]} */ ([
  ['connections', () => '/'],
  ['connect', () => '/connect'],
  ['pending', () => `/connections/${pending}/connect`],
  ['result', () => `/connections/${id}`],
  ['trends', () => `/connections/${id}/trends`],
  ['apis', () => `/connections/${id}/apis`],
  ['changes', () => `/connections/${id}/apis?view=changes`],
  ['calls', () => `/connections/${id}/calls`],
  ['permission', () => `/connections/${id}/permission`],
  ['leave', () => `/connections/${id}/leave`],
])) {
  journey(`${screen}: makes no element of any text, and hides none of it`, async ({ page }) => {
    await poison(page);
    await open(page, backend, path());
    for (const summary of await page.locator('main details:not([open]) > summary').all()) {
      await summary.click({ timeout: 2_000 }).catch(() => {});
    }
    assert.equal(await page.locator('img').count(), 0);
    const text = await page.locator('body').innerText();
    assert.doesNotMatch(text, /[\u202e\u200b]/);
    if (screen !== 'connect') {
      assert.ok(text.includes(SHOWN), 'the name is there, written out');
    }
  });
}

journey('a name given here is text from its first page to its dialog', async ({ page }) => {
  const name = '"><img src=x onerror=alert(1)>';
  const { id: named } = await backend.json('POST', '/connections', { name });
  await open(page, backend, `/connections/${named}/connect`);
  await page.getByRole('heading', { name }).waitFor();
  await open(page, backend, `/connections/${named}/leave`);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByText(name).waitFor();
  assert.equal((await backend.ask('POST', '/connections', { name: NAME })).status, 400, 'a name with what turns the text is refused');
});
