// The session policies that AssumeRole events passed, compared with the published ones.
import { same } from '../receipt-check.js';
import { CountedEntries, byText } from './first-entries.js';
import { Items, JsonReader, Literal, Members } from './json-reader.js';

/** @typedef {import('./event.js').TrailEvent} TrailEvent */
/** @typedef {import('./event.js').Assume} Assume */
/** @typedef {import('./json-reader.js').Value} Value */
/** @typedef {import('../api.js').Schemas['Findings']['assumptions']} Assumptions */
/** @typedef {Assumptions['remarkable'][number] & { at: number }} Assumption */

const LISTED = 100;

/** What each AssumeRole of ours asks for, in seconds. */
export const SESSION = 900;

// What AWS writes in an event in place of a parameter that it hides.
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

const KINDS = ['published', 'other', 'none', 'not_shown'];

export class SessionPolicies {
  /** @param {import('./ledger.js').Ledgers} ledger */
  constructor(ledger) {
    this.ledger = ledger;
    this.remarkable = new CountedEntries(LISTED, (/** @type {Assumption} */ a, /** @type {Assumption} */ b) => a.at - b.at || byText(a.eventId, b.eventId));
    this.otherDuration = 0;
    this.withoutExternalId = 0;
    /** Whether one of them was not limited as we say. */
    this.assumedOtherwise = false;
  }

  /**
   * Takes one of our sessions.
   * @param {TrailEvent} event
   * @param {Assume} assume
   */
  judge(event, assume) {
    const policyIs = this.policyIs(assume);
    this.remarkable.count(policyIs);
    const duration = assume.shown && assume.durationSeconds !== SESSION;
    const anonymous = assume.shown && !assume.externalId;
    this.otherDuration += duration ? 1 : 0;
    this.withoutExternalId += anonymous ? 1 : 0;
    // A proof tries to assume the role without the External ID. That this is let in says something of the role, and is shown; that it was tried is no difference.
    this.assumedOtherwise ||= policyIs === 'other' || policyIs === 'none' || duration;
    if (policyIs !== 'published' || duration || anonymous) {
      this.remarkable.add({
        at: event.time.at,
        time: event.time.text,
        region: event.region,
        session: assume.session,
        eventId: event.id,
        policyIs,
        ...(assume.policy === null ? {} : { policy: assume.policy }),
        ...(assume.durationSeconds === null ? {} : { durationSeconds: assume.durationSeconds }),
        externalId: assume.externalId,
      });
    }
  }

  /**
   * @param {Assume} assume
   * @returns {Assumption['policyIs']}
   */
  policyIs({ shown, policy, roleArn }) {
    if (!shown || policy === HIDDEN) {
      return 'not_shown';
    }
    if (policy === null) {
      return 'none';
    }
    const read = document(policy);
    const { sessionPolicy, verifySessionPolicy } = this.ledger;
    return read !== undefined && (same(read, sessionPolicy) || (verifySessionPolicy != null && same(read, ofRole(verifySessionPolicy, roleArn)))) ? 'published' : 'other';
  }

  /** @returns {Assumptions} */
  findings() {
    return {
      events: KINDS.reduce((sum, kind) => sum + this.remarkable.counted(kind), 0),
      publishedPolicy: this.remarkable.counted('published'),
      otherPolicy: this.remarkable.counted('other'),
      noPolicy: this.remarkable.counted('none'),
      policyNotShown: this.remarkable.counted('not_shown'),
      otherDuration: this.otherDuration,
      withoutExternalId: this.withoutExternalId,
      remarkable: this.remarkable.listed().map(({ at, ...entry }) => entry),
    };
  }
}

/** A policy that is published for whichever role is assumed. The characters of a path that mean something in a policy stand there as ${*} and the like. @param {any} published @param {string} roleArn */
const ofRole = (published, roleArn) => ({
  ...published,
  Statement: (published.Statement ?? []).map((/** @type {any} */ statement) =>
    (statement.Resource === 'ROLE_ARN' ? { ...statement, Resource: roleArn.replaceAll(/[*?$]/g, '${$&}') } : statement)),
});

/** A policy as JSON; undefined if it is not, or has a member twice. @param {string} text */
const document = text => {
  try {
    const json = new JsonReader(text);
    const value = plain(json.value());
    return json.ended() ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * @param {Value} value
 * @returns {any}
 */
const plain = value => {
  if (value instanceof Members) {
    const object = Object.fromEntries(value.entries.map(([name, member]) => [name, plain(member)]));
    if (Object.keys(object).length < value.entries.length) {
      throw new TypeError('a member stands twice');
    }
    return object;
  }
  return value instanceof Items ? value.all.map(plain) : value instanceof Literal ? JSON.parse(value.text) : value;
};
