// Holds the ledger of our calls against CloudTrail's events, in the browser: the files stay where they are. It finds what the API and ./cloudoperator reconcile
// find (shared/…/reconcile); test vectors that Java reads too hold the two equal.
import { CallMatcher, eventsInOrder } from './call-matcher.js';
import { CountedEntries, byText } from './first-entries.js';
import { LedgerSessions, recordedIn, written } from './ledger.js';
import { SESSION, SessionPolicies } from './session-policies.js';
import { readTrailFile } from './trail-file.js';

/** @typedef {import('../api.js').Schemas['Findings']} Findings */
/** @typedef {import('./ledger.js').Ledgers} Ledgers */
/** @typedef {import('./ledger.js').Call} Call */
/** @typedef {import('./event.js').TrailEvent} TrailEvent */
/** @typedef {import('./event.js').Assume} Assume */
/** @typedef {import('./trail-file.js').Source} Source */
/** @typedef {import('./trail-file.js').Skipped} Skipped */
/** @typedef {import('./call-matcher.js').EventWithoutCall} EventWithoutCall */
/** @typedef {import('./call-matcher.js').LedgerCall} LedgerCall */
/** @typedef {Findings['oursWithoutTheirs']['calls'][number] & { at: number }} CallWithoutEvent */
/** @typedef {Findings['keyUse']['calls'][number] & { at: number }} LateCall */

const LISTED = 1_000;
const MOST_ROLES = 10_000;
const MOST_KNOWN = 1_000_000;

// CloudTrail delivers within about five minutes on average, and promises nothing; refused calls were seen to take 85 minutes.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
const SETTLED = 2 * 60 * 60_000;

// ListFunctions20150331, ListDistributions2020_05_31, GetFunction20150331v2
const VERSION = /(?<=\D)\d{4}_?\d{2}_?\d{2}(v\d+)?$/;

/** None of the files has CloudTrail's events. */
export class NoTrail extends Error {
  /** @param {Skipped[]} skipped */
  constructor(skipped) {
    super(skipped.length === 0 ? 'There is no file of CloudTrail\'s to hold the ledger against.' : 'None of the files has CloudTrail\'s events.');
    this.skipped = skipped;
  }
}

/**
 * Compares.
 * @param {Ledgers} ledger with the sessions of all pages
 * @param {Source[]} files each is read twice
 * @param {string} asOf when the events were fetched
 * @param {(done: number, of: number) => void} [onProgress]
 * @returns {Promise<Findings>}
 * @throws {NoTrail}
 * @throws {import('./trail-file.js').TooLarge}
 */
export const reconcile = async (ledger, files, asOf, onProgress = () => {}) => {
  const comparison = new Comparison(ledger, asOf);
  const counts = { files: 0, events: 0, unreadable: 0, digests: 0, insights: 0 };
  const trail = [];
  let done = 0;
  for (const file of files) {
    /** A file that is found to be damaged is not used in part. @type {TrailEvent[]} */
    const telling = [];
    const { contents, skipped } = await readTrailFile(file, event => comparison.tells(event) && telling.push(event));
    counts.digests += contents.others.get('digest') ?? 0;
    counts.insights += contents.others.get('insights') ?? 0;
    if (skipped !== null) {
      comparison.skipped.push(skipped);
    } else if (contents.hasEvents()) {
      trail.push(file);
      telling.forEach(event => comparison.collectRoles(event));
      counts.files++;
      counts.events += contents.events;
      counts.unreadable += contents.unreadable;
    }
    onProgress(++done, 2 * files.length);
  }
  if (trail.length === 0) {
    throw new NoTrail(comparison.skipped);
  }
  done = files.length;
  for (const file of trail) {
    await readTrailFile(file, event => comparison.match(event));
    onProgress(++done, files.length + trail.length);
  }
  return comparison.findings({ ...counts, skipped: comparison.skipped.length });
};

/** A set of texts that takes a million of them, and after that knows no new one. */
class KnownTexts {
  constructor() {
    /** @type {Set<string>} */
    this.all = new Set();
    this.full = false;
  }

  /** Whether it was not there. @param {string} text */
  add(text) {
    if (this.all.has(text)) {
      return false;
    }
    if (this.all.size === MOST_KNOWN) {
      this.full = true;
    } else {
      this.all.add(text);
    }
    return true;
  }
}

/** @param {string} session @param {string} source @param {string} operation @param {string} region */
const key = (session, source, operation, region) => JSON.stringify([session, source, operation, region]);

class Comparison {
  /** @param {Ledgers} ledger @param {string} asOf */
  constructor(ledger, asOf) {
    this.ledger = ledger;
    this.asOf = written(asOf);
    this.sessions = new LedgerSessions(ledger);
    this.policies = new SessionPolicies(ledger);
    /** @type {Skipped[]} */
    this.skipped = [];
    /** @type {Map<string, { region: string, matcher: CallMatcher }>} */
    this.matchers = new Map();
    /** @type {Set<string>} */
    this.brokerRoles = new Set();
    this.sessionsOfOthers = new KnownTexts();
    this.eventIds = new KnownTexts();
    /** @type {Set<string>} */
    this.regionsSeen = new Set();
    this.ledgerOnly = new CountedEntries(LISTED, (/** @type {CallWithoutEvent} */ a, /** @type {CallWithoutEvent} */ b) =>
      a.at - b.at || byText(a.session, b.session) || byText(a.call.region, b.call.region) || byText(a.call.operation, b.call.operation));
    this.trailOnly = new CountedEntries(LISTED, eventsInOrder);
    this.keyUses = new CountedEntries(LISTED, (/** @type {LateCall} */ a, /** @type {LateCall} */ b) => a.at - b.at || byText(a.eventId, b.eventId));
    this.duplicates = 0;
    this.noLongerKept = 0;
    this.notYetInLedger = 0;
    /** @type {import('./event.js').Time | null} */
    this.from = null;
    /** @type {import('./event.js').Time | null} */
    this.to = null;
    for (const { session, calls } of this.sessions.all()) {
      for (const call of calls) {
        const region = recordedIn(call.service, call.region);
        const name = key(session, call.service, call.operation, region);
        let entry = this.matchers.get(name);
        if (entry === undefined) {
          entry = { region, matcher: new CallMatcher() };
          this.matchers.set(name, entry);
        }
        entry.matcher.add({ session, call, at: written(call.at).at });
      }
    }
  }

  // First pass

  /** Whether an event says anything of the roles that the broker assumes. @param {TrailEvent} event */
  tells(event) {
    return this.sessions.inAccount(event) && (event.assume !== null || (this.sessions.made(event) && !this.brokerRoles.has(event.role)));
  }

  /** @param {TrailEvent} event */
  collectRoles(event) {
    if (this.sessions.made(event)) {
      this.addBrokerRole(event.role);
    }
    const { assume } = event;
    if (assume !== null && this.sessions.isAccount(assume.account)) {
      if (!this.sessions.byBroker(event)) {
        if (event.caller !== '') {
          this.sessionsOfOthers.add(`${assume.role}/${assume.session}`);
        }
      } else if (this.sessions.has(assume.session) || !this.sessions.brokerIsCustomer()) {
        this.addBrokerRole(assume.role);
      }
    }
  }

  /** @param {string} role */
  addBrokerRole(role) {
    if (this.brokerRoles.size < MOST_ROLES) {
      this.brokerRoles.add(role);
    }
  }

  // Second pass

  /** @param {TrailEvent} event */
  match(event) {
    const { sessions } = this;
    if (!sessions.inAccount(event)) {
      return;
    }
    this.regionsSeen.add(event.region);
    this.from = this.from === null || event.time.at < this.from.at ? event.time : this.from;
    this.to = this.to === null || event.time.at > this.to.at ? event.time : this.to;
    if (sessions.made(event)) {
      if (this.isNew(event)) {
        this.judgeKey(event);
        // A session of ours that assumes a role itself does what no call of the ledger is.
        if (event.assume !== null) {
          this.addTrailOnly(without(event, 'unknown_call', event.session));
        } else {
          this.matchCall(event, event.session);
        }
      }
    } else if (event.assume !== null) {
      this.matchAssumeRole(event, event.assume);
    } else if (sessions.isAccount(event.roleAccount) && this.brokerRoles.has(event.role) && !this.sessionsOfOthers.all.has(`${event.role}/${event.session}`)) {
      if (this.addUnknownSession(event, event.session)) {
        this.judgeKey(event);
      }
    }
  }

  /** @param {TrailEvent} event @param {Assume} assume */
  matchAssumeRole(event, assume) {
    const { sessions } = this;
    if (!sessions.isAccount(assume.account)) {
      return;
    }
    if (sessions.has(assume.session)) {
      if (this.isNew(event)) {
        if (sessions.byBroker(event)) {
          this.policies.judge(event, assume);
          this.matchCall(event, assume.session);
        } else {
          this.addTrailOnly(without(event, 'unknown_call', assume.session));
        }
      }
    } else if (sessions.byBroker(event) && (!sessions.brokerIsCustomer() || this.brokerRoles.has(assume.role))) {
      this.addUnknownSession(event, assume.session);
    }
  }

  /** @param {TrailEvent} event @param {string} session */
  matchCall(event, session) {
    const source = event.source.split('.amazonaws.com')[0];
    const candidate = without(event, 'unknown_call', session);
    const entry = [event.name, event.name.replace(VERSION, '')].map(name => this.matchers.get(key(session, source, name, event.region))).find(each => each !== undefined);
    for (const unmatched of entry === undefined ? [candidate] : entry.matcher.offer(candidate)) {
      this.addTrailOnly(unmatched);
    }
  }

  /** Whether it was not there before. @param {TrailEvent} event @param {string} session */
  addUnknownSession(event, session) {
    const added = this.isNew(event);
    if (added) {
      switch (this.sessions.keeping(session, event.time.at)) {
        case 'no_longer_kept':
          this.noLongerKept++;
          break;
        case 'not_yet_in_ledger':
          this.notYetInLedger++;
          break;
        default:
          this.addTrailOnly(without(event, 'unknown_session', session));
      }
    }
    return added;
  }

  /** @param {TrailEvent} event */
  isNew(event) {
    const added = this.eventIds.add(event.id);
    this.duplicates += added ? 0 : 1;
    return added;
  }

  /** How long after its issue an access key of ours was used. @param {TrailEvent} event */
  judgeKey({ issued, time, region, source, name, session, id }) {
    if (issued === null) {
      this.keyUses.count('not_shown');
    } else if (time.at > issued.at + SESSION * 1_000) {
      this.keyUses.count('late');
      this.keyUses.add({ at: time.at, time: time.text, issuedAt: issued.text, region, source, name, session, eventId: id });
    } else {
      this.keyUses.count('in_time');
    }
  }

  /** @param {EventWithoutCall} event */
  addTrailOnly(event) {
    this.trailOnly.count(event.why);
    this.trailOnly.add(event);
  }

  /** @param {LedgerCall} row */
  addLedgerOnly({ session, call, at }) {
    const why = this.why(call, at);
    this.ledgerOnly.count(why);
    this.ledgerOnly.add({ at, why, session, call: { ...call, at: written(call.at).text } });
  }

  /**
   * @param {Call} call
   * @param {number} at
   * @returns {CallWithoutEvent['why']}
   */
  why(call, at) {
    if (call.status === 0) {
      return 'no_answer';
    }
    if (!this.sessions.isRecorded(call)) {
      return 'not_recorded';
    }
    return at > this.asOf.at - SETTLED ? 'too_early_to_say' : 'missing';
  }

  /**
   * @param {{ files: number, events: number, unreadable: number, digests: number, insights: number, skipped: number }} counts
   * @returns {Findings}
   */
  findings(counts) {
    let calls = 0;
    let byRequestId = 0;
    /** @type {Set<string>} */
    const regionsWithoutEvents = new Set();
    const recorded = (/** @type {Call} */ call) => this.sessions.isRecorded(call);
    for (const { region, matcher } of this.matchers.values()) {
      if (!this.regionsSeen.has(region) && matcher.calls.some(({ call }) => recorded(call))) {
        regionsWithoutEvents.add(region);
      }
      const result = matcher.match(recorded);
      calls += result.matched;
      byRequestId += result.byRequestId;
      result.unmatchedEvents.forEach(event => this.addTrailOnly(event));
      result.unmatchedCalls.forEach(row => this.addLedgerOnly(row));
    }
    const { ledger, ledgerOnly, trailOnly, keyUses } = this;
    return {
      verdict: this.verdict(),
      connection: ledger.connection,
      ...(ledger.account ? { account: ledger.account } : {}),
      asOf: this.asOf.text,
      ledgerAsOf: this.sessions.asOf.text,
      ledgerComplete: !ledger.next,
      sessions: this.sessions.size,
      files: { ...counts, duplicates: this.duplicates, ...(this.from === null ? {} : { from: this.from.text }), ...(this.to === null ? {} : { to: this.to.text }) },
      matched: { calls, byRequestId },
      oursWithoutTheirs: {
        missing: ledgerOnly.counted('missing'),
        tooEarlyToSay: ledgerOnly.counted('too_early_to_say'),
        notRecorded: ledgerOnly.counted('not_recorded'),
        noAnswer: ledgerOnly.counted('no_answer'),
        notRead: 0,
        calls: ledgerOnly.listed().map(({ at, ...entry }) => entry),
      },
      theirsWithoutOurs: {
        unknownCall: trailOnly.counted('unknown_call'),
        unknownSession: trailOnly.counted('unknown_session'),
        events: trailOnly.listed().map(({ at, ...entry }) => entry),
      },
      exact: !this.eventIds.full,
      noLongerKept: this.noLongerKept,
      notYetInLedger: this.notYetInLedger,
      assumptions: this.policies.findings(),
      keyUse: { inTime: keyUses.counted('in_time'), late: keyUses.counted('late'), notShown: keyUses.counted('not_shown'), calls: keyUses.listed().map(({ at, ...entry }) => entry) },
      regionsWithoutEvents: [...regionsWithoutEvents].sort(),
      regionsNotRead: [],
      filesSkipped: /** @type {Findings['filesSkipped']} */ (this.skipped.slice(0, LISTED)),
    };
  }

  /** @returns {Findings['verdict']} */
  verdict() {
    if (this.ledgerOnly.counted('missing') > 0 || this.trailOnly.all.length > 0 || this.policies.assumedOtherwise || this.keyUses.counted('late') > 0) {
      return 'differs';
    }
    if (this.skipped.some(({ kind }) => kind === 'damaged' || kind === 'unreadable')) {
      return 'inconclusive';
    }
    return this.ledgerOnly.counted('too_early_to_say') > 0 || this.notYetInLedger > 0 ? 'too_early' : 'agrees';
  }
}

/**
 * An event without a call.
 * @param {TrailEvent} event
 * @param {EventWithoutCall['why']} why
 * @param {string} session
 * @returns {EventWithoutCall}
 */
const without = (event, why, session) => ({
  why, at: event.time.at, time: event.time.text, region: event.region, source: event.source, name: event.name,
  requestId: event.requestId, errorCode: event.errorCode, session, eventId: event.id,
});
