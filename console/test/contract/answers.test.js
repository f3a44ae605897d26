// Each operation of openapi.yaml is sent to the whole backend, and what it answers is what is written there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { serve } from '../browser/backend.js';
import { differences, examplesOf, operationOf, operations, schemaOf, wrongs } from './contract.js';

/** @typedef {{ headers?: Record<string, string>, body?: unknown, token?: string | null }} How */

/** @type {import('../browser/backend.js').Backend} */
let backend;

before(async () => {
  // Calls take their time, so that a scan is under way when it is cancelled and when its report is asked for too early.
  backend = await serve(['--instances', '60', '--apis', '35', '--regions', '3', '--latency', '300']);
});
after(() => backend?.stop());

// What was asked, by operation, and the bodies that were sent.
/** @type {Map<string, Set<number>>} */
const statuses = new Map();
/** @type {Map<string, string[]>} */
const sent = new Map();

/**
 * Asks, and holds the answer against the contract.
 * @param {string} method
 * @param {string} path
 * @param {number} status that is expected
 * @param {How} [how]
 * @returns {Promise<any>} the JSON, or the text where it is none
 */
const ask = async (method, path, status, { headers = {}, body, token = backend.token } = {}) => {
  const bytes = body === undefined || body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(backend.url + path, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(bytes === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: /** @type {any} */ (bytes),
    redirect: 'manual',
  });
  const text = await answer.text();
  assert.equal(answer.status, status, `${method} ${path}: ${text.slice(0, 500)}`);
  assert.deepEqual(differences(method, path, { status, headers: answer.headers, text }), [], `${method} ${path} ${status}: ${text.slice(0, 2_000)}`);
  const { id } = operationOf(method, path.split('?')[0]);
  statuses.set(id, (statuses.get(id) ?? new Set()).add(status));
  if (typeof bytes === 'string') {
    sent.set(id, [...(sent.get(id) ?? []), bytes]);
  }
  return /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
};

/**
 * The first example of an operation's request.
 * @param {string} id
 * @param {object} [changes] what an example cannot know
 */
const example = (id, changes = {}) => {
  const operation = operations.find(each => each.id === id)?.operation;
  const [, value] = examplesOf(operation.requestBody.content['application/json'])[0];
  return { ...value, ...changes };
};

/** @param {any} pending @returns {Promise<string>} the ARN of its role */
const granted = async ({ externalId, tier }) => (await backend.json('POST', '/local/launch', { externalId, tier })).roleArn;

/** @param {string} id */
const scanned = async id => {
  const { scanId } = await ask('POST', `/connections/${id}/scans`, 202);
  for (;;) {
    const scan = await ask('GET', `/connections/${id}/scans/${scanId}`, 200);
    if (scan.status !== 'running') {
      return scan;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
};

const NOBODY = 'con-00000000000000000000000000000000';
const NO_SCAN = '01a228b4-d9b3-71d1-8352-c2da913f82ec';

test('what anybody may ask', async () => {
  const keys = await ask('GET', '/receipts/key', 200, { token: null });
  assert.equal(keys.keys.length, 1);
  for (const path of ['/permissions', '/security', '/security/claims', '/trust.json', '/openapi.json', '/health']) {
    await ask('GET', path, 200, { token: null });
    await ask('GET', `${path}?dryRun=true`, 400, { token: null });
  }
  // A laptop names nobody to tell of a vulnerability.
  await ask('GET', '/.well-known/security.txt', 404, { token: null });
  await ask('GET', '/', 302, { token: null });
  await ask('GET', '/console/settings', 200, { token: null });
  const page = await ask('GET', '/console', 200, { token: null });
  for (const [, file] of page.matchAll(/"(\/console\/[^"]+)"/g)) {
    await ask('GET', file, 200, { token: null });
    await ask('GET', file, 200, { token: null, headers: { 'accept-encoding': 'identity' } });
  }
  await ask('GET', '/console/0123456789abcdef/main.js', 404, { token: null });
  await ask('POST', '/receipts/verify', 200, { token: null, body: example('verifyReceipt') });
  await ask('POST', '/receipts/verify', 400, { token: null, body: {} });
  await ask('POST', '/receipts/verify', 413, { token: null, body: { signature: 'x'.repeat(17_000) } });
  await ask('POST', '/receipts/verify', 415, { token: null, body: 'x', headers: { 'content-type': 'text/plain' } });
});

test('what a token is needed for', async () => {
  for (const { method, path } of operations.filter(each => each.secured)) {
    await ask(method, path.replace('{connectionId}', NOBODY).replace('{scanId}', NO_SCAN), 401, { token: 'rubbish' });
  }
});

test('what is not there', async () => {
  for (const { method, path, operation } of operations.filter(each => each.secured && each.path.includes('{connectionId}'))) {
    const body = operation.requestBody === undefined ? undefined : example(operation.operationId);
    const query = operation.operationId === 'getOpenApi' ? '?region=eu-west-1' : '';
    await ask(method, path.replace('{connectionId}', NOBODY).replace('{scanId}', NO_SCAN) + query, 404, body === undefined ? {} : { body });
  }
});

test('the life of a connection of the minimal tier', async () => {
  const pending = await ask('POST', '/connections', 201, { body: example('createConnection') });
  const at = `/connections/${pending.id}`;
  await ask('POST', '/connections', 400, { body: { name: '' } });
  await ask('POST', '/connections', 400, { body: '{' });
  await ask('GET', at, 200);
  assert.deepEqual(await ask('GET', `${at}/grant`, 200), pending);
  await ask('POST', `${at}/scans`, 409);
  await ask('POST', `${at}/verify`, 409);
  const roleArn = await granted(pending);
  await ask('PUT', `${at}/role`, 200, { body: example('giveRole', { roleArn }) });
  await ask('POST', `${at}/verify`, 200);
  await ask('GET', `${at}/grant`, 409);
  await ask('PUT', `${at}/schedule`, 200, { body: example('scheduleConnection') });
  await ask('GET', '/connections', 200);
  await ask('GET', '/connections?limit=0', 400);
  await ask('GET', `${at}/apis`, 409);

  const stopped = await ask('POST', `${at}/scans`, 202);
  await ask('POST', `${at}/scans/${stopped.scanId}/cancel`, 200);
  await ask('GET', `${at}/scans/${stopped.scanId}`, 200);
  const some = await ask('POST', `${at}/scans`, 202, { body: example('startScan') });
  await ask('POST', `${at}/scans/${some.scanId}/cancel`, 200);
  await ask('POST', `${at}/scans`, 400, { body: { regions: [] } });
  const scan = await scanned(pending.id);
  const key = { 'Idempotency-Key': 'once' };
  const { scanId } = await ask('POST', `${at}/scans`, 202, { headers: key });
  await ask('GET', `${at}/scans/${scanId}/report`, 409);
  await backend.ended(pending.id, scanId);
  await ask('POST', `${at}/scans`, 200, { headers: key });
  await ask('POST', `${at}/scans/${scanId}/cancel`, 409);
  for (const format of ['json', 'csv', 'html', 'ocsf', 'asff']) {
    await ask('GET', `${at}/scans/${scan.scanId}/report?format=${format}`, 200);
  }
  await ask('GET', `${at}/history`, 200);
  await ask('GET', `${at}/history?detail=regions`, 200);
  const ledger = await ask('GET', `${at}/calls?limit=3`, 200);
  await ask('GET', `${at}/calls?after=${ledger.next}`, 200);
  await ask('GET', `${at}/calls?format=csv&limit=3`, 200);
  await ask('POST', `${at}/calls/reconcile`, 200, { body: example('reconcileCalls') });
  await ask('POST', `${at}/calls/reconcile?asOf=2026-01-01T00:00:00Z`, 200, { body: gzipSync('{"Records":[]}'), headers: { 'content-type': 'application/gzip' } });
  await ask('POST', `${at}/calls/reconcile`, 400, { body: 'no JSON' });
  await ask('POST', `${at}/calls/lookup`, 409);

  await backend.json('DELETE', '/local/launch');
  const refused = await scanned(pending.id);
  assert.equal(refused.status, 'failed');
  await ask('GET', at, 200);
  await ask('POST', `${at}/verify`, 202);
  await ask('GET', at, 200);

  const receipt = await ask('DELETE', at, 200);
  const checked = await ask('POST', '/receipts/verify', 200, { token: null, body: { signature: receipt.signature } });
  assert.equal(checked.valid, true);
  await ask('POST', `${at}/scans`, 409);
  await ask('DELETE', `${at}/data`, 200);
  await ask('GET', at, 404);
});

test('the life of a connection of the audit tier', async () => {
  await ask('DELETE', '/tenant', 200);
  const pending = await ask('POST', '/connections', 201, { body: { name: 'Production', tier: 'audit' } });
  const at = `/connections/${pending.id}`;
  await ask('PUT', `${at}/role`, 200, { body: { roleArn: await granted(pending) } });
  await ask('GET', `${at}/apis`, 404);
  await scanned(pending.id);
  const second = await scanned(pending.id);
  const { items } = await ask('GET', `${at}/apis?limit=2`, 200);
  await ask('GET', `${at}/apis?limit=500`, 200);
  await ask('GET', `${at}/apis?exposure=public&authorization=none`, 200);
  await ask('GET', `${at}/apis?exposure=rubbish`, 400);
  await ask('GET', `${at}/apis/changes`, 200);
  await ask('GET', `${at}/apis/catalog`, 404);
  await ask('PUT', `${at}/apis/catalog`, 200, { body: example('declareApis') });
  await ask('PUT', `${at}/apis/catalog`, 400, { body: { entries: [{}] } });
  await ask('GET', `${at}/apis/catalog`, 200);
  await ask('GET', `${at}/apis/openapi?region=${items[0].region}`, 200);
  await ask('GET', `${at}/apis/openapi?api=${encodeURIComponent(items[0].id)}`, 200);
  await ask('GET', `${at}/apis/openapi`, 400);
  await ask('GET', `${at}/calls?scan=${second.scanId}`, 200);
  await ask('POST', `${at}/calls/lookup`, 200);
  await ask('GET', `${at}/scans/${second.scanId}/report`, 200);
  await ask('GET', `${at}/history?detail=regions`, 200);
  await ask('DELETE', '/tenant', 200);
});

test('every operation was seen to succeed', () => {
  for (const { id, responses } of operations.filter(each => each.id !== 'getSecurityText')) {
    const successes = Object.keys(responses).filter(status => status < '400');
    assert.ok(successes.some(status => statuses.get(id)?.has(Number(status))), id);
  }
});

test('every request has an example, and each was sent', () => {
  for (const { id, operation } of operations.filter(each => each.operation.requestBody !== undefined)) {
    const examples = examplesOf(operation.requestBody.content['application/json']);
    assert.ok(examples.length > 0, `${id} has no example`);
    for (const [name, value] of examples) {
      assert.ok(sent.get(id)?.some(body => body === JSON.stringify(value)), `${id} ${name} was not sent`);
    }
  }
});

test('every answer that is JSON has an example, and each fits its schema', () => {
  for (const operation of operations) {
    for (const [status, response] of Object.entries(operation.responses)) {
      for (const [type, media] of Object.entries(response.content ?? {}).filter(([type]) => type.includes('json'))) {
        const examples = examplesOf(media);
        assert.ok(examples.length > 0, `${operation.id} ${status} ${type} has no example`);
        for (const [name, value] of examples) {
          assert.deepEqual(wrongs(schemaOf(operation, status, type), value), [], `${operation.id} ${status} ${name}`);
          assert.ok(value.status === undefined || status < '400' || value.status === Number(status), `${operation.id} ${status} ${name}`);
        }
      }
    }
  }
});
