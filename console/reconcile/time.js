// Times of events and calls, to the nanosecond in their text and to less than a microsecond in what is reckoned.

/** @typedef {{ at: number, text: string }} Time at: milliseconds, with their fraction */

const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/i;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * A time in ISO 8601 and UTC, of the years 1970 to 9999.
 * @param {string} text
 * @returns {Time | null} null if it is none
 */
export const time = text => {
  const parts = FORM.exec(text);
  if (parts === null) {
    return null;
  }
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(seconds);
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    && date.getUTCHours() === hour && date.getUTCMinutes() === minute && date.getUTCSeconds() === second;
  const nanoseconds = Number((parts[7] ?? '').padEnd(9, '0'));
  const at = seconds + nanoseconds / 1e6;
  return same && seconds >= 0 && at <= LATEST ? { at, text: written(seconds, nanoseconds) } : null;
};

/** As Java writes it: with as many groups of three digits as it takes. @param {number} seconds @param {number} nanoseconds */
const written = (seconds, nanoseconds) => {
  const digits = String(nanoseconds).padStart(9, '0').replace(/(?:000)+$/, '');
  return `${new Date(seconds).toISOString().slice(0, 19)}${digits && `.${digits}`}Z`;
};
