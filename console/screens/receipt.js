// Checks a receipt of deletion for anybody, in the browser alone, and gives the file that does so years later.
import { FileDrop } from '../lists.js';
import { given } from '../receipt-check.js';
import { CheckedReceipt, Checker, ownKeys } from '../receipt-view.js';
import { Note, Page } from '../ui.js';
import { html, useEffect, useMemo, useState } from '../vendor/preact.js';

/** @typedef {import('../receipt-check.js').Jwk} Jwk */

export const Receipt = () => {
  const [receipt, setReceipt] = useState('');
  const [key, setKey] = useState('');
  const [own, setOwn] = useState(/** @type {Jwk[] | null} */ (null));
  const [why, setWhy] = useState('');
  useEffect(() => {
    ownKeys().then(setOwn, e => setWhy(e.message));
  }, []);
  const { signature, beside, keys: enclosed } = useMemo(() => given(receipt), [receipt]);
  const pasted = useMemo(() => given(key).keys, [key]);
  const keys = key.trim() === '' ? own : (pasted ?? null);
  const of = useMemo(() => (signature !== undefined && keys !== null ? { signature, beside, keys } : null), [signature, beside, keys]);
  return html`<${Page} title="Check a receipt">
    <p>Each deletion is answered with a signed receipt. Your browser checks it here: nothing that you paste is sent anywhere.</p>
    <section class="panel">
      <${TextOrFile} label="Receipt" hint="as it was downloaded, or its signature alone" rows=${6} value=${receipt} onValue=${setReceipt} />
      <details open=${key !== ''}><summary>Check with another key than this deployment's</summary>
        <${TextOrFile} label="Public key" hint="a JWK Set, as GET /receipts/key gives it" rows=${4} value=${key} onValue=${setKey} /></details>
      ${key.trim() !== '' && pasted === undefined && html`<${Note} tone="bad" title="This is no key"><p>A JWK Set is JSON with <code>keys</code>.</p></${Note}>`}
      ${key.trim() === '' && why && html`<${Note} tone="warn" title="This deployment's key could not be had"><p>${why} Paste a key that you kept.</p></${Note}>`}
    </section>
    <section aria-live="polite">
      ${receipt.trim() !== '' && signature === undefined && html`<${Note} tone="bad" title="This is no receipt"><p>A receipt has a signature: three parts with dots between them.</p></${Note}>`}
      ${of && html`<h2>What it says</h2><${CheckedReceipt} of=${of} whose=${key.trim() === '' ? "this deployment's public key" : 'the key that you gave'} />
        ${enclosed && key.trim() === '' && html`<p class="hint">The file holds a key too. It was not used: whoever changes a receipt can change the key beside it.</p>`}`}
    </section>
    <section class="panel"><h2>For later: a checker of your own</h2><${Checker} keys=${own} /></section>
  </${Page}>`;
};

/** @param {{ label: string, hint: string, rows: number, value: string, onValue: (text: string) => void }} props */
const TextOrFile = ({ label, hint, rows, value, onValue }) => {
  const take = (/** @type {File[]} */ [file]) => file?.text().then(onValue, () => onValue(''));
  return html`<${FileDrop} label="or a file, dropped here or chosen" accept=".json,.txt,.jws,application/json" onFiles=${take}>
    <label>${label} <span class="hint">${hint}</span>
      <textarea class="code" rows=${rows} spellcheck="false" value=${value} onInput=${(/** @type {any} */ e) => onValue(e.target.value)}></textarea></label></${FileDrop}>`;
};
