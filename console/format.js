// Names, numbers and times as people read them; in English, whatever the browser's language: the pages are in English.
// Names of connections, APIs, routes and hosts are text that an attacker may have written: shown as text, with what cannot be seen made visible.
import { html } from './vendor/preact.js';

const NUMBER = new Intl.NumberFormat('en');
const DATE_TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** @param {number} value */
export const number = value => NUMBER.format(value);

/**
 * A count and its noun: `1 region`, `34 regions`.
 * @param {number} count
 * @param {string} noun
 * @param {string} [plural]
 */
export const counted = (count, noun, plural = `${noun}s`) => `${number(count)} ${count === 1 ? noun : plural}`;

/** @param {string} at an ISO 8601 instant */
export const dateTime = at => DATE_TIME.format(new Date(at));

/**
 * How far away a time is: `3 hours ago`, `just now`, `in 2 days`.
 * @param {string} at an ISO 8601 instant
 * @param {number} [now] milliseconds
 */
export const relative = (at, now = Date.now()) => {
  const seconds = (Date.parse(at) - now) / 1000;
  if (seconds <= 0 && seconds > -1) {
    return 'just now';
  }
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return RELATIVE.format(Math.trunc(seconds / size), unit);
};

/**
 * A duration: `0.8 s`, `2 min 5 s`.
 * @param {number} milliseconds
 */
export const duration = milliseconds => {
  if (milliseconds < 9_950) {
    return `${(milliseconds / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/** @param {Record<string, number>} counts */
export const sum = counts => Object.values(counts).reduce((a, b) => a + b, 0);

const ACRONYMS = /\b(api|asff|iam|imds|jwt|ocsf|scp|tls|url|waf)\b/g;

/**
 * A word of the API as people write it: `denied_by_scp` is `denied by SCP`.
 * @param {string} word
 */
export const words = word => word.replaceAll('_', ' ').replace(ACRONYMS, letters => letters.toUpperCase());

/**
 * A time: relative, with the whole of it in its title.
 * @param {{ at: string }} props
 */
export const Time = ({ at }) =>
  html`<time datetime=${at} title=${dateTime(at)}>${relative(at)}</time>`;

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
