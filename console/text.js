// Names of connections, APIs, routes and hosts are text that an attacker may have written: shown as text, with what cannot be seen made visible.
import { html } from './vendor/preact.js';

// Control and format characters (bidi overrides, zero-width, soft hyphens, tags), line separators, and fillers that look like nothing.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f]/u;
const UNSEEN_OR_NOT = new RegExp(`(${UNSEEN.source})`, 'u');

/**
 * A text with each invisible character written out, such as `\u{202e}`.
 * @param {string} text
 */
export const visible = text =>
  text.split(UNSEEN_OR_NOT).map(part => (UNSEEN.test(part) ? escaped(part) : part)).join('');

/** @param {string} character */
const escaped = character => `\\u{${/** @type {number} */ (character.codePointAt(0)).toString(16)}}`;

/**
 * Somebody else's text, set apart in direction from what stands around it.
 * @param {{ of: string }} props
 */
export const Name = ({ of }) =>
  html`<bdi class="name">${of.split(UNSEEN_OR_NOT).map(part =>
    UNSEEN.test(part) ? html`<span class="escaped">${escaped(part)}</span>` : part)}</bdi>`;
