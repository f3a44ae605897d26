// Text that somebody else wrote, with what is invisible in it written out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visible } from '../format.js';

test('leaves what can be seen as it is', () => {
  for (const text of ['', 'production', 'Größe 東京 مرحبا 🙂', '<img src=x onerror=alert(1)>', '\\u{202e}']) {
    assert.equal(visible(text), text);
  }
});

test('writes out what turns the direction of the text', () => {
  assert.equal(visible('gnp\u202eexe.'), 'gnp\\u{202e}exe.');
});

test('writes out what cannot be seen', () => {
  for (const code of [0x00, 0x0a, 0x7f, 0xad, 0x200b, 0x200d, 0x2028, 0x2066, 0x3164, 0xfe0f, 0xfeff, 0xe0041]) {
    assert.equal(visible(`a${String.fromCodePoint(code)}b`), `a\\u{${code.toString(16)}}b`);
  }
});
