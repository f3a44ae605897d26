// Our calls, and CloudTrail: the files stay in the browser.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { open, together } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

let id = '';
const { backend, journey } = await together(['--instances', '20', '--apis', '0'], async ({ connect, scan }) => {
  id = await connect('production', 'audit');
  await scan(id);
});

/** An event of CloudTrail's for each call of a scan. */
const events = async () => {
  const ledgers = await backend.json('GET', `/connections/${id}/calls`);
  const [scan] = ledgers.sessions.filter((/** @type {any} */ each) => each.kind === 'scan');
  const role = 'CloudOperatorAudit';
  return ledgers.sessions.flatMap((/** @type {any} */ each) => each.calls
    .filter((/** @type {any} */ call) => call.status > 0 && !(call.operation === 'AssumeRole' && call.status >= 400))
    .map((/** @type {any} */ call, /** @type {number} */ i) => {
      const policy = each === scan || ledgers.verifySessionPolicy === undefined ? ledgers.sessionPolicy : ledgers.verifySessionPolicy;
      const assume = call.operation === 'AssumeRole';
      return {
        eventID: `${each.session} ${i}`,
        eventTime: `${call.at.slice(0, 19)}Z`,
        eventName: call.operation,
        eventSource: `${call.service}.amazonaws.com`,
        awsRegion: call.region.endsWith('-global') ? 'us-east-1' : call.region,
        requestID: call.requestId,
        recipientAccountId: ledgers.account,
        userIdentity: assume
          ? { type: 'AWSAccount', accountId: ledgers.brokerAccount }
          : { arn: `arn:aws:sts::${ledgers.account}:assumed-role/${role}/${each.session}`, sessionContext: { attributes: { creationDate: `${each.begunAt.slice(0, 19)}Z` } } },
        requestParameters: assume
          ? { roleArn: `arn:aws:iam::${ledgers.account}:role/${role}`, roleSessionName: each.session, durationSeconds: 900, externalId: 'x', policy: JSON.stringify(policy).replace('ROLE_ARN', `arn:aws:iam::${ledgers.account}:role/${role}`) }
          : null,
      };
    }));
};

/** @param {Page} page @param {any[]} records @param {string} [fetched] */
const compare = async (page, records, fetched) => {
  await open(page, backend, `/connections/${id}/calls?view=cloudtrail`);
  const half = Math.ceil(records.length / 2);
  const file = (/** @type {string} */ name, /** @type {any[]} */ some) => ({ name, mimeType: 'application/gzip', buffer: gzipSync(JSON.stringify({ Records: some })) });
  await page.getByLabel('Files, dropped here or chosen').setInputFiles([file('a.json.gz', records.slice(0, half)), file('b.json.gz', records.slice(half))]);
  if (fetched !== undefined) {
    await page.getByLabel('Fetched at').fill(fetched);
  }
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('heading', { name: 'What they say' }).waitFor();
};

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);

journey('lists each call of a scan, and narrows the list', async ({ page }) => {
  await open(page, backend, `/connections/${id}/calls`);
  await page.getByLabel('Service').selectOption('sts');
  await page.locator('.list-head h2').filter({ hasText: / of [\d,]+ calls?$/ }).waitFor();
  assert.match(await page.getByRole('table').first().innerText(), /sts:AssumeRole/);
});

journey('agrees with CloudTrail’s files, and sends nothing of them', async ({ page, requests }) => {
  await open(page, backend, `/connections/${id}/calls?view=cloudtrail`);
  const records = await events();
  const before = requests.length;
  await compare(page, records, TOMORROW);
  await page.getByText('CloudTrail and we agree').waitFor();
  assert.deepEqual(requests.slice(before).filter(request => !request.startsWith('GET')), []);
});

journey('shows an event that no call explains', async ({ page }) => {
  const records = await events();
  const hidden = records.find((/** @type {any} */ each) => each.eventName === 'DescribeInstances');
  await compare(page, [...records, { ...hidden, eventID: 'hidden', eventName: '<img src=x onerror=alert(1)>' }], TOMORROW);
  await page.getByText('CloudTrail and we differ').waitFor();
  await page.getByRole('table', { name: 'Events in CloudTrail, not in our list' }).getByText('<img src=x onerror=alert(1)>').waitFor();
});

journey('shows a call that is missing in CloudTrail', async ({ page }) => {
  await compare(page, (await events()).filter((/** @type {any} */ each) => each.eventName !== 'ListBuckets'), TOMORROW);
  await page.getByRole('table', { name: 'Calls that are missing in CloudTrail' }).getByText('s3:ListBuckets').waitFor();
});

journey('says what a file is that CloudTrail did not write', async ({ page }) => {
  await open(page, backend, `/connections/${id}/calls?view=cloudtrail`);
  await page.getByLabel('Files, dropped here or chosen').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('alert').getByText('note.txt: it is text, not JSON').waitFor();
});

journey('asks CloudTrail itself', async ({ page }) => {
  await open(page, backend, `/connections/${id}/calls?view=cloudtrail`);
  await page.getByRole('button', { name: 'Ask CloudTrail for us' }).click();
  await page.getByText('CloudTrail and we agree').waitFor({ timeout: 60_000 });
});
