// Receipts of deletions: checked in the browser alone, shown, kept, and the file that checks them years later.
import { api } from '../api.js';
import { Name } from '../format.js';
import { FileDrop, save } from '../lists.js';
import { offlineVerifier, served } from '../offline-verifier.js';
import { checkReceipt, fingerprint, given, hex, same, told } from '../receipt-check.js';
import { Facts, Loading, Note, Page, Table } from '../ui.js';
import { html, useEffect, useMemo, useState } from '../vendor/preact.js';

/** @typedef {import('../receipt-check.js').Jwk} Jwk */
/** @typedef {import('../receipt-check.js').Given} Given */
/** @typedef {import('../receipt-check.js').Checked} Checked */

/** Checks a receipt for anybody. */
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

/** This deployment's public keys. @returns {Promise<Jwk[]>} */
const ownKeys = async () => (await api.get('/receipts/key')).keys;

/**
 * What came of checking it, and what is signed.
 * @param {{ of: Given, whose: string }} props whose: whose the keys are, for a sentence
 */
const CheckedReceipt = ({ of, whose }) => {
  const [checked, setChecked] = useState(/** @type {Checked | null} */ (null));
  useEffect(() => {
    let wanted = true;
    checkReceipt(of.signature, of.keys).then(
      result => wanted && setChecked(result),
      e => wanted && setChecked({ valid: false, reason: `It could not be checked in this browser: ${e.message}` }),
    );
    return () => {
      wanted = false;
    };
  }, [of]);
  if (checked === null) {
    return html`<${Loading} text="Checking the signature…" />`;
  }
  if (!checked.valid) {
    return html`<${Note} tone="bad" title="This receipt is not valid"><p>${checked.reason}</p><p>Do not rely on it. Keep it, and ask the operator.</p></${Note}>`;
  }
  const changed = of.beside !== undefined && !same(of.beside, checked.receipt);
  return html`
    ${changed
      ? html`<${Note} tone="bad" title="The readable part was changed"><p>What is signed is something else; it is shown here.</p></${Note}>`
      : html`<${Note} tone="good" title="The signature is valid"><p>Checked in this browser, with ${whose}: exactly this was signed.</p></${Note}>`}
    <${Told} of=${checked.receipt} />
    <details><summary>The key that it was checked with</summary><${Facts} of=${[['Key', html`<code>${checked.kid}</code>`], ['SHA-256 (RFC 7638)', html`<code>${checked.fingerprint}</code>`]]} />
      <p>A signature proves that the holder of this key signed. Whose the key is, it does not prove: compare its SHA-256 with the one that you or somebody else kept.</p></details>`;
};

/** @param {{ of: import('../receipt-check.js').Receipt }} props */
const Told = ({ of }) => {
  const { title, facts, deleted, remains } = told(of);
  return html`<h3>${title}</h3>
    <${Facts} of=${facts.map(([term, value]) => [term, html`<${Name} of=${value} />`])} />
    <${Table} caption="What was deleted" rows=${deleted} columns=${DELETED} empty="nothing was there." />
    <details><summary>What remained, where and until when: ${remains.length} kinds</summary>
      <${Table} caption="What remained" rows=${remains} columns=${REMAINS} /></details>`;
};

/** @type {import('../ui.js').Column<[string, string]>[]} */
const DELETED = [
  { head: 'What', cell: ([what]) => html`<${Name} of=${what} />` },
  { head: 'How many', number: true, cell: ([, count]) => count },
];

/** @type {import('../ui.js').Column<ReturnType<typeof told>['remains'][number]>[]} */
const REMAINS = [
  { head: 'What', cell: r => html`<strong><${Name} of=${r.what} /></strong>` },
  { head: 'Where', cell: r => html`<${Name} of=${r.where} />` },
  { head: 'Until', cell: r => html`<${Name} of=${r.until} />` },
  { head: 'How it goes', cell: r => html`<${Name} of=${r.how} />` },
];

/**
 * Hands out the file that checks receipts without us, and says what it can be known by.
 * @param {{ keys: Jwk[] | null }} props
 */
const Checker = ({ keys }) => {
  const [made, setMade] = useState(/** @type {{ file: string, script: string } | null} */ (null));
  const [why, setWhy] = useState('');
  const [print, setPrint] = useState('');
  useEffect(() => {
    keys?.[0] && fingerprint(keys[0]).then(setPrint);
  }, [keys]);
  const make = async () => {
    setWhy('');
    try {
      const { html: text, scriptDigest } = await offlineVerifier(keys ?? [], served);
      setMade({ file: hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))), script: scriptDigest });
      save(text, 'check-receipt.html', 'text/html');
    } catch (e) {
      setWhy(/** @type {Error} */ (e).message);
    }
  };
  return html`<p>One HTML file that checks receipts from your disk, without us and without a network. It holds this deployment's public key and the very code that checks here.</p>
    <p><button type="button" onClick=${make} disabled=${keys === null}>Download the checker</button></p>
    ${why && html`<${Note} tone="bad" title="It could not be made"><p>${why}</p></${Note}>`}
    <div role="status">${made && html`<p>Downloaded. Write these down beside it:</p>
      <${Facts} of=${[['SHA-256 of the file', html`<code>${made.file}</code>`], ['SHA-256 of its script, which it shows', html`<code>${made.script}</code>`]]} />`}</div>
    ${print && html`<${Facts} of=${[['Key of this deployment', html`<code>${keys?.[0]?.kid}</code>`], ['SHA-256 of the key (RFC 7638)', html`<code>${print}</code>`]]} />`}`;
};

/**
 * The answer to a deletion: checked with this deployment's key, and to be kept.
 * @param {{ of: { receipt: unknown, signature: string } }} props
 */
export const FreshReceipt = ({ of }) => {
  const [keys, setKeys] = useState(/** @type {Jwk[] | null} */ (null));
  const [why, setWhy] = useState('');
  const load = () => {
    setWhy('');
    ownKeys().then(setKeys, e => setWhy(e.message));
  };
  useEffect(load, []);
  const [checked, setChecked] = useState(/** @type {Given | null} */ (null));
  useEffect(() => {
    if (keys !== null) {
      setChecked({ signature: of.signature, keys, beside: of.receipt });
    }
  }, [keys, of]);
  const id = String(/** @type {any} */ (of.receipt)?.id ?? 'deletion').replaceAll(/[^\w-]/g, '');
  return html`<div class="receipt">
    ${why && html`<${Note} tone="bad" title="The receipt is not checked"><p>The key could not be had: ${why}</p><button type="button" onClick=${load}>Try again</button></${Note}>`}
    ${checked ? html`<${CheckedReceipt} of=${checked} whose="this deployment's public key" />` : !why && html`<${Loading} text="Getting the key…" />`}
    <div class="actions"><button type="button" class="primary" onClick=${() => save(JSON.stringify({ receipt: of.receipt, signature: of.signature, ...(keys ? { keys } : {}) }, null, 2), `receipt-${id}.json`)}>Keep the receipt and the key</button>
      </div>
    ${keys && html`<details><summary>For later: a checker of your own</summary><${Checker} keys=${keys} /></details>`}
    <p class="hint">Keep it now: it is given again for a day, and then no more.</p></div>`;
};

