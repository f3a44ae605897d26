// Lists that the address narrows, that are shown in parts, and that can be taken away; files that people keep.
import { api, useAct } from './api.js';
import { number } from './format.js';
import { filter, place } from './router.js';
import { ProblemNote, Table } from './ui.js';
import { html, useState } from './vendor/preact.js';

/** @typedef {import('./vendor/preact.js').ComponentChildren} Children */

/** What the address says of a condition or a view; empty if nothing. @param {string} name */
export const asked = name => place.value.query.get(name) ?? '';

/**
 * The views of a page, by the address.
 * @param {{ label: string, page: string, of: [name: string, text: string][] }} props
 */
export const Views = ({ label, page, of }) => html`<nav class="views" aria-label=${label}>${of.map(([name, text]) =>
  html`<a href=${`#${page}${name && `?view=${name}`}`} aria-current=${name === asked('view') ? 'page' : undefined}>${text}</a>`)}</nav>`;

/**
 * A condition of a list, kept in the address.
 * @param {{ name: string, label: string, of: [value: string, text: string][], any?: string }} props any: what is said of no condition
 */
export const Choice = ({ name, label, of, any = 'any' }) => {
  const value = asked(name);
  const all = value === '' || of.some(([each]) => each === value) ? of : [[value, value], ...of];
  return html`<label>${label}
    <select value=${value} onChange=${(/** @type {any} */ e) => filter({ [name]: e.target.value })}>
      ${[['', any], ...all].map(([each, text]) => html`<option key=${each} value=${each} selected=${each === value}>${text}</option>`)}</select></label>`;
};

/**
 * A table that begins with its first rows.
 * @template R
 * @param {{ caption: string, rows: R[], columns: import('./ui.js').Column<R>[], empty?: string, first?: number }} props
 */
export const LongTable = ({ caption, rows, columns, empty, first = 100 }) => {
  const [shown, setShown] = useState(first);
  return html`<${Table} caption=${caption} rows=${rows.slice(0, shown)} columns=${columns} empty=${empty} />
    <${More} here=${Math.min(shown, rows.length)} of=${rows.length} onMore=${() => setShown(shown + Math.max(500, first))} />`;
};

/** @param {{ here: number, of: number, busy?: boolean, onMore: () => void }} props */
export const More = ({ here, of, busy = false, onMore }) =>
  here < of && html`<p><button type="button" disabled=${busy} onClick=${onMore}>${busy ? 'Loading…' : `Show more: ${number(here)} of ${number(of)} are here`}</button></p>`;

/**
 * Takes a document of the API away.
 * @param {{ path: string, name: string, children?: Children }} props
 */
export const Download = ({ path, name, children }) => {
  const { busy, problem, run } = useAct(async () => save(await api.blob(path), name));
  return html`<button type="button" disabled=${busy} onClick=${run}>${children} <span aria-hidden="true">↓</span></button><${ProblemNote} problem=${problem} retry=${run} />`;
};

/**
 * Takes files that are dropped or chosen; they stay in the browser.
 * @param {{ label: string, accept: string, multiple?: boolean, onFiles: (files: File[]) => void, children?: Children }} props
 */
export const FileDrop = ({ label, accept, multiple = false, onFiles, children }) => {
  const [over, setOver] = useState(false);
  const hover = (/** @type {boolean} */ is) => (/** @type {DragEvent} */ e) => {
    e.preventDefault();
    setOver(is);
  };
  const drop = (/** @type {DragEvent} */ e) => {
    hover(false)(e);
    onFiles([...(e.dataTransfer?.files ?? [])]);
  };
  return html`<div class=${over ? 'drop over' : 'drop'} onDragOver=${hover(true)} onDragLeave=${hover(false)} onDrop=${drop}>${children}
    <label>${label} <input type="file" multiple=${multiple} accept=${accept} onChange=${(/** @type {any} */ e) => onFiles([...e.target.files])} /></label></div>`;
};

/**
 * Keeps a file, as the browser keeps downloads.
 * @param {Blob | string} content
 * @param {string} name of the file
 * @param {string} [type] of a text
 */
export const save = (content, name, type = 'application/json') => {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
