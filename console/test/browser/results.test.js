// The results of an account: what could not be read, what changed, and what is said once AWS denies the role.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { open, together } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const UNREAD = ['eu-west-3', 'sa-east-1'];
let id = '';
/** @type {any} */
let latest;

const { backend, journey } = await together(['--instances', '400', '--apis', '60', '--deny-regions', UNREAD.join()], async ({ connect, scan }) => {
  id = await connect('production', 'audit');
  for (let i = 0; i < 3; i++) {
    latest = await scan(id);
  }
});

/** What a button gives to be kept. @param {Page} page @param {() => Promise<void>} click */
const kept = async (page, click) => {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: await readFile(/** @type {string} */ (await download.path()), 'utf8') };
};

journey('says of regions that were not read that they were not, and never 0', async ({ page }) => {
  await open(page, backend, `/connections/${id}`);
  await page.getByText('2 of 34 regions could not be read').waitFor();
  const unread = page.getByRole('table', { name: /^Regions that were not read/ });
  for (const region of UNREAD) {
    const row = unread.getByRole('row').filter({ hasText: region });
    assert.match(await row.innerText(), /denied by SCP/);
    const bar = page.getByRole('table', { name: /^Instances, in 32 of 34 regions/ }).getByRole('row').filter({ hasText: region });
    const said = await bar.innerText();
    assert.match(said, /not read|denied by SCP/);
    assert.doesNotMatch(said.replace(region, ''), /\b0\b/);
  }
  assert.match(await page.getByRole('region', { name: 'In short' }).innerText(), /in 32 of 34 regions/);
  assert.doesNotMatch(await page.getByRole('region', { name: 'In short' }).innerText(), /Everything was read/);
});

journey('says beside the number of instances which of them nothing else counts', async ({ page }) => {
  await open(page, backend, `/connections/${id}`);
  const { byState } = latest.snapshot.totals.instances;
  const ending = (byState['shutting-down'] ?? 0) + (byState.terminated ?? 0);
  assert.ok(ending > 0, 'else this tells nothing');
  assert.match(await page.getByRole('region', { name: 'In short' }).innerText(), new RegExp(`\\b${ending} of the instances shut down or are terminated`));
});

journey('gives the result to be kept, in each format', async ({ page }) => {
  await open(page, backend, `/connections/${id}`);
  const json = await kept(page, () => page.getByRole('button', { name: 'Everything (JSON)' }).click());
  assert.equal(JSON.parse(json.text).scanId, latest.scanId);
  for (const [button, ending] of [['Table (CSV)', 'csv'], ['Page to print (HTML)', 'html'], ['OCSF findings', 'json'], ['Security Hub findings (ASFF)', 'json']]) {
    const file = await kept(page, () => page.getByRole('button', { name: button }).click());
    assert.ok(file.name.endsWith(ending) && file.text.length > 100, button);
  }
});

journey('gives a page that fits small and large screens, and A4', async ({ page }) => {
  await open(page, backend, `/connections/${id}`);
  const { text } = await kept(page, () => page.getByRole('button', { name: 'Page to print (HTML)' }).click());
  // The console's own pages take no HTML.
  await page.goto('about:blank');
  await page.setContent(text);
  const table = page.getByRole('table', { name: /^Every enabled region/ });
  const fits = (/** @type {string} */ where) => page.locator(where).evaluate(box => box.scrollWidth <= box.clientWidth);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    assert.ok(await fits('html'), `${width} pixels`);
    assert.ok((await table.locator('caption').evaluate(caption => caption.getBoundingClientRect().right)) <= width, 'the caption');
    assert.deepEqual(
      await table.locator('tbody th').evaluateAll(names => {
        const range = document.createRange();
        return names.filter(name => (range.selectNodeContents(name), range.getClientRects().length > 1)).map(name => name.textContent);
      }),
      [],
      'names on two lines',
    );
  }
  // 19 cm, within margins of one.
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 718, height: 1000 });
  assert.ok((await fits('html')) && (await fits('.wide')), 'A4');
});

journey('shows trends over three results, of the regions that were read in each', async ({ page }) => {
  await open(page, backend, `/connections/${id}/trends`);
  await page.getByRole('heading', { name: 'Counts, over 3 results' }).waitFor();
  await page.getByText('Instances are those of the 32 of').waitFor();
  assert.equal(await page.getByRole('table', { name: /of at most 5, newest first/ }).locator('tbody tr').count(), 3);
  await page.getByText('The same as a table').click();
  const table = await page.getByRole('table', { name: 'Counts by scan' }).innerText();
  assert.match(table, new RegExp(String(latest.snapshot.totals.instances.total)));
});

journey('keeps the focus within a dialog, and gives it back', async ({ page }) => {
  await open(page, backend, `/connections/${id}/leave`);
  const button = page.getByRole('button', { name: 'Disconnect' });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null), 'the focus is in the dialog');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(await button.evaluate(element => element === document.activeElement), 'the focus is back');
});

journey('shows a revocation first, and that results stay', async ({ page }) => {
  await backend.json('DELETE', '/local/launch');
  await open(page, backend, `/connections/${id}`);
  await page.getByRole('button', { name: 'Scan now' }).first().click();
  await page.getByText('AWS denies our role').waitFor({ timeout: 60_000 });
  await open(page, backend);
  const first = await page.locator('tbody tr').first().innerText();
  assert.match(first, /revoked/);
  await open(page, backend, `/connections/${id}`);
  const said = await page.locator('main').innerText();
  assert.match(said, /Noticed (just now|\d+ seconds? ago)\. The role was deleted/);
  assert.ok(said.indexOf('AWS denies our role') < said.indexOf('in 32 of 34 regions'), 'what is wrong stands before the numbers, and these are still there');
});
