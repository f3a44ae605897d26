// The APIs of an account: found, narrowed, opened, declared.
import assert from 'node:assert/strict';
import { open, together } from './browser.js';

let id = '';
const { backend, journey } = await together(['--instances', '20', '--apis', '60'], async ({ connect, scan }) => {
  id = await connect('production', 'audit');
  await scan(id);
});

journey('narrows the APIs by conditions that the address keeps', async ({ page }) => {
  await open(page, backend, `/connections/${id}/apis`);
  const all = Number((await page.locator('.list-head h2').innerText()).match(/^(\d+) APIs$/)?.[1]);
  await page.getByLabel('Kind').selectOption('graphql');
  await page.locator('.list-head h2').filter({ hasText: ` of ${all} APIs` }).waitFor();
  assert.match(page.url(), /kind=graphql$/);
  for (const row of await page.locator('.apis > .row').all()) {
    assert.match(await row.innerText(), /graphql/);
  }
  await page.reload();
  await page.locator('.list-head h2').filter({ hasText: ` of ${all} APIs` }).waitFor();
  await page.getByRole('button', { name: 'Clear all conditions' }).click();
  await page.locator('.list-head h2').filter({ hasText: new RegExp(`^${all} APIs$`) }).waitFor();
});

journey('tells of each API the easiest way in, and who may call each route', async ({ page }) => {
  await open(page, backend, `/connections/${id}/apis?authorization=none&exposure=public&kind=rest`);
  await page.locator('.apis summary').first().click();
  await page.getByText('Easiest way in:').waitFor();
  const detail = page.locator('.apis > .row').first();
  assert.match(await detail.innerText(), /may be called by anyone on the internet, without showing anything/);
  assert.ok(await detail.getByRole('table').count() >= 2);
});

journey('gives an API as an OpenAPI document', async ({ page }) => {
  await open(page, backend, `/connections/${id}/apis?kind=rest`);
  await page.locator('.apis summary').first().click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'OpenAPI', exact: false }).click()]);
  assert.match(download.suggestedFilename(), /\.openapi\.json$/);
});

journey('declares what was found, and shows as a shadow what is left out of it', async ({ page }) => {
  await open(page, backend, `/connections/${id}/apis?view=catalog`);
  await page.getByRole('button', { name: 'Start from what was found' }).click();
  const text = page.getByRole('textbox', { name: 'Catalogue' });
  await page.waitForFunction(() => /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea')).value !== '');
  const { entries } = JSON.parse(await text.inputValue());
  await text.fill(JSON.stringify({ entries: entries.slice(1) }));
  await page.getByRole('button', { name: 'Declare', exact: true }).click();
  await page.getByText('Shadows: 1 API with something that was not declared').waitFor();
  await text.fill('{"entries":[{"id":"nonsense"}]}');
  await page.getByRole('button', { name: 'Declare', exact: true }).click();
  await page.getByRole('alert').getByText('entries[0].id').waitFor();
});

journey('says of a minimal connection why it has no APIs', async ({ page }) => {
  const { id: minimal } = await backend.json('POST', '/connections', { name: 'small', tier: 'minimal' });
  await open(page, backend, `/connections/${minimal}/apis`);
  await page.getByRole('heading', { name: 'This connection reads no APIs' }).waitFor();
});

journey('shows names that an attacker has written as text', async ({ page }) => {
  const name = '"><img src=x onerror=alert(1)>\u202egnp.exe\u200b';
  await page.route(/\/apis\?/, async route => {
    const answer = await (await route.fetch()).json();
    const hostile = (/** @type {any} */ api) => ({
      ...api, name, issuers: [name],
      entrances: api.entrances.map((/** @type {any} */ each) => ({ ...each, url: name, webAcl: name })),
      deployments: [{ stage: name, deployed: true, accessLogs: false, throttled: false }],
      routes: api.routes.map((/** @type {any} */ each) => ({ ...each, path: name, authorizer: name })),
    });
    await route.fulfill({ json: { ...answer, items: answer.items.map(hostile) } });
  });
  await open(page, backend, `/connections/${id}/apis`);
  await page.locator('.apis summary').first().click();
  await page.getByText('Easiest way in:').waitFor();
  assert.equal(await page.locator('main img').count(), 0);
  const text = await page.locator('.apis > .row').first().innerText();
  assert.ok(text.includes('\\u{202e}gnp.exe\\u{200b}'), text);
  assert.ok(!/[\u202e\u200b]/.test(text));
});

journey('opens an API of thousands of routes without standing still', async ({ page }) => {
  await page.route(/\/apis\?/, async route => {
    const answer = await (await route.fetch()).json();
    const [api] = answer.items.filter((/** @type {any} */ each) => each.routes.length > 0);
    const routes = Array.from({ length: 5_000 }, (_, i) => ({ ...api.routes[0], path: `/orders/${i}` }));
    await route.fulfill({ json: { ...answer, matching: 1, next: undefined, items: [{ ...api, routes, routeCount: 5_000 }] } });
  });
  await open(page, backend, `/connections/${id}/apis`);
  await page.locator('.apis summary').first().click();
  await page.getByRole('button', { name: 'Show more: 50 of 5,000 are here' }).waitFor({ timeout: 3_000 });
});
