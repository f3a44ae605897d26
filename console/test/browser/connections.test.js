// The list of connections: what stands first, and what is asked for of each.
import assert from 'node:assert/strict';
import { open, together } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

let scanned = '';

const { backend, journey } = await together(['--instances', '100', '--deny-regions', 'eu-west-3'], async ({ connect, scan, json }) => {
  await json('POST', '/connections', { name: 'waiting' });
  scanned = await connect('scanned');
  await scan(scanned);
});

/** A row of the list, by the name of its connection. @param {Page} page @param {string} name */
const row = (page, name) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

journey('says of each connection how much its newest result covers, and of one without a result that there is none', async ({ page, requests }) => {
  await open(page, backend);
  await row(page, 'scanned').getByText('33 of 34').waitFor();
  assert.match(await row(page, 'scanned').innerText(), /!\s+33 of 34\s+(just now|\d+ \w+ ago)/);
  await row(page, 'waiting').getByRole('cell').nth(5).getByText('never').waitFor();
  assert.deepEqual(requests.filter(request => /\/connections\/con-/.test(request)), [`GET ${backend.url}/connections/${scanned}`], 'one that is pending has no result to ask for');
});

journey('says of one that was proven and never scanned that it never was', async ({ page }) => {
  const { latest, ...unscanned } = await backend.json('GET', `/connections/${scanned}`);
  assert.equal(latest.regionsCounted, 33);
  await page.route('**/connections/con-*', route => route.fulfill({ json: unscanned }));
  await open(page, backend);
  await row(page, 'scanned').getByRole('cell').nth(5).getByText('never').waitFor();
  assert.doesNotMatch(await row(page, 'scanned').innerText(), /\b0\b/);
});

journey('says that a result is not known where it cannot be asked for', async ({ page }) => {
  await page.route('**/connections/con-*', route => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"title":"Internal","status":500,"code":"internal"}' }));
  await open(page, backend);
  await row(page, 'scanned').getByText('not known').waitFor();
});

journey('asks for those that are seen alone, and for four at a time', async ({ page }) => {
  const one = await backend.json('GET', `/connections/${scanned}`);
  const { latest, ...listed } = one;
  const many = Array.from({ length: 120 }, (_, i) => ({ ...listed, id: `con-${String(i).padStart(32, '0')}`, name: `n${String(i).padStart(3, '0')}` }));
  let [now, most, all] = [0, 0, 0];
  await page.route('**/connections?*', route => route.fulfill({ json: { connections: many } }));
  await page.route('**/connections/con-*', async route => {
    all++;
    most = Math.max(most, ++now);
    await new Promise(resolve => setTimeout(resolve, 30));
    now--;
    await route.fulfill({ json: { ...one, id: route.request().url().split('/').at(-1) } });
  });
  await open(page, backend);
  await row(page, 'n000').getByText('33 of 34').waitFor();
  await page.waitForFunction(() => ![...document.querySelectorAll('tbody tr')].slice(0, 8).some(each => each.textContent?.includes('…')));
  assert.ok(all >= 8 && all < 60, `${all} of 120 are asked for`);
  await row(page, 'n119').scrollIntoViewIfNeeded();
  await row(page, 'n119').getByText('33 of 34').waitFor();
  assert.equal(most, 4);
  assert.ok(all < 120, `${all} of 120 are asked for`);
});

journey('offers one way to connect where nothing is connected', async ({ page }) => {
  await page.route('**/connections?*', route => route.fulfill({ json: { connections: [] } }));
  await open(page, backend);
  await page.getByText('No account is connected yet').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Connect an account' }).count(), 1);
});
