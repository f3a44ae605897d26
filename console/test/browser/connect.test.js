// Connecting an account, from the first click to the first result: with a mouse, and with a keyboard alone.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { serve } from './backend.js';
import { open, together } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const { backend, journey } = await together(['--instances', '300', '--apis', '20', '--latency', 'distance']);

const anew = () => backend.json('DELETE', '/tenant');

/** @param {Page} page */
const externalId = page => page.getByRole('region', { name: 'External ID' }).innerText();

journey('connects an account of the minimal tier, and shows its first result', async ({ page, requests }) => {
  await anew();
  await open(page, backend);
  await page.getByRole('link', { name: 'Connect an account' }).first().click();
  await page.getByLabel('Name').fill('Production');
  await page.getByText('ec2:DescribeInstances').first().waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.getByRole('heading', { name: 'Grant the role, in your AWS account' }).waitFor();
  const issued = await externalId(page);
  assert.match(issued, /^cloudoperator-[\w-]{43}$/);
  await page.reload();
  await page.getByRole('heading', { name: 'Grant the role, in your AWS account' }).waitFor();
  assert.equal(await externalId(page), issued, 'a reload keeps the External ID');
  assert.ok(!page.url().includes(issued) && !requests.some(request => request.includes(issued)), 'the External ID is in no address');

  for (const [way, what] of [['Console', 'Upload a template file'], ['AWS CLI', 'aws iam create-role'], ['Terraform', 'terraform apply'], ['Policies', 'sts:ExternalId'], ['Sample account', 'Launch into the sample account']]) {
    await page.getByRole('tab', { name: way }).click();
    await page.getByRole('tabpanel').getByText(what).first().waitFor();
  }
  await page.getByRole('button', { name: 'Launch into the sample account' }).click();
  await page.getByText('Launched: its ARN stands below.').waitFor();
  await page.getByRole('button', { name: 'Prove the role' }).click();

  await page.getByRole('heading', { name: 'Connected: AWS account 444455556666' }).waitFor();
  const proof = await page.locator('.proof').innerText();
  assert.match(proof, /With our External ID: allowed, as it must be/);
  assert.match(proof, /Without an External ID: denied \(AccessDenied\), as it must be/);
  assert.match(proof, /With another External ID: denied \(AccessDenied\), as it must be/);
  assert.match(proof, /Whose account it is: 444455556666/);
  await page.locator('.proof').getByText('after the first').nth(2).waitFor();
  const times = (await page.locator('.proof li').allInnerTexts()).map(line => line.replace(/^.*\n?.*?: /s, ''));
  assert.match(times[0], /asked first$/);
  const { sessions: [{ calls }] } = await backend.json('GET', `/connections/${(await backend.json('GET', '/connections')).connections[0].id}/calls`);
  assert.deepEqual(calls.map((/** @type {any} */ call) => call.operation), ['AssumeRole', 'GetCallerIdentity', 'AssumeRole', 'AssumeRole']);
  assert.deepEqual(times.slice(1).map(line => /asked ([\d,]+) ms after the first$/.exec(line)?.[1]), calls.slice(1).map((/** @type {any} */ { at }) => (Date.parse(at) - Date.parse(calls[0].at)).toLocaleString('en')));

  await page.getByRole('button', { name: 'Scan now' }).click();
  await page.getByRole('heading', { name: /^Scanning: \d+ of 34 regions done/ }).waitFor();
  await page.getByText('The scan is done, and everything was read').waitFor({ timeout: 60_000 });
  const [connection] = (await backend.json('GET', '/connections')).connections;
  const { latest } = await backend.json('GET', `/connections/${connection.id}`);
  const { snapshot } = await backend.json('GET', `/connections/${connection.id}/scans/${latest.scanId}`);
  const shown = await page.getByRole('region', { name: 'In short' }).innerText();
  assert.match(shown, new RegExp(`\\b${snapshot.totals.instances.total}\\b`));
  assert.match(shown, /in 34 of 34 regions/);
});

journey('tells at the field that a role ARN is none, and sends nothing', async ({ page, requests }) => {
  await anew();
  const { id } = await backend.json('POST', '/connections', { name: 'Production' });
  await open(page, backend, `/connections/${id}/connect`);
  await page.getByLabel('Role ARN').fill('arn:aws:s3:::bucket');
  await page.getByRole('button', { name: 'Prove the role' }).click();
  await page.getByText('A role ARN reads arn:aws:iam::111122223333:role/NAME').waitFor();
  assert.equal(await page.getByLabel('Role ARN').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'role-arn');
  assert.deepEqual(requests.filter(request => request.startsWith('PUT')), []);
});

journey('says what to look at when AWS denies the role, and takes it once that is mended', async ({ page }) => {
  await anew();
  const { id, externalId: issued } = await backend.json('POST', '/connections', { name: 'Production' });
  await open(page, backend, `/connections/${id}/connect`);
  await page.getByLabel('Role ARN').fill('arn:aws:iam::444455556666:role/CloudOperatorReadOnly');
  await page.getByRole('button', { name: 'Prove the role' }).click();
  await page.getByText('it is tried again by itself').waitFor({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Stop trying' }).click();
  await page.getByText('AWS denies it and does not say why').waitFor();
  await backend.json('POST', '/local/launch', { externalId: issued });
  await page.getByRole('button', { name: 'I have changed it: try again' }).click();
  await page.getByRole('heading', { name: 'Connected: AWS account 444455556666' }).waitFor({ timeout: 40_000 });
});

// Of the audit tier: a scan of the other may have ended before anybody can cancel it.
journey('cancels a scan', async ({ page }) => {
  await anew();
  const id = await backend.connect('Production', 'audit');
  await open(page, backend, `/connections/${id}`);
  await page.getByRole('button', { name: 'Scan now' }).first().click();
  await page.getByRole('button', { name: 'Cancel the scan' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the scan' }).click();
  await page.getByText('The scan was cancelled by a request.').waitFor({ timeout: 60_000 });
});

/** Presses Tab until the element is reached, as people do; each on the way shows that it has the focus. @param {Page} page @param {string} name */
const tabTo = async (page, name) => {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = /** @type {HTMLElement} */ (document.activeElement);
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const labels = /** @type {HTMLInputElement} */ (element).labels;
      return {
        name: element.getAttribute('aria-label') ?? labels?.[0]?.innerText ?? element.innerText ?? '',
        outlined: element === document.body || (outlineStyle !== 'none' && outlineWidth !== '0px'),
      };
    });
    assert.ok(at.outlined, `the focus can be seen at “${at.name}”`);
    if (at.name.startsWith(name)) {
      return;
    }
  }
  assert.fail(`Tab does not lead to “${name}”`);
};

journey('connects, scans and disconnects an account with a keyboard alone', async ({ page }) => {
  await anew();
  await open(page, backend);
  await tabTo(page, 'Connect an account');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
  await tabTo(page, 'Name');
  await page.keyboard.type('Production');
  await tabTo(page, 'Minimal');
  await page.keyboard.press('ArrowDown');
  assert.ok(await page.getByLabel('Audit').isChecked());
  await tabTo(page, 'Continue');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Sample account' }).waitFor();
  await tabTo(page, 'Sample account');
  await page.keyboard.press('ArrowRight');
  await page.getByText('Upload a template file').waitFor();
  await page.keyboard.press('ArrowLeft');
  await tabTo(page, 'Launch into the sample account');
  await page.keyboard.press('Enter');
  await page.getByText('Launched: its ARN stands below.').waitFor();
  await tabTo(page, 'Prove the role');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Connected: AWS account 444455556666' }).waitFor();
  await tabTo(page, 'Scan now');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Scanning/ }).waitFor();

  await page.getByText('The scan is done, and everything was read').waitFor({ timeout: 60_000 });
  await tabTo(page, 'Leave');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Disconnect' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'a page begins at its heading');
  await tabTo(page, 'Disconnect');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('Production');
  await page.keyboard.press('Enter');
  await page.getByText('The signature is valid').waitFor();
  assert.ok(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Receipt')), 'the focus is at the receipt');
});

journey('offers no sample account where `serve` was given a role, but that role', async ({ page, foreign }) => {
  const roleArn = 'arn:aws:iam::111122223333:role/CloudOperatorReadOnly';
  const other = await serve(['--role-arn', roleArn, '--endpoint-url', 'http://127.0.0.1:9'], { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_REGION: 'us-east-1' });
  after(other.stop);
  foreign(other.url);
  const { id } = await other.json('POST', '/connections', { name: 'Production' });
  await open(page, other, `/connections/${id}/connect`);
  await page.getByRole('tab', { name: 'AWS CLI' }).waitFor();
  assert.equal(await page.getByRole('tab', { name: 'Sample account' }).count(), 0);
  assert.equal(await page.getByLabel('Role ARN').inputValue(), roleArn);
  assert.equal((await other.ask('POST', '/local/launch', { externalId: 'x' })).status, 404);
});

journey('jumps over the head of the page', async ({ page }) => {
  await open(page, backend);
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  assert.equal(page.url(), `${backend.url}/console#/`, 'the page is the same');
});
