// What the backend serves of the console: its files as they stand, but for comments.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import ts from 'typescript';
import { serve } from './backend.js';

const FOLDER = new URL('../../', import.meta.url);

/** @type {import('./backend.js').Backend} */
let backend;

before(async () => {
  backend = await serve();
});
after(() => backend.stop());

/** All that is no comment and no blank. @param {string} source */
const code = source => {
  /** @type {string[]} */
  const tokens = [];
  /** @param {ts.Node} node */
  const visit = node => {
    if (ts.isJSDoc(node)) {
      return;
    }
    const parts = node.getChildren(file);
    parts.forEach(visit);
    if (parts.length === 0) {
      tokens.push(node.getText(file));
    }
  };
  const file = ts.createSourceFile('module.js', source, ts.ScriptTarget.ESNext, true);
  visit(file);
  return tokens;
};

test('serves each module with the code that it has here', async () => {
  const page = await (await fetch(`${backend.url}/console`)).text();
  const address = /src="(\/console\/[0-9a-f]+\/)main\.js"/.exec(page)?.[1];
  const modules = ['', 'screens/', 'vendor/'].map(async folder =>
    (await readdir(new URL(folder, FOLDER))).filter(name => name.endsWith('.js') && name !== 'entry.js').map(name => folder + name));
  for (const module of (await Promise.all(modules)).flat()) {
    const served = await fetch(`${backend.url}${address}${module}`);
    assert.equal(served.status, 200, module);
    assert.deepEqual(code(await served.text()), code(await readFile(new URL(module, FOLDER), 'utf8')), module);
  }
});
