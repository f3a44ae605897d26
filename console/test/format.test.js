// Numbers and times as people read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, duration, number, relative, words } from '../format.js';

test('groups digits as English does, whatever the language of the machine', () => assert.equal(number(1234567), '1,234,567'));

test('counts one thing and many', () => {
  assert.equal(counted(0, 'region'), '0 regions');
  assert.equal(counted(1, 'region'), '1 region');
  assert.equal(counted(2_000, 'entry', 'entries'), '2,000 entries');
});

test('says how far away a time is', () => {
  const now = Date.parse('2026-03-04T12:00:00Z');
  assert.equal(relative('2026-03-04T11:59:30Z', now), '30 seconds ago');
  assert.equal(relative('2026-03-04T09:00:00Z', now), '3 hours ago');
  assert.equal(relative('2026-03-06T13:00:00Z', now), 'in 2 days');
  assert.equal(relative('2026-03-04T11:59:59.300Z', now), 'just now');
  assert.equal(relative('2026-03-04T12:00:00.300Z', now), 'now');
});

test('says how long something took', () => {
  assert.equal(duration(800), '0.8 s');
  assert.equal(duration(42_400), '42 s');
  assert.equal(duration(125_000), '2 min 5 s');
  assert.equal(duration(9_999), '10 s');
  assert.equal(duration(59_999), '1 min 0 s');
  assert.equal(duration(119_999), '2 min 0 s');
});

test('writes words of the API as people do', () => assert.equal(words('not_opted_in'), 'not opted in'));
