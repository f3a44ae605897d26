// What the backend serves of the console: its files as they stand here, but for comments, and for blanks, quotes and names in ends of elements that mean nothing.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import htm from 'htm';
import ts from 'typescript';
import { together } from './browser.js';

const FOLDER = new URL('../../', import.meta.url);

const { backend, journey } = await together();

/** @param {string} path as it stands here */
const here = path => readFile(new URL(path, FOLDER), 'utf8');

/** @param {string} path as it is served */
const served = async path => {
  const page = await (await fetch(`${backend.url}/console`)).text();
  const folder = /src="(\/console\/[0-9a-f]+\/)main\.js"/.exec(page)?.[1];
  const answer = await fetch(`${backend.url}${folder}${path}`);
  assert.equal(answer.status, 200, path);
  return answer.text();
};

/** What htm makes of a template. The ends of lines in its texts are blanks: the pages keep none of them. */
const elements = htm.bind((/** @type {any[]} */ ...made) => JSON.stringify(made.map(each => (typeof each === 'string' ? each.replaceAll(/\s+/g, ' ') : each))));

/**
 * All that is no comment and no blank: its tokens, and of templates of htm the elements. The last commas and semicolons of lists and blocks mean nothing.
 * @param {string} source
 */
const code = source => {
  /** @type {string[]} */
  const tokens = [];
  /** @param {ts.Node} node */
  const visit = node => {
    if (ts.isJSDoc(node)) {
      return;
    }
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(file) === 'html') {
      const { template } = node;
      const parts = ts.isTemplateExpression(template) ? [template.head, ...template.templateSpans.map(span => span.literal)] : [template];
      // What an element ends with means nothing to htm: it ends the one that is open.
      const ends = (/** @type {unknown} */ _, /** @type {number} */ i) => parts[i].text.endsWith('</');
      const values = ts.isTemplateExpression(template) ? template.templateSpans.map(span => span.expression) : [];
      let given = 0;
      // An array of its own each time: htm remembers what it has read by it.
      tokens.push(`html ${JSON.stringify(elements(/** @type {any} */ (parts.map(part => part.text)), ...values.map((value, i) => (ends(value, i) ? '' : `value ${given++}`))))}`);
      values.filter((value, i) => !ends(value, i)).forEach(visit);
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
  const some = tokens.filter(token => token !== '');
  return some.filter((token, i) => !(token === ';' && some[i + 1] === '}') && !(token === ',' && ['}', ')', ']'].includes(some[i + 1])));
};

journey('serves each module with the code that it has here', async () => {
  const modules = ['', 'screens/', 'reconcile/', 'vendor/'].map(async folder =>
    (await readdir(new URL(folder, FOLDER))).filter(name => name.endsWith('.js') && name !== 'entry.js').map(name => folder + name));
  for (const module of (await Promise.all(modules)).flat()) {
    assert.deepEqual(code(await served(module)), code(await here(module)), module);
  }
});

journey('serves the style with the rules that it has here', async ({ page }) => {
  await page.goto(`${backend.url}/security`);
  const rules = (/** @type {string} */ css) =>
    page.evaluate(text => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return [...sheet.cssRules].map(rule => rule.cssText);
    }, css);
  const source = await rules(await here('style.css'));
  assert.ok(source.length > 100);
  assert.deepEqual(await rules(await served('style.css')), source);
});
