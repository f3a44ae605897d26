// The sessions of a ledger, and whether an event belongs to one of them, to the broker or to the account.
import { time } from './event.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {import('./event.js').TrailEvent} TrailEvent */
/** @typedef {import('./event.js').Time} Time */

/** @typedef {Schemas['Call']} Call */
/** @typedef {Schemas['Ledgers']} Ledgers as GET …/calls answers */

const MINUTE = 60_000;

// From the making of a session's id until its last call, and as long for clocks that differ.
const LONGEST_SESSION = 25 * MINUTE;
const CLOCKS = 5 * MINUTE;
const UNDER_WAY = 15 * MINUTE;

/** How many ledgers of each kind are kept. */
const KEPT = 5;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The regions that services without regions record in, by the names that the SDK has for their endpoints.
 * @type {Record<string, string>}
 */
const RECORDED_IN = {
  'sts aws-global': 'us-east-1', 's3 aws-global': 'us-east-1', 'cloudfront aws-global': 'us-east-1', 'iam aws-global': 'us-east-1',
  'iam aws-cn-global': 'cn-north-1', 'cloudfront aws-cn-global': 'cn-northwest-1', 'iam aws-us-gov-global': 'us-gov-west-1',
  'iam aws-iso-global': 'us-iso-east-1', 'iam aws-iso-b-global': 'us-isob-east-1', 'iam aws-iso-f-global': 'us-isof-south-1',
};

/**
 * The region in which CloudTrail records a call.
 * @param {string} service as the SDK names it
 * @param {string} asked a region, or the SDK's name for a service without regions, such as `aws-global`
 */
export const recordedIn = (service, asked) => RECORDED_IN[`${service} ${asked}`] ?? asked;

/** @param {Call} call */
const isAssumeRole = call => call.service === 'sts' && call.operation === 'AssumeRole';

/** A time that the API wrote. @param {string} text @returns {Time} */
export const written = text => {
  const read = time(text);
  if (read === null) {
    throw new TypeError(`not a time of the API: ${text}`);
  }
  return read;
};

/**
 * The pages of an answer as one: a session may go on on the next. What the first page may not have yet, the whole is not said to have.
 * @param {Ledgers[]} pages
 * @returns {Ledgers}
 */
export const joined = pages => {
  /** @type {Map<string, Ledgers['sessions'][number]>} */
  const sessions = new Map();
  for (const session of pages.flatMap(page => page.sessions)) {
    const before = sessions.get(session.session);
    sessions.set(session.session, before ? { ...before, calls: [...before.calls, ...session.calls] } : session);
  }
  return { ...pages[0], sessions: [...sessions.values()], next: pages[pages.length - 1].next };
};

export class LedgerSessions {
  /** @param {Ledgers} ledger */
  constructor(ledger) {
    this.ledger = ledger;
    this.asOf = written(ledger.asOf);
    this.sessions = new Map(ledger.sessions.map(session => [session.session, session]));
    this.oldest = this.oldestKept();
  }

  all() {
    return this.sessions.values();
  }

  get size() {
    return this.sessions.size;
  }

  /** @param {string} session */
  has(session) {
    return this.sessions.has(session);
  }

  /** Whether the call of the event was made in a session of the ledger. @param {TrailEvent} event */
  made(event) {
    return this.isAccount(event.roleAccount) && this.has(event.session);
  }

  /** @param {TrailEvent} event */
  inAccount(event) {
    return event.recipient === '' || this.isAccount(event.recipient);
  }

  /** @param {string} account */
  isAccount(account) {
    return account !== '' && (!this.ledger.account || account === this.ledger.account);
  }

  /** @param {TrailEvent} event */
  byBroker(event) {
    return event.caller === this.ledger.brokerAccount;
  }

  brokerIsCustomer() {
    return this.ledger.account === this.ledger.brokerAccount;
  }

  /**
   * Whether CloudTrail records such a call in the customer's account for certain. A refused AssumeRole from another account is in the caller's trail alone:
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
   * @param {Call} call
   */
  isRecorded(call) {
    const refusedElsewhere = isAssumeRole(call) && call.status >= 400 && !this.brokerIsCustomer();
    return call.status !== 0 && !refusedElsewhere;
  }

  /**
   * Whether the ledger can have a session that it does not have.
   * @param {string} session
   * @param {number} at the time of an event of it
   * @returns {'no_longer_kept' | 'not_yet_in_ledger' | 'kept'} kept also if nothing is known of its beginning
   */
  keeping(session, at) {
    const begun = begunAt(session, at);
    if (begun === null) {
      return 'kept';
    }
    if (begun < this.oldest) {
      return 'no_longer_kept';
    }
    return begun >= this.asOf.at - UNDER_WAY ? 'not_yet_in_ledger' : 'kept';
  }

  /** Before this, sessions were displaced by newer ones of their kind, or the ledger begins. */
  oldestKept() {
    const begun = [...this.sessions.values()].map(({ kind, begunAt: at }) => ({ kind, at: written(at).at }));
    const oldest = begun.reduce((least, { at }) => Math.min(least, at), begun.length === 0 ? -Infinity : Infinity);
    return ['scan', 'verification'].reduce((before, kind) => {
      const ofKind = begun.filter(each => each.kind === kind).map(({ at }) => at);
      return ofKind.length >= KEPT ? Math.max(before, Math.min(...ofKind)) : before;
    }, oldest);
  }
}

/**
 * When a session of ours began, by its id; null if it is none of our making, or if the event is not of that time: an old id is no excuse for a new call.
 * @param {string} session
 * @param {number} at
 */
const begunAt = (session, at) => {
  if (!UUID_V7.test(session)) {
    return null;
  }
  const begun = Number.parseInt(session.replaceAll('-', '').slice(0, 12), 16);
  return at < begun - CLOCKS || at > begun + LONGEST_SESSION ? null : begun;
};
