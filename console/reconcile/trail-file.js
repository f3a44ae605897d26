// Reads a file of CloudTrail's events, as `aws cloudtrail lookup-events` prints them, as CloudTrail writes them to S3, or as bare records; compressed by gzip or not.
import { EventParser } from './event.js';
import { Damaged, Excessive, JsonReader, Members } from './json-reader.js';

/** @typedef {import('./event.js').TrailEvent} TrailEvent */
/** @typedef {import('./json-reader.js').Value} Value */
/** @typedef {{ name: string, bytes: () => Promise<Uint8Array> | Uint8Array }} Source a file that can be read more than once */
/** @typedef {{ file: string, kind: string, why: string }} Skipped a file that is passed over */

/** A file is larger than a browser can be asked to hold. */
export class TooLarge extends Error {}

/** The most that a file may be after decompression. */
export const LARGEST = 128 << 20;

/** Kinds without events, in the order in which one of them is named. */
const OTHERS = ['digest', 'insights', 'aggregated', 'config'];

/** @type {Record<string, string>} */
const WHY = {
  digest: 'it is a digest file of CloudTrail\'s, which holds no events',
  config: 'it is AWS Config\'s, not CloudTrail\'s',
  aggregated: 'it has CloudTrail\'s aggregated events, which tell of sums and not of calls',
  insights: 'it has CloudTrail\'s Insights, which tell of rates and not of calls',
  other: 'it is neither CloudTrail\'s nor a ledger: its JSON has no Records, no Events, no event and no sessions',
};

/** What a file holds. */
class Contents {
  constructor() {
    this.events = 0;
    this.unreadable = 0;
    this.emptyLists = 0;
    /** @type {Map<string, number>} */
    this.others = new Map();
  }

  hasEvents() {
    return this.events > 0 || this.emptyLists > 0;
  }
}

/** How long the page may stand still. */
const SLICE = 40;

/**
 * Reads a file to its end; lets the page go on meanwhile.
 * @param {Source} source
 * @param {(event: TrailEvent) => void} onEvent takes each event, also of a file that is found to be damaged further on
 * @returns {Promise<{ contents: Contents, skipped: Skipped | null }>}
 * @throws {TooLarge}
 */
export const readTrailFile = async (source, onEvent) => {
  const contents = new Contents();
  const skip = (/** @type {string} */ kind, /** @type {string} */ why) => ({ contents, skipped: { file: source.name, kind, why } });
  let bytes;
  try {
    bytes = await source.bytes();
  } catch {
    return skip('unreadable', 'it cannot be read');
  }
  if (begins(bytes, 0x50, 0x4b, 3, 4)) {
    return skip('damaged', 'it is a zip archive; unpack it first');
  }
  if (begins(bytes, 0x1f, 0x8b)) {
    try {
      bytes = await decompressed(bytes, source.name);
    } catch (e) {
      if (e instanceof TooLarge) {
        throw e;
      }
      return skip('damaged', 'its gzip compression is damaged, or it is cut short, or it is several files in one');
    }
  }
  if (bytes.length > LARGEST) {
    throw tooLarge(source.name);
  }
  try {
    const any = await documents(new TextDecoder('utf-8', { fatal: true }).decode(bytes), contents, onEvent);
    if (!any) {
      return skip('empty', 'it is empty');
    }
  } catch (e) {
    if (e instanceof Excessive) {
      return skip('damaged', 'it has a text, a number or a nesting that no event can have');
    }
    if (e instanceof Damaged || e instanceof TypeError) {
      return { contents, skipped: notJson(source.name, bytes) ?? { file: source.name, kind: 'damaged', why: 'it is not JSON, or cut short' } };
    }
    throw e;
  }
  if (contents.hasEvents()) {
    return { contents, skipped: null };
  }
  const kind = OTHERS.find(each => contents.others.has(each)) ?? 'other';
  return skip(kind, WHY[kind]);
};

/** @param {Uint8Array} bytes @param {number[]} first */
const begins = (bytes, ...first) => first.every((byte, i) => bytes[i] === byte);

/** @param {string} name */
const tooLarge = name => new TooLarge(`${name}: it is of more than ${LARGEST >> 20} MiB when decompressed. ./cloudoperator reconcile takes files of any size.`);

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 */
const decompressed = async (bytes, name) => {
  const stream = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    length += value.length;
    if (length > LARGEST) {
      await reader.cancel();
      throw tooLarge(name);
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
};

/**
 * Reads all documents.
 * @param {string} text
 * @param {Contents} contents
 * @param {(event: TrailEvent) => void} onEvent
 * @returns {Promise<boolean>} whether there is any
 */
const documents = async (text, contents, onEvent) => {
  const json = new JsonReader(text);
  const walk = new Walk(json, contents, onEvent);
  let any = false;
  while (!json.ended()) {
    any = true;
    await walk.document();
  }
  return any;
};

/** A walk through documents, record by record. */
class Walk {
  /** @param {JsonReader} json @param {Contents} contents @param {(event: TrailEvent) => void} onEvent */
  constructor(json, contents, onEvent) {
    this.json = json;
    this.contents = contents;
    this.onEvent = onEvent;
    this.since = Date.now();
  }

  async document() {
    if (this.json.takes('{')) {
      await this.root();
    } else if (this.json.takes('[')) {
      await this.records();
    } else {
      const value = this.json.value();
      if (typeof value === 'string') {
        this.text(value);
      }
    }
  }

  /** An object that may hold records, from behind its brace. */
  async root() {
    const event = new EventParser();
    let container = false;
    if (!this.json.takes('}')) {
      do {
        this.json.blanks();
        const name = this.json.string(50_000);
        this.json.needs(':');
        if ((name === 'Records' || name === 'Events') && this.json.takes('[')) {
          container = true;
          await this.records();
        } else {
          container = this.member(event, name, this.json.value(1)) || container;
        }
      } while (this.json.takes(','));
      this.json.needs('}');
    }
    if (!container) {
      this.add(event);
    }
  }

  /** A list of records, from behind its bracket. */
  async records() {
    if (this.json.takes(']')) {
      this.contents.emptyLists++;
      return;
    }
    do {
      this.record(this.json.value(2));
      if (Date.now() - this.since > SLICE) {
        await new Promise(resolve => setTimeout(resolve));
        this.since = Date.now();
      }
    } while (this.json.takes(','));
    this.json.needs(']');
  }

  /** @param {Value} value */
  record(value) {
    if (value instanceof Members) {
      const event = new EventParser();
      let container = false;
      for (const [name, member] of value.entries) {
        container = this.member(event, name, member) || container;
      }
      if (!container) {
        this.add(event);
      }
    } else if (typeof value === 'string') {
      this.text(value);
    } else {
      this.contents.unreadable++;
    }
  }

  /**
   * @param {EventParser} event
   * @param {string} name
   * @param {Value} value
   * @returns {boolean} whether it holds an event of its own
   */
  member(event, name, value) {
    if (name === 'CloudTrailEvent' && typeof value === 'string') {
      this.text(value);
      return true;
    }
    event.accept(name, value);
    return false;
  }

  /** An event in a text, as lookup-events has it. If it is damaged, it is counted as unreadable, and the file goes on after it. @param {string} text */
  text(text) {
    try {
      const json = new JsonReader(text);
      const value = json.ended() ? null : json.value();
      if (value instanceof Members && json.ended()) {
        const event = new EventParser();
        value.entries.forEach(([name, member]) => event.accept(name, member));
        this.add(event);
        return;
      }
    } catch (e) {
      if (!(e instanceof Damaged)) {
        throw e;
      }
    }
    this.contents.unreadable++;
  }

  /** @param {EventParser} parser */
  add(parser) {
    const other = parser.other();
    const event = other === null ? parser.event() : null;
    if (other !== null) {
      this.contents.others.set(other, (this.contents.others.get(other) ?? 0) + 1);
    } else if (event !== null) {
      this.contents.events++;
      this.onEvent(event);
    } else {
      this.contents.unreadable++;
    }
  }
}

const HEAD = 1024;
// Fields of a flow log's first line, of which each format that can be chosen has some.
// https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
const FLOW_LOG_FIELDS = new Set(['srcaddr', 'dstaddr', 'pkt-srcaddr', 'interface-id', 'log-status', 'flow-direction']);

/**
 * Tells the kind of a file that is not JSON from its beginning.
 * @param {string} file
 * @param {Uint8Array} bytes
 * @returns {Skipped | null} null if it begins as JSON does, and so is cut short or damaged further on
 */
const notJson = (file, bytes) => {
  const line = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, HEAD)).replace(/^[\s\u001c-\u001f]+/, '').split(/\r\n|\r|\n/)[0].replace(/[\s\u001c-\u001f]+$/, '');
  if (line === '' || '{["\ufeff'.includes(line[0])) {
    return null;
  }
  const words = line.split(/ +/);
  if (words.some(word => FLOW_LOG_FIELDS.has(word)) || (words.length > 2 && words[2].startsWith('eni-'))) {
    return { file, kind: 'flow_log', why: 'it is a VPC flow log, not CloudTrail\'s' };
  }
  if (line.startsWith('PAR1')) {
    return { file, kind: 'other', why: 'it is a Parquet file, not JSON' };
  }
  if (line.startsWith('<')) {
    return { file, kind: 'other', why: 'it is HTML or XML, not JSON' };
  }
  return /^[\t\n\v\f\r\u001c-\u001f\u0020-\ufffc\ufffe\uffff]*$/.test(line)
    ? { file, kind: 'other', why: 'it is text, not JSON' }
    : { file, kind: 'damaged', why: 'it is neither JSON nor text' };
};
