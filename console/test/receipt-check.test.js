// Receipts: those that releases have signed, which Java's tests hold too, and what is none.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import vm from 'node:vm';
import { offlineVerifier } from '../offline-verifier.js';
import { checkReceipt, fingerprint, given, same, told } from '../receipt-check.js';

const GOLDEN = new URL('../../shared/src/test/resources/io/cloudoperator/store/golden/', import.meta.url);

/** @typedef {{ keyArn: string, publicKey: string, receipts: { jws: string, payload: any }[] }} Golden */

/** @param {string} folder */
const golden = async folder => {
  const { keyArn, publicKey, receipts } = /** @type {Golden} */ (JSON.parse(await readFile(new URL(`${folder}/receipt.json`, GOLDEN), 'utf8')));
  const jwk = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }).export({ format: 'jwk' });
  return { receipts, key: { ...jwk, kid: keyArn.slice(keyArn.lastIndexOf('/') + 1) } };
};

const { receipts, key } = await golden('v1');
const [{ jws }] = receipts;
const [header, payload, signature] = jws.split('.');

/** @param {unknown} value */
const part = value => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** @param {string} text @param {any[]} [keys] */
const refused = async (text, keys = [key]) => {
  const checked = await checkReceipt(text, keys);
  assert.equal(checked.valid, false);
  return checked.valid ? '' : checked.reason;
};

for (const folder of ['v1', 'v1-deletions']) {
  test(`verifies what releases have signed: ${folder}`, async () => {
    const kept = await golden(folder);
    assert.equal(kept.receipts.length, 3);
    for (const { jws: text, payload: said } of kept.receipts) {
      const checked = await checkReceipt(text, [kept.key]);
      assert.ok(checked.valid);
      assert.deepEqual(checked.receipt, said);
    }
  });
}

test('refuses another content under the same signature', async () => {
  const other = part(JSON.stringify({ ...receipts[0].payload, deleted: [] }));
  assert.match(await refused(`${header}.${other}.${signature}`), /signature does not belong/);
});

test('refuses a signature of which one bit is another', async () => {
  const bytes = Buffer.from(signature, 'base64url');
  bytes[10] ^= 1;
  assert.match(await refused(`${header}.${payload}.${bytes.toString('base64url')}`), /signature does not belong/);
});

test('lets no text choose how it is checked', async () => {
  for (const alg of ['none', 'HS256', 'RS512']) {
    assert.match(await refused(`${part({ alg, typ: 'receipt+jwt', kid: key.kid })}.${payload}.${signature}`), /RS256/);
  }
  assert.match(await refused(`${part({ alg: 'RS256', typ: 'JWT', kid: key.kid })}.${payload}.${signature}`), /type/);
  assert.match(await refused(`${part({ alg: 'RS256', typ: 'receipt+jwt', kid: key.kid, jwk: key })}.${payload}.${signature}`), /header/);
  assert.match(await refused(`${part('[]')}.${payload}.${signature}`), /header/);
});

test('refuses a key of another name, and another key of that name', async () => {
  assert.match(await refused(jws, [{ ...key, kid: 'another' }]), /names the key/);
  assert.match(await refused(jws, []), /names the key/);
  const own = await crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign', 'verify']);
  const other = await crypto.subtle.exportKey('jwk', own.publicKey);
  assert.match(await refused(jws, [{ ...other, kid: key.kid }]), /signature does not belong/);
  assert.match(await refused(jws, [{ kty: 'oct', kid: key.kid }]), /not an RSA key/);
});

test('has one text for one receipt', async () => {
  for (const text of [`${jws}=`, `${jws}.`, ` ${jws}`, jws.replaceAll('-', '+'), '', '..', `${'a'.repeat(12_001)}`]) {
    assert.ok(await refused(text));
  }
  const last = signature.at(-1) === 'A' ? 'B' : 'A';
  assert.ok(await refused(`${header}.${payload}.${signature.slice(0, -1)}${last}`));
});

test('tells a receipt, a signature alone and a key from what is none of them', () => {
  assert.deepEqual(given(` ${jws}\n`), { signature: jws });
  assert.deepEqual(given(JSON.stringify({ receipt: { id: 'x' }, signature: jws, keys: [key] })), { signature: jws, beside: { id: 'x' }, keys: [key] });
  assert.deepEqual(given(JSON.stringify(key)), { keys: [key] });
  for (const text of ['', 'null', '[]', '{', '"a"', 'hello']) {
    assert.deepEqual(given(text), {});
  }
});

test('knows the same JSON in another order, and nothing else', () => {
  assert.ok(same({ a: [1, { b: 'c' }], d: null }, { d: null, a: [1, { b: 'c' }] }));
  for (const other of [{ a: [1] }, { a: [1, 2], b: 3 }, { a: [2, 1] }, { a: { 0: 1, 1: 2 } }, null]) {
    assert.ok(!same({ a: [1, 2] }, other));
  }
});

test('names a key as RFC 7638 does', async () => {
  // The example of RFC 7638, section 3.1.
  const n = '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
  assert.equal(Buffer.from(await fingerprint({ kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' }), 'hex').toString('base64url'), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
});

test('says in words what a receipt says', () => {
  const { title, facts, deleted } = told(receipts[0].payload);
  assert.equal(title, 'A connection was ended');
  assert.deepEqual(facts[0], ['Deleted by', '2026-11-22 10:00:00 UTC']);
  assert.deepEqual(deleted, [['snapshots', '5'], ['runs', '2']]);
});

/** @param {string} module */
const onDisk = module => readFile(new URL(`../${module}`, import.meta.url), 'utf8');

test('the file for later is one script that parses, holds the very text that checks here, and ends where it should', async () => {
  const { html, scriptDigest } = await offlineVerifier([{ ...key, kid: '</script><script>alert(1)</script>' }], onDisk);
  const scripts = html.match(/<script>[^]*?<\/script>/g) ?? [];
  assert.equal(scripts.length, 1);
  const script = scripts[0].slice('<script>'.length, -'</script>'.length);
  new vm.Script(script);
  assert.ok(!/^\s*(import|export) /m.test(script));
  assert.ok(script.includes((await onDisk('receipt-check.js')).replaceAll(/^export /gm, '')));
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(script)));
  assert.equal(digest.toString('hex'), scriptDigest);
  assert.ok(html.includes(`script-src 'sha256-${digest.toString('base64')}'`));
});
