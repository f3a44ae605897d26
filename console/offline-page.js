// The script of the file for later: a page that checks receipts without us, opened from a disk. It stands in one script with receipt-check.js, and with KEYS.
import { checkReceipt, fingerprint, given, hex, same, told } from './receipt-check.js';

/**
 * An element with text in it.
 * @param {string} name
 * @param {(Node | string)[]} content
 */
const element = (name, ...content) => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};

/** Names that somebody else wrote: what is invisible in them is written out. @param {string} text */
const visible = text => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f]/gu, c => `\\u{${/** @type {number} */ (c.codePointAt(0)).toString(16)}}`);

/**
 * @param {string[]} heads
 * @param {string[][]} rows
 */
const table = (heads, rows) => {
  const head = element('tr', ...heads.map(text => element('th', text)));
  return element('table', element('thead', head), element('tbody', ...rows.map(row => element('tr', ...row.map(text => element('td', visible(text)))))));
};

/** @param {import('./receipt-check.js').Receipt} receipt */
const shown = receipt => {
  const { title, facts, deleted, remains } = told(receipt);
  return [
    element('h2', title),
    table(['', ''], facts),
    element('h3', 'What was deleted'),
    table(['What', 'How many'], deleted),
    element('h3', 'What remained then'),
    table(['What', 'Where', 'Until', 'How it goes'], remains.map(({ what, where, until, how }) => [what, where, until, how])),
  ];
};

/**
 * Starts the page.
 * @param {import('./receipt-check.js').Jwk[]} own the keys of the deployment that the file is from
 * @param {string} script the text of this script
 */
export const start = async (own, script) => {
  const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  if (globalThis.crypto?.subtle === undefined) {
    at('result').replaceChildren(element('p', 'This browser lets no page from a disk use its cryptography. Open the file in another one; Chromium and Firefox do.'));
    return;
  }
  at('digest').textContent = hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script)));
  at('own').textContent = (await Promise.all(own.map(async key => `${key.kid}, SHA-256 ${await fingerprint(key)}`))).join('; ') || 'none';
  const check = async () => {
    const receipt = given(at('receipt').value);
    const keys = given(at('keys').value).keys ?? (at('keys').value.trim() === '' ? own : []);
    const result = at('result');
    if (at('receipt').value.trim() === '') {
      return result.replaceChildren();
    }
    const checked = receipt.signature === undefined
      ? { valid: /** @type {const} */ (false), reason: 'This is no receipt: that has a signature of three parts with dots between them.' }
      : await checkReceipt(receipt.signature, keys);
    if (!checked.valid) {
      result.className = 'bad';
      result.replaceChildren(element('p', element('strong', '✕ Not valid. '), checked.reason));
    } else if (receipt.beside !== undefined && !same(receipt.beside, checked.receipt)) {
      result.className = 'bad';
      result.replaceChildren(element('p', element('strong', '✕ The readable part was changed. '), 'What is signed is something else. This is what is signed:'), ...shown(checked.receipt));
    } else {
      result.className = 'good';
      result.replaceChildren(element('p', element('strong', '✓ Valid. '), `Signed with the key ${checked.kid}, SHA-256 ${checked.fingerprint}, exactly as it stands here.`), ...shown(checked.receipt));
    }
  };
  for (const name of ['receipt', 'keys']) {
    at(name).addEventListener('input', check);
    at(`${name}-file`).addEventListener('change', async (/** @type {any} */ e) => {
      at(name).value = (await e.target.files[0]?.text()) ?? '';
      await check();
    });
  }
};
