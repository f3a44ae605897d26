// Addresses in the AWS console: of the region, and of its partition.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consolePage } from '../flags.js';

test('leads to the region’s own console', () => {
  assert.equal(consolePage('public_ipv4', 'eu-central-1'), 'https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1#Instances:');
});

test('leads to the console of each partition', () => {
  assert.match(consolePage('public_ipv4', 'cn-north-1') ?? '', /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//);
  assert.match(consolePage('public_ipv4', 'us-gov-west-1') ?? '', /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\//);
  assert.match(consolePage('public_ipv4', 'eusc-de-east-1') ?? '', /^https:\/\/eusc-de-east-1\.console\.amazonaws-eusc\.eu\//);
});

test('makes no address of what is not a region, or of a flag that has no one page', () => {
  for (const region of ['', 'global', 'evil.example/eu-west-1', 'eu-west-1.evil.example', 'eu-west-1#']) {
    assert.equal(consolePage('public_ipv4', region), null);
  }
  assert.equal(consolePage('routes_without_authorization', 'eu-west-1'), null);
});
