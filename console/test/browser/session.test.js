// Who looks: the token of `serve`, where it may be, and what is said when it is refused.
import assert from 'node:assert/strict';
import { open, together } from './browser.js';

const { backend, journey } = await together(['--instances', '20', '--apis', '0']);

journey('takes the token out of the address, and out of the history', async ({ page }) => {
  await page.goto(`${backend.url}/security`);
  const before = await page.evaluate(() => history.length);
  await page.goto(backend.console);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();

  assert.equal(page.url(), `${backend.url}/console#/`);
  assert.equal(await page.evaluate(() => history.length), before + 1);
  await page.goBack();
  assert.equal(page.url(), `${backend.url}/security`);
  await page.goForward();
  assert.ok(!page.url().includes(backend.token), 'the history has no token');
});

journey('sends the token in a header, and nowhere else', async ({ page, requests }) => {
  await open(page, backend);
  await page.reload();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();

  assert.ok(requests.some(request => request.startsWith(`GET ${backend.url}/connections`)));
  assert.deepEqual(requests.filter(request => request.split('#')[0].includes(backend.token)), []);
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

journey('is signed in after a reload of the tab, and not in another one', async ({ page }) => {
  await open(page, backend);
  await page.reload();
  await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
  const other = await page.context().newPage();
  await other.goto(`${backend.url}/console`);
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();
});

journey('forgets the token at sign-out', async ({ page }) => {
  await open(page, backend);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

journey('says where a token comes from when there is none', async ({ page }) => {
  await page.goto(`${backend.url}/console`);
  await page.getByText('./cloudoperator serve').waitFor();
});

journey('takes a token into a page that is open already', async ({ page }) => {
  await page.goto(`${backend.url}/console`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto(backend.console);
  await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
  assert.deepEqual(await page.locator('h1').allInnerTexts(), ['Connections']);
});

journey('says that a text is no token', async ({ page }) => {
  await page.goto(`${backend.url}/console#token=rubbish`);
  await page.getByText('no access token that can be read').waitFor();
});

journey('says that a token is of an earlier start, and forgets it', async ({ page }) => {
  const [head, claims, signature] = backend.token.split('.');
  const earlier = [head, claims, [...signature].reverse().join('')].join('.');
  await page.goto(`${backend.url}/console#token=${earlier}`);
  await page.getByText('The token has expired or is of an earlier start.').waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

journey('says that the API does not answer, and goes on when it does again', async ({ page }) => {
  await open(page, backend);
  await page.route('**/connections?*', route => route.abort());
  await page.getByRole('link', { name: 'Receipts' }).click();
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByText('The API does not answer.').waitFor();
  await page.unroute('**/connections?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No account is connected yet').waitFor();
});

journey('says that nothing is at an address, and asks the API nothing for it', async ({ page, requests }) => {
  await open(page, backend);
  for (const path of ['/nowhere', '/connections/%E0%A4%A/calls', '/connections/%3Cimg%20src=x%20onerror=alert(1)%3E', '/connections/..%2Ftenant', '/connections/..']) {
    requests.length = 0;
    await page.goto(`${backend.url}/console#${path}`);
    await page.getByRole('heading', { name: 'No such page' }).waitFor();
    assert.deepEqual(requests.filter(request => !request.includes('/console/')), []);
  }
});
