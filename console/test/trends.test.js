// Sums over what can be compared: no region that was not read counts as empty.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparable, metricTitle, series } from '../trends.js';

/** @param {Record<string, number | null>} regions instances by region; null: not read */
const snapshot = regions => /** @type {any} */ ({
  regions: Object.entries(regions).map(([region, total]) => ({ region, ...(total === null ? {} : { instances: { total, byState: { running: total } } }) })),
  coverage: { unread: Object.entries(regions).filter(([, total]) => total === null).map(([region]) => ({ region })) },
  totals: { buckets: { total: 3 } },
});

test('compares the regions that all have read', () => {
  assert.deepEqual(comparable([snapshot({ a: 1, b: 2 }), snapshot({ a: 1, b: null })]), { compared: ['a'], leftOut: ['b'] });
});

test('leaves out what was not chosen, even in all', () => {
  const chosen = { ...snapshot({ a: 1 }), coverage: { unread: [], notChosen: ['b'] } };

  assert.deepEqual(comparable([chosen]), { compared: ['a'], leftOut: ['b'] });
  assert.deepEqual(comparable([snapshot({ a: 1, b: 7 }), chosen]), { compared: ['a'], leftOut: ['b'] });
});

test('leaves a gap where nothing was read, and compares the others', () => {
  const snapshots = [snapshot({ a: 1, b: 2 }), snapshot({ a: null, b: null }), snapshot({ a: 5, b: 6 })];
  const { compared } = comparable(snapshots);

  assert.deepEqual(compared, ['a', 'b']);
  assert.deepEqual(series(snapshots, compared)[0].values, [3, null, 11]);
});

test('does not know what a release did not count', () => {
  const later = snapshot({ a: 1 });
  later.totals.instances = { total: 1, encrypted: 1 };
  later.regions[0].instances.encrypted = 1;
  const [metric] = series([snapshot({ a: 1 }), later], ['a']).filter(({ name }) => name === 'encrypted');

  assert.deepEqual(metric.values, [null, 1]);
});

test('knows nothing where no region can be compared', () => {
  const snapshots = [snapshot({ a: 1, b: null }), snapshot({ a: null, b: 2 })];

  assert.deepEqual(series(snapshots, comparable(snapshots).compared)[0].values, [null, null]);
});

test('writes metrics as people do', () => {
  assert.equal(metricTitle('instances.running'), 'Instances, running');
  assert.equal(metricTitle('imdsV1Allowed'), 'IMDSv1 allowed');
  assert.equal(metricTitle('volumesUnencrypted'), 'volumes unencrypted');
});

test('compares inventories that left the same unread', () => {
  const inventory = (/** @type {number} */ rest, /** @type {string[]} */ unread) =>
    ({ ...snapshot({ a: 1 }), apis: { apis: { rest }, routes: {}, publicRoutesWithoutAuthorization: 0, unread: unread.map(region => ({ region, service: 'rest_apis' })) } });
  const [apis] = series([inventory(1, []), inventory(2, ['b']), inventory(3, ['b'])], ['a']).filter(({ name }) => name === 'apis');

  assert.deepEqual(apis.values, [null, 2, 3]);
  const chosen = { ...inventory(9, ['b']), coverage: { unread: [], notChosen: ['c'] } };
  const [others] = series([inventory(3, ['b']), chosen], ['a']).filter(({ name }) => name === 'apis');
  assert.deepEqual(others.values, [null, 9]);
});
