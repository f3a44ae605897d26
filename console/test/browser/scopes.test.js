// Who may only look, or may not delete: what the API would refuse is not offered, and the reason is there.
import assert from 'node:assert/strict';
import { open, together } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

let audit = '';
let pending = '';

const { backend, journey } = await together(['--instances', '20', '--apis', '5', '--regions', '3'], async ({ connect, scan, json }) => {
  pending = (await json('POST', '/connections', { name: 'staging' })).id;
  audit = await connect('production', 'audit');
  await scan(audit);
});

/** @type {[path: () => string, scope: 'write' | 'delete', what: (page: Page) => import('playwright-core').Locator][]} */
const ACTS = [
  [() => '/', 'write', page => page.getByRole('link', { name: 'Connect an account' })],
  [() => '/connect', 'write', page => page.getByRole('button', { name: 'Continue' })],
  [() => `/connections/${pending}/connect`, 'write', page => page.getByRole('button', { name: 'Prove the role' })],
  [() => `/connections/${audit}`, 'write', page => page.getByRole('button', { name: 'Scan now' })],
  [() => `/connections/${audit}`, 'write', page => page.getByRole('combobox', { name: 'Scheduled scans' })],
  [() => `/connections/${audit}/apis?view=catalog`, 'write', page => page.getByRole('button', { name: 'Declare' })],
  [() => `/connections/${audit}/calls?view=cloudtrail`, 'write', page => page.getByRole('button', { name: 'Ask CloudTrail for us' })],
  [() => `/connections/${audit}/permission`, 'write', page => page.getByRole('button', { name: 'Prove the role again' })],
  [() => `/connections/${audit}/leave`, 'delete', page => page.getByRole('button', { name: 'Disconnect' })],
  [() => `/connections/${audit}/leave`, 'delete', page => page.getByRole('button', { name: 'Delete the results' })],
  [() => `/connections/${audit}/leave`, 'delete', page => page.getByRole('button', { name: 'Delete everything', includeHidden: true })],
];

for (const scopes of [['read'], ['read', 'write'], ['read', 'write', 'delete']]) {
  journey(`offers those who may ${scopes.join(', ')} what they may, and no more`, async ({ page }) => {
    const scope = scopes.map(each => `cloudoperator/${each}`).join(' ');
    const { token } = await backend.json('POST', '/local/token', { tenant: 'local', scope });
    /** @type {string[]} */
    const refused = [];
    page.on('response', response => response.status() === 403 && refused.push(response.url()));
    for (const [path, needed, what] of ACTS) {
      await open(page, { ...backend, console: `${backend.url}/console#token=${token}` }, path());
      if (scopes.includes(needed)) {
        await what(page).first().waitFor({ state: 'attached' });
      } else {
        assert.equal(await what(page).count(), 0, `${path()}: ${what(page)}`);
      }
    }
    assert.deepEqual(refused, [], 'nothing is asked for that is refused');
    if (!scopes.includes('delete')) {
      await page.getByText('your token lacks the scope cloudoperator/delete').first().waitFor();
    }
  });
}
