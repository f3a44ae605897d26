// Numbers and times as people read them, in English, whatever the browser's language: the pages are in English.
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
 * How far away a time is: `3 hours ago`, `in 2 days`.
 * @param {string} at an ISO 8601 instant
 * @param {number} [now] milliseconds
 */
export const relative = (at, now = Date.now()) => {
  const seconds = (Date.parse(at) - now) / 1000;
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
