// The join of ledger and CloudTrail: what it finds is what Java finds (ReconcileVectorsTest reads the same vectors).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { CallMatcher } from '../reconcile/call-matcher.js';
import { joined } from '../reconcile/ledger.js';
import { NoTrail, reconcile } from '../reconcile/reconcile.js';

/** @typedef {import('../api.js').Schemas['Findings']} Findings */
/** @typedef {{ name: string, records?: string[], lookup?: string[], text?: string, gzip?: boolean }} File */
/** @typedef {{ ledgers: Record<string, any>, events: Record<string, any>, cases: { name: string, ledger: string, asOf: string, files: File[], findings: Findings }[] }} Vectors */

const VECTORS = new URL('../../shared/src/test/resources/io/cloudoperator/reconcile/vectors.json', import.meta.url);
const { ledgers, events, cases } = /** @type {Vectors} */ (JSON.parse(await readFile(VECTORS, 'utf8')));

/** @param {File} file */
const content = ({ text, records, lookup = [] }) =>
  text ?? JSON.stringify(records ? { Records: records.map(id => events[id]) } : { Events: lookup.map(id => ({ CloudTrailEvent: JSON.stringify(events[id]) })) });

/** @param {string} name @param {string | Uint8Array} bytes */
const source = (name, bytes) => ({ name, bytes: () => new Uint8Array(Buffer.from(bytes)) });

/** @param {File} file */
const given = file => source(file.name, file.gzip ? gzipSync(content(file)) : content(file));

/** Java says besides where the JSON is wrong. @param {Findings} findings */
const withoutPlaces = findings => ({ ...findings, filesSkipped: findings.filesSkipped.map(({ why, ...file }) => ({ ...file, why: why.replace(/ \(line \d+, column \d+\)$/, '') })) });

for (const { name, ledger, asOf, files, findings } of cases) {
  test(`finds what Java finds: ${name}`, async () => {
    const found = await reconcile(ledgers[ledger], files.map(given), asOf);
    assert.deepEqual(JSON.parse(JSON.stringify(found)), withoutPlaces(findings));
  });
}

test('has vectors of every verdict', () =>
  assert.deepEqual([...new Set(cases.map(({ findings }) => findings.verdict))].sort(), ['agrees', 'differs', 'inconclusive', 'too_early']));

test('says what each file is when none has events', async () => {
  await assert.rejects(reconcile(ledgers.base, [source('note.txt', 'hello'), source('none.json', '')], '2026-11-22T09:00:00Z'), e =>
    e instanceof NoTrail && e.skipped.map(({ file, kind }) => `${file} ${kind}`).join() === 'note.txt other,none.json empty');
});

test('takes a compressed file that is cut short for damaged', async () => {
  const { length } = gzipSync(content({ name: '', records: ['assume'] }));
  const cut = gzipSync(content({ name: '', records: ['assume'] })).subarray(0, length - 20);
  const { verdict, filesSkipped } = await reconcile(ledgers.base, [source('whole', '{"Records":[]}'), source('cut.gz', cut)], '2026-11-22T07:00:00Z');
  assert.deepEqual(filesSkipped.map(({ file, kind }) => [file, kind]), [['cut.gz', 'damaged']]);
  assert.equal(verdict, 'inconclusive');
});

test('takes the pages of an answer for one, and a session that goes on on the next', async () => {
  const [session] = ledgers.base.sessions;
  const page = (/** @type {number} */ from, /** @type {number | undefined} */ to, /** @type {string | undefined} */ next) => ({ ...ledgers.base, next, sessions: [{ ...session, calls: session.calls.slice(from, to) }] });
  const whole = joined([page(0, 2, 'x'), page(2, undefined, undefined)]);
  assert.equal((await reconcile(whole, cases[0].files.map(given), '2026-11-22T09:00:00Z')).verdict, 'agrees');
  assert.equal(joined([page(0, 2, 'x')]).next, 'x');
});

test('reports all progress', async () => {
  /** @type {number[]} */
  const progress = [];
  await reconcile(ledgers.base, cases[0].files.map(given), '2026-11-22T09:00:00Z', (done, of) => progress.push(done / of));
  assert.deepEqual(progress, [0.5, 1]);
});

test('keeps no more events of a kind than twice its calls and a few, the earliest', () => {
  const matcher = new CallMatcher();
  matcher.add({ session: 's', at: 0, call: /** @type {any} */ ({ requestId: '', status: 200 }) });
  const event = (/** @type {number} */ at) => ({ why: /** @type {const} */ ('unknown_call'), at, time: '', region: '', source: '', name: '', requestId: '', errorCode: '', session: 's', eventId: `e${at}` });
  const given = Array.from({ length: 1_000 }, (_, i) => event((i * 7919) % 1_000));
  const refused = given.flatMap(each => matcher.offer(each));
  const { matched, unmatchedEvents } = matcher.match(() => true);
  assert.equal(matched, 1);
  assert.equal(refused.length + unmatchedEvents.length + matched, 1_000);
  assert.deepEqual([...refused, ...unmatchedEvents].map(({ at }) => at).sort((a, b) => a - b), Array.from({ length: 999 }, (_, i) => i + 1));
  assert.ok(matcher.events.all.length <= 66);
});
