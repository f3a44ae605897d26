// What is read of a CloudTrail event; everything else in it is passed over.
import { Literal, Members } from './json-reader.js';

/** @typedef {import('./json-reader.js').Value} Value */

/**
 * What an AssumeRole asked for. `shown`: whether the event shows its parameters at all.
 * @typedef {{ shown: boolean, account: string, role: string, roleArn: string, session: string, policy: string | null, durationSeconds: number | null, externalId: boolean }} Assume
 */

/**
 * Texts that an event does not have are empty. `role`, `session`, `roleAccount`: of the session that made the call.
 * @typedef {{ id: string, time: Time, name: string, source: string, region: string, requestId: string, errorCode: string, recipient: string,
 *   role: string, session: string, roleAccount: string, issued: Time | null, caller: string, assume: Assume | null }} TrailEvent
 */

const ISSUED = 'userIdentity.sessionContext.attributes.creationDate';
const POLICY = 'requestParameters.policy';
const EXTERNAL_ID = 'requestParameters.externalId';

// No field that is read is longer; STS takes a policy of 2,048 characters and an ARN of as many.
const LONGEST = 2048;

const FIELDS = new Set(['eventID', 'eventTime', 'eventName', 'eventSource', 'awsRegion', 'requestID', 'errorCode', 'recipientAccountId', 'eventCategory', 'eventType',
  'userIdentity.arn', 'userIdentity.accountId', ISSUED, 'requestParameters.roleArn', 'requestParameters.roleSessionName', POLICY, 'requestParameters.durationSeconds',
  EXTERNAL_ID, 'requestParameters.omitted', 'responseElements.assumedRoleUser.arn']);
const OBJECTS = new Set(['userIdentity', 'userIdentity.sessionContext', 'userIdentity.sessionContext.attributes', 'requestParameters', 'responseElements',
  'responseElements.assumedRoleUser']);
const REQUIRED = ['eventID', 'eventTime', 'eventName', 'eventSource', 'awsRegion'];

/** Members of documents that are no events. @type {Record<string, string>} */
const FOREIGN = { digestStartTime: 'digest', digestS3Bucket: 'digest', configurationItems: 'config', configurationItem: 'config' };

const SESSION = /^arn:[a-z-]+:sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/([\w+=,.@-]+)$/;
const ROLE = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:[^]*\/)?([\w+=,.@-]+)$/;
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Reads one event from its members, in any order. A field of a form that CloudTrail does not write makes the event unreadable, not the file. */
export class EventParser {
  constructor() {
    /** @type {Map<string, string>} */
    this.values = new Map();
    /** @type {Set<string>} */
    this.seen = new Set();
    this.malformed = false;
    this.parameters = false;
    /** @type {string | null} */
    this.foreign = null;
  }

  /**
   * @param {string} path the names that lead to the value, with dots between them
   * @param {Value} value
   */
  accept(path, value) {
    const object = OBJECTS.has(path);
    const field = FIELDS.has(path);
    if (object || field) {
      this.malformed ||= this.seen.has(path);
      this.seen.add(path);
    } else if (Object.hasOwn(FOREIGN, path)) {
      this.foreign = FOREIGN[path];
    }
    if (object && value instanceof Members) {
      this.parameters ||= path === 'requestParameters';
      for (const [name, member] of value.entries) {
        this.accept(`${path}.${name}`, member);
      }
      return;
    }
    const text = !field ? null : typeof value === 'string' ? value : value instanceof Literal ? value.text : null;
    if (text === null) {
      return;
    }
    if (path === EXTERNAL_ID) {
      this.values.set(path, 'sent');
    } else if (path === POLICY) {
      // One that is longer than STS takes is kept in part, so that it does not pass for none.
      this.values.set(path, text.slice(0, 2 * LONGEST));
    } else if (text.length <= LONGEST) {
      this.values.set(path, text);
    }
  }

  /** The kind of document that it is instead of an event; null if it is none that is known. */
  other() {
    if (this.text('eventCategory') === 'Insight' || this.text('eventType') === 'AwsCloudTrailInsight') {
      return 'insights';
    }
    if (this.text('eventCategory') === 'Aggregated' || this.text('eventType') === 'AwsAggregatedEvent') {
      return 'aggregated';
    }
    return this.complete() ? null : this.foreign;
  }

  /** @returns {TrailEvent | null} null if a required field is missing or a field stands twice */
  event() {
    const at = this.malformed || !this.complete() ? null : time(this.text('eventTime'));
    if (at === null) {
      return null;
    }
    const session = SESSION.exec(this.text('userIdentity.arn'));
    return {
      id: this.text('eventID'),
      time: at,
      name: this.text('eventName'),
      source: this.text('eventSource'),
      region: this.text('awsRegion'),
      requestId: this.text('requestID'),
      errorCode: this.text('errorCode'),
      recipient: this.text('recipientAccountId'),
      role: session?.[2] ?? '',
      session: session?.[3] ?? '',
      roleAccount: session?.[1] ?? '',
      // AWS's page has the basic notation, and its events have the extended one.
      issued: time(this.text(ISSUED).replace(BASIC, '$1-$2-$3T$4:$5:$6Z')),
      caller: this.text('userIdentity.accountId'),
      assume: this.assume(),
    };
  }

  /** @returns {Assume | null} */
  assume() {
    if (this.text('eventName') !== 'AssumeRole' || !this.text('eventSource').startsWith('sts.amazonaws.com')) {
      return null;
    }
    const role = ROLE.exec(this.text('requestParameters.roleArn'));
    // The answer names the session where the request's parameters are not shown.
    const begun = SESSION.exec(this.text('responseElements.assumedRoleUser.arn'));
    const duration = this.text('requestParameters.durationSeconds');
    return {
      shown: this.parameters && this.text('requestParameters.omitted') !== 'true',
      account: role?.[1] ?? begun?.[1] ?? '',
      role: role?.[2] ?? begun?.[2] ?? '',
      roleArn: this.text('requestParameters.roleArn'),
      session: this.values.get('requestParameters.roleSessionName') ?? begun?.[3] ?? '',
      policy: this.values.get(POLICY) ?? null,
      durationSeconds: /^\d{1,9}$/.test(duration) ? Number(duration) : null,
      externalId: this.values.has(EXTERNAL_ID),
    };
  }

  complete() {
    return REQUIRED.every(name => this.values.has(name));
  }

  /** @param {string} path */
  text(path) {
    return this.values.get(path) ?? '';
  }
}

// Times to the nanosecond in their text and to less than a microsecond in what is reckoned.

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
