// Signing in where the stack is deployed: the authorization code flow with PKCE, against a provider that checks its half of it.
import assert from 'node:assert/strict';
import { together } from './browser.js';
import { provide } from './provider.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof provide>>} Provider */

const { backend, journey } = await together(['--instances', '20', '--apis', '0']);

/**
 * A journey at a deployment, with a provider of its own.
 * @param {string} name
 * @param {(page: Page, provider: Provider) => Promise<void>} steps
 */
const deployed = (name, steps) =>
  journey(name, async ({ page, foreign }) => {
    const provider = await provide(backend);
    try {
      foreign(provider.origin);
      foreign(provider.url);
      await steps(page, provider);
    } finally {
      provider.close();
    }
  });

/** @param {Page} page @param {string} address */
const signIn = async (page, address) => {
  await page.goto(address);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
};

/** Everything that outlives the page. @param {Page} page */
const kept = page =>
  page.evaluate(async () => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, history.state, location.href, await indexedDB.databases(), await caches.keys()]));

deployed('leads to the provider, and comes back to the page that was asked for', async (page, provider) => {
  await signIn(page, `${provider.url}/console#/connect`);
  await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
  assert.equal(page.url(), `${provider.url}/console#/connect`);
  assert.deepEqual(provider.seen.refused, []);
  const [asked] = provider.seen.authorizations;
  assert.equal(asked.get('redirect_uri'), `${provider.url}/console`);
  for (const name of ['state', 'nonce', 'code_challenge']) {
    assert.match(asked.get(name) ?? '', /^[\w-]{43}$/, name);
  }
});

deployed('keeps the token in memory alone', async (page, provider) => {
  await signIn(page, `${provider.url}/console`);
  const remains = await kept(page);
  assert.ok(!remains.includes(backend.token));
  assert.ok(!remains.includes('code='), 'the code is out of the address');
  assert.ok(!remains.includes('verifier'), 'what the sign-in needed is gone');
});

deployed('is signed in again after a reload, by the provider and without its page', async (page, provider) => {
  await signIn(page, `${provider.url}/console#/connect`);
  await page.reload();
  await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
  assert.equal(provider.seen.pages, 1);
  assert.equal(provider.seen.tokens, 2);
});

deployed('signs out at the provider too', async (page, provider) => {
  await signIn(page, `${provider.url}/console`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Enter' }).waitFor();
  assert.equal(provider.seen.pages, 2);
});

for (const [what, fault, said] of /** @type {[string, (faults: Provider['faults']) => void, string][]} */ ([
  ['an answer with another state', f => (f.state = 'another'), 'belongs to no sign-in that was begun in this tab'],
  ['an ID token with another nonce', f => (f.nonce = 'another'), 'answered to another sign-in than this one'],
  ['an error', f => (f.error = 'Not your day'), 'Sign-in was refused: Not your day.'],
  ['a code that the token endpoint refuses', f => (f.token = true), 'did not take the code that it had sent'],
])) {
  deployed(`does not go on after ${what}, and says so`, async (page, provider) => {
    fault(provider.faults);
    await page.goto(`${provider.url}/console`);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByText(said).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Sign out' }).count(), 0);
    assert.ok(!new URL(page.url()).search, 'the answer is out of the address');

    Object.assign(provider.faults, { state: '', nonce: '', error: '', token: false });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  });
}

deployed('takes no answer that this tab has not asked for', async (page, provider) => {
  await page.goto(`${provider.url}/console?code=stolen&state=guessed`);
  await page.getByText('belongs to no sign-in that was begun in this tab').waitFor();
  assert.equal(provider.seen.tokens, 0);
  assert.deepEqual(provider.seen.refused, [], 'the code was not even tried');
});

deployed('takes no token from the address: a link could make people work as somebody else', async (page, provider) => {
  await page.goto(`${provider.url}/console#token=${backend.token}`);
  await page.getByRole('button', { name: 'Enter' }).waitFor();
});

deployed('shows what the provider says as text', async (page, provider) => {
  provider.faults.error = '<img src=x onerror=alert(1)>';
  await page.goto(`${provider.url}/console`);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByText('<img src=x onerror=alert(1)>').waitFor();
});

deployed('asks people to sign in again before they delete, and takes them back to it', async (page, provider) => {
  const { id } = await backend.json('POST', '/connections', { name: 'production' });
  await signIn(page, `${provider.url}/console#/connections/${id}/leave`);
  provider.faults.stale = true;
  const disconnect = async () => {
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('production');
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  };
  await disconnect();
  await page.getByRole('button', { name: 'Enter' }).click();

  await page.getByText('You have signed in again. Nothing was done yet').waitFor();
  assert.equal(page.url(), `${provider.url}/console#/connections/${id}/leave`);
  const asked = provider.seen.authorizations.at(-1);
  assert.deepEqual([asked?.get('prompt'), asked?.get('max_age')], ['login', '0'], 'the password is asked for');
  assert.equal((await backend.json('GET', `/connections/${id}`)).status, 'pending');

  await disconnect();
  await page.getByText('The signature is valid').waitFor();
  assert.equal((await backend.ask('GET', `/connections/${id}`)).status, 404, 'of a connection that was never proven nothing stays');
  await page.getByRole('link', { name: 'Connections', exact: true }).click();
  await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
  assert.equal(await page.getByText('You have signed in again').count(), 0);
});
