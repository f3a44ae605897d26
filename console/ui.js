// What pages are made of.
import { html, useEffect, useId, useRef, useState } from './vendor/preact.js';
import { may } from './session.js';
import { Name } from './format.js';

/** @typedef {import('./vendor/preact.js').ComponentChildren} Children */
/** @typedef {import('./api.js').Problem} Problem */

/**
 * A page: its heading takes the focus, so that a screen reader begins there.
 * @param {{ title: string, heading?: Children, back?: { href: string, text: Children }, actions?: Children, children?: Children }} props
 */
export const Page = ({ title, heading, back, actions, children }) => {
  const h1 = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    document.title = `${title} · CloudOperator`;
  }, [title]);
  useEffect(() => h1.current?.focus({ preventScroll: true }), []);
  return html`
    <header class="page-head">
      ${back && html`<a class="back" href=${back.href}>← ${back.text}</a>`}
      <div class="page-title"><h1 ref=${h1} tabindex="-1">${heading ?? title}</h1>${actions && html`<div class="actions">${actions}</div>`}</div>
    </header>
    ${children}`;
};

/** @typedef {'good' | 'warn' | 'bad' | 'info' | 'none'} Tone */

const SIGNS = { good: '✓', warn: '!', bad: '✕', info: 'i', none: '–' };

/**
 * A state: a sign and a word, and a colour besides.
 * @param {{ tone: Tone, children?: Children }} props
 */
export const Badge = ({ tone, children }) =>
  html`<span class=${`badge ${tone}`}><span aria-hidden="true">${SIGNS[tone]}</span> ${children}</span>`;

/**
 * How many of the enabled regions a result speaks of.
 * @param {{ read: number, enabled: number, chosen: boolean, whole: boolean }} props `chosen`: some were to be left out; `whole`: whatever was to be read was read
 */
export const Coverage = ({ read, enabled, chosen, whole }) =>
  html`<${Badge} tone=${whole ? (chosen ? 'info' : 'good') : 'warn'}>${read} of ${enabled}${chosen && ', chosen'}${!whole && read === enabled && ', not whole'}</${Badge}>`;

/** @type {Record<string, Tone>} */
const SEVERITIES = { critical: 'bad', high: 'bad', medium: 'warn', low: 'info' };

/** @param {{ of: string }} props */
export const Severity = ({ of }) => html`<${Badge} tone=${SEVERITIES[of] ?? 'none'}>${of}</${Badge}>`;

/** @param {{ text?: string }} props */
export const Loading = ({ text = 'Loading…' }) => html`<p class="loading" role="status">${text}</p>`;

/**
 * A note that stands out.
 * @param {{ tone: Tone, title?: Children, children?: Children }} props
 */
export const Note = ({ tone, title, children }) =>
  html`<div class=${`note ${tone}`} role=${tone === 'bad' ? 'alert' : 'status'}>
    <strong><span aria-hidden="true">${SIGNS[tone]}</span> ${title}</strong>${children && html`<div>${children}</div>`}</div>`;

/**
 * What the API refused, and why.
 * @param {{ problem: Problem | null, retry?: () => void }} props
 */
export const ProblemNote = ({ problem, retry }) =>
  problem && html`<${Note} tone="bad" title=${problem.title}>
    <p>${problem.field && html`<code>${problem.field}</code>: `}${problem.message}</p>
    ${retry && problem.retryable && html`<button type="button" onClick=${retry}>Try again</button>`}
  </${Note}>`;

/**
 * What the API answers; until then, that it is waited for, or why it refuses.
 * @template T
 * @param {{ of: import('./api.js').Answer<T>, text?: string, children?: (data: T) => Children }} props
 */
export const Answered = ({ of: { data, problem, reload }, text, children }) => html`
  <${ProblemNote} problem=${problem} retry=${reload} />
  ${data === null ? !problem && html`<${Loading} text=${text} />` : children?.(data)}`;

/**
 * What only those may do whose token has a scope; the others are told so.
 * @param {{ scope: 'write' | 'delete', children?: Children }} props
 */
export const Needs = ({ scope, children }) =>
  may(scope) ? children : html`<p class="hint">You may look, and not do this: your token lacks the scope <code>cloudoperator/${scope}</code>.</p>`;

/**
 * Terms and what is said of each; those without a value are left out.
 * @param {{ of: [Children, Children][] }} props
 */
export const Facts = ({ of }) =>
  html`<dl class="facts">${of.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([term, value]) =>
    html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

/**
 * Text to be taken elsewhere, with a button that copies it.
 * @param {{ text: string, label: string }} props
 */
export const Copyable = ({ text, label }) => {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return html`<div class="copyable">
    <pre tabindex="0" role="region" aria-label=${label}><code>${text}</code></pre>
    <button type="button" onClick=${copy} aria-label=${`Copy: ${label}`}>${copied ? 'Copied' : 'Copy'}</button>
    <span class="unseen" role="status">${copied ? 'Copied' : ''}</span></div>`;
};

/**
 * One of several texts at a time (the ARIA pattern Tabs): arrow keys go from tab to tab.
 * @param {{ label: string, of: { id: string, title: string, body: Children }[] }} props
 */
export const Tabs = ({ label, of }) => {
  const [chosen, setChosen] = useState(of[0].id);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const name = useId();
  const at = Math.max(0, of.findIndex(({ id }) => id === chosen));
  const move = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = (at + step + of.length) % of.length;
      setChosen(of[next].id);
      /** @type {HTMLElement | undefined} */ (list.current?.children[next])?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} ref=${list} onKeyDown=${move}>${of.map(({ id, title }, i) =>
      html`<button type="button" role="tab" id=${`${name}-${id}`} key=${id} aria-selected=${i === at ? 'true' : 'false'} aria-controls=${`${name}-panel`} tabindex=${i === at ? 0 : -1} onClick=${() => setChosen(id)}>${title}</button>`)}</div>
    <div role="tabpanel" id=${`${name}-panel`} aria-labelledby=${`${name}-${of[at].id}`}>${of[at].body}</div>`;
};

/**
 * @template R
 * @typedef {{ head: string, cell: (row: R) => Children, number?: boolean }} Column
 */

/**
 * Rows under headings. On narrow screens each row is a card; the roles keep it a table to assistive technology.
 * @template R
 * @param {{ caption: string, columns: Column<R>[], rows: R[], id?: (row: R) => string, empty?: string }} props
 */
export const Table = ({ caption, columns, rows, id, empty = 'None.' }) =>
  rows.length === 0
    ? html`<p class="empty"><strong>${caption}:</strong> ${empty}</p>`
    : html`<table role="table">
        <caption>${caption}</caption>
        <thead role="rowgroup"><tr role="row">${columns.map(({ head, number }) =>
          html`<th role="columnheader" scope="col" class=${number ? 'number' : ''}>${head}</th>`)}</tr></thead>
        <tbody role="rowgroup">${rows.map(row =>
          html`<tr role="row" key=${id?.(row)}>${columns.map(({ head, cell, number }) =>
            html`<td role="cell" data-head=${head} class=${number ? 'number' : ''}><span>${cell(row)}</span></td>`)}</tr>`)}</tbody>
      </table>`;

/**
 * Asks before something that cannot be undone. With `word`, that word has to be typed.
 * @param {{ title: string, word?: string, act: string, keep?: string, busy?: boolean, problem?: Problem | null, onAct: () => void, onClose: () => void, children?: Children }} props
 */
export const ConfirmDialog = ({ title, word, act, keep = 'Keep it', busy = false, problem = null, onAct, onClose, children }) => {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [typed, setTyped] = useState('');
  const heading = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!busy && (word === undefined || typed === word)) {
      onAct();
    }
  };
  return html`<dialog ref=${dialog} aria-labelledby=${heading} onClose=${onClose}>
    <form onSubmit=${submit}>
      <h2 id=${heading}>${title}</h2>
      ${children}
      ${word !== undefined && html`<label>Type <${Name} of=${word} /> to confirm
        <input value=${typed} autocomplete="off" onInput=${(/** @type {any} */ e) => setTyped(e.target.value)} /></label>`}
      <${ProblemNote} problem=${problem} />
      <div class="actions">
        <button type="button" onClick=${() => dialog.current?.close()}>${keep}</button>
        <button type="submit" class="danger" disabled=${busy || (word !== undefined && typed !== word)}>${busy ? 'Working…' : act}</button>
      </div>
    </form></dialog>`;
};

/**
 * The pages of a connection.
 * @param {{ id: string, tier: string, here: string }} props
 */
export const ConnectionNav = ({ id, tier, here }) => {
  const pages = [
    ['', 'Result'],
    ['/trends', 'Trends'],
    ...(tier === 'audit' ? [['/apis', 'APIs']] : []),
    ['/calls', 'Calls'],
    ['/permission', 'Permission'],
    ['/leave', 'Leave'],
  ];
  return html`<nav class="tabs" aria-label="Pages of this connection">${pages.map(([path, text]) =>
    html`<a href=${`#/connections/${id}${path}`} aria-current=${path === here ? 'page' : undefined}>${text}</a>`)}</nav>`;
};

/**
 * One bar of a chart, as long as its share of the largest. What could not be read is hatched, and has no length.
 * @param {{ value: number | null, most: number }} props
 */
const Bar = ({ value, most }) =>
  html`<svg class="bar" aria-hidden="true">
    ${value === null
      ? html`<rect class="unread" width="100%" height="100%" />`
      : html`<rect class="value" width=${`${most === 0 ? 0 : (100 * value) / most}%`} height="100%" />`}</svg>`;

/**
 * Counts as bars, each with its number: a table that can be seen.
 * @param {{ caption: string, head: string, of: { label: Children, value: number | null, note?: Children }[] }} props
 */
export const Bars = ({ caption, head, of }) => {
  const most = Math.max(0, ...of.map(({ value }) => value ?? 0));
  return html`<table class="bars" role="table">
    <caption>${caption}</caption>
    <thead class="unseen" role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${head}</th><th role="columnheader" scope="col">Share</th><th role="columnheader" scope="col">Count</th></tr></thead>
    <tbody role="rowgroup">${of.map(({ label, value, note }) =>
      html`<tr role="row"><th role="rowheader" scope="row">${label}</th><td role="cell"><${Bar} value=${value} most=${most} /></td>
        <td role="cell" class="number">${value === null ? html`<em>${note ?? 'not read'}</em>` : value.toLocaleString('en')}</td></tr>`)}</tbody></table>`;
};

/** What shapes are filled with where nothing was read; once in the page, for all charts. */
export const Patterns = () => html`<svg class="unseen" aria-hidden="true" focusable="false"><defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="hatch-back" width="5" height="5" /><rect class="hatch-line" width="2" height="5" /></pattern>
</defs></svg>`;
