// Leaving: what is deleted, the receipts of it, and who can check them.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { open, together } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const { backend, journey } = await together(['--instances', '20', '--apis', '0']);
const folder = await mkdtemp(path.join(tmpdir(), 'receipts-'));
after(() => rm(folder, { recursive: true }));

const pending = async () => (await backend.json('POST', '/connections', { name: 'production' })).id;

/** A receipt, as the console keeps it. */
const kept = async () => {
  const signed = await backend.json('DELETE', `/connections/${await pending()}`);
  return { ...signed, ...(await backend.json('GET', '/receipts/key')) };
};

/** @param {Page} page @param {() => Promise<void>} act */
const downloaded = async (page, act) => {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return readFile(/** @type {string} */ (await download.path()), 'utf8');
};

journey('disconnects only once the name is typed, and keeps a receipt that is checked', async ({ page }) => {
  const id = await pending();
  await open(page, backend, `/connections/${id}/leave`);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  const act = page.getByRole('dialog').getByRole('button', { name: 'Disconnect' });
  assert.ok(await act.isDisabled());
  await page.getByRole('dialog').getByRole('textbox').fill('production');
  await act.click();
  await page.getByText('The signature is valid').waitFor();
  const { receipt, signature } = JSON.parse(await downloaded(page, () => page.getByRole('button', { name: 'Keep the receipt and the key' }).click()));
  assert.equal(receipt.connection, id);
  assert.equal((await backend.json('POST', '/receipts/verify', { signature })).valid, true);
});

journey('shows the receipt of a disconnect again, to the letter', async ({ page }) => {
  const id = await backend.connect('left');
  const { signature } = await backend.json('DELETE', `/connections/${id}`);
  await open(page, backend, `/connections/${id}/leave`);
  await page.getByRole('button', { name: 'Show its receipt' }).click();
  await page.getByText('The signature is valid').waitFor();
  const again = JSON.parse(await downloaded(page, () => page.getByRole('button', { name: 'Keep the receipt and the key' }).click()));
  assert.equal(again.signature, signature);
});

journey('says loudly that an answer is not what was signed', async ({ page }) => {
  const id = await pending();
  await page.route(`**/connections/${id}`, async route => {
    if (route.request().method() !== 'DELETE') {
      return route.continue();
    }
    const answer = await (await route.fetch()).json();
    answer.receipt.deleted[0].count = 7;
    await route.fulfill({ json: answer });
  });
  await open(page, backend, `/connections/${id}/leave`);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('production');
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('alert').getByText('The readable part was changed').waitFor();
});

journey('checks a receipt for anybody, without a sign-in and without asking the API', async ({ page, requests }) => {
  const text = JSON.stringify(await kept());
  await page.goto(`${backend.url}/console#/receipt`);
  await page.getByText('SHA-256 of the key').waitFor();
  const before = requests.length;
  await page.getByLabel('Receipt as it was downloaded').fill(text);
  await page.getByText('The signature is valid').waitFor();
  await page.getByLabel('Receipt as it was downloaded').fill(JSON.stringify({ signature: JSON.parse(text).signature.replace(/.{4}$/, 'AAAA') }));
  await page.getByRole('alert').getByText('This receipt is not valid').waitFor();
  assert.deepEqual(requests.slice(before), []);
});

journey('gives a checker that works from a disk, and asks nobody', async ({ page, requests }) => {
  const receipt = await kept();
  await page.goto(`${backend.url}/console#/receipt`);
  const file = path.join(folder, 'check-receipt.html');
  await writeFile(file, await downloaded(page, () => page.getByRole('button', { name: 'Download the checker' }).click()));
  const digest = await page.getByText('SHA-256 of its script').locator('xpath=following-sibling::dd').innerText();

  await page.goto(pathToFileURL(file).href);
  const before = requests.length;
  await page.locator('#receipt').fill(JSON.stringify(receipt));
  await page.getByText('✓ Valid.').waitFor();
  assert.equal(await page.locator('#digest').innerText(), digest);
  await page.locator('#receipt').fill(JSON.stringify({ ...receipt, receipt: { ...receipt.receipt, tenant: '<img src=x onerror=alert(1)>' } }));
  await page.getByText('✕ The readable part was changed.').waitFor();
  await page.locator('#receipt').fill(receipt.signature.replace('.', '.A'));
  await page.getByText('✕ Not valid.').waitFor();
  assert.deepEqual(requests.slice(before), []);
});

journey('deletes everything of the tenant only for those words', async ({ page }) => {
  const id = await pending();
  await open(page, backend, `/connections/${id}/leave`);
  await page.getByText('Delete everything of this tenant').click();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('delete everything');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click();
  await page.getByText('Everything of a tenant was deleted').waitFor();
  assert.deepEqual((await backend.json('GET', '/connections')).connections, []);
});
