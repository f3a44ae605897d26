// openapi.yaml is OpenAPI, and leaves out nothing that its readers' tools look for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfig, lint } from '@redocly/openapi-core';
import { FILE } from './contract.js';

/** @type {Record<string, 'off'>} */
const RULES = {
  // There is none to name: an operator deploys it as their own.
  'info-license': 'off',
  // `/` leads to the console.
  'operation-2xx-response': 'off',
};

test('the document passes the strict rules of Redocly', async () => {
  const found = await lint({ ref: FILE, config: await createConfig({ extends: ['recommended-strict'], rules: RULES }) });
  assert.deepEqual(found.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`), []);
});
