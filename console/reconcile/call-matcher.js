// The calls of one session, operation and region, matched with events: first those of the same request id, then by time.
import { FirstEntries, byText } from './first-entries.js';

/** @typedef {import('./ledger.js').Call} Call */
/** @typedef {{ session: string, call: Call, at: number }} LedgerCall */

/** @typedef {{ why: 'unknown_call' | 'unknown_session', at: number, time: string, region: string, source: string, name: string, requestId: string, errorCode: string, session: string, eventId: string }} EventWithoutCall */
/** @typedef {{ call: LedgerCall, event: EventWithoutCall }} Pair */

// AWS refuses a request whose own time is further from AWS's:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
const APART = 5 * 60_000;
const SPARE = 64;
// Each try walks all calls and events.
const MOST_TRIES = 1_000;

/** @param {EventWithoutCall} a @param {EventWithoutCall} b */
export const eventsInOrder = (a, b) => a.at - b.at || byText(a.eventId, b.eventId);

/**
 * Matches so that as many as possible of the calls that must have an event get one, and after these as many as possible of the others. Nothing is used
 * twice. At most twice as many events as calls and a few are kept, the same ones in whatever order they come.
 */
export class CallMatcher {
  constructor() {
    /** @type {LedgerCall[]} */
    this.calls = [];
    /** @type {Set<string>} */
    this.requestIds = new Set();
    /** @type {number[] | null} */
    this.times = null;
    const known = (/** @type {EventWithoutCall} */ event) => Number(this.requestIds.has(event.requestId));
    this.events = new FirstEntries(SPARE, (/** @type {EventWithoutCall} */ a, /** @type {EventWithoutCall} */ b) => known(b) - known(a) || eventsInOrder(a, b));
  }

  /** @param {LedgerCall} call */
  add(call) {
    this.calls.push(call);
    this.events.most += 2;
    if (call.call.requestId !== '') {
      this.requestIds.add(call.call.requestId);
    }
  }

  /**
   * Takes an event, once all calls were added.
   * @param {EventWithoutCall} event
   * @returns {EventWithoutCall[]} those that match none of the calls: this one, or others if there are too many
   */
  offer(event) {
    if (!this.requestIds.has(event.requestId) && !this.near(event.at)) {
      return [event];
    }
    return this.events.add(event);
  }

  /** Whether there is a call of about this time. @param {number} at */
  near(at) {
    this.times ??= this.calls.map(call => call.at).sort((a, b) => a - b);
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle] < at - APART) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < this.times.length && this.times[low] <= at + APART;
  }

  /**
   * Matches the calls with the events.
   * @param {(call: Call) => boolean} recorded whether CloudTrail records such a call for certain
   */
  match(recorded) {
    this.calls.sort((a, b) => a.at - b.at);
    const tooMany = this.events.trim();
    const events = this.events.all.sort(eventsInOrder);
    const sameRequests = sameRequest(this.calls, events);
    const pairs = [
      ...sameRequests,
      ...sameTime(without(this.calls, sameRequests.map(({ call }) => call)), without(events, sameRequests.map(({ event }) => event)), recorded),
    ];
    return {
      matched: pairs.length,
      byRequestId: sameRequests.length,
      unmatchedCalls: without(this.calls, pairs.map(({ call }) => call)),
      unmatchedEvents: [...tooMany, ...without(events, pairs.map(({ event }) => event))],
    };
  }
}

/**
 * @template T
 * @param {T[]} all
 * @param {T[]} some
 */
const without = (all, some) => {
  const used = new Set(some);
  return all.filter(each => !used.has(each));
};

/**
 * @param {LedgerCall[]} calls
 * @param {EventWithoutCall[]} events
 * @returns {Pair[]}
 */
const sameRequest = (calls, events) => {
  /** @type {Map<string, EventWithoutCall[]>} */
  const byId = new Map();
  for (const event of events) {
    if (event.requestId !== '') {
      const same = byId.get(event.requestId) ?? [];
      same.push(event);
      byId.set(event.requestId, same);
    }
  }
  /** @type {Pair[]} */
  const pairs = [];
  for (const call of calls) {
    const event = byId.get(call.call.requestId)?.shift();
    if (event !== undefined) {
      pairs.push({ call, event });
    }
  }
  return pairs;
};

/**
 * @param {LedgerCall[]} calls
 * @param {EventWithoutCall[]} events
 * @param {(call: Call) => boolean} recorded
 */
const sameTime = (calls, events, recorded) => {
  let pairs = earliestFirst(calls.filter(({ call }) => recorded(call)), events);
  let tries = 0;
  for (const other of calls) {
    if (!recorded(other.call) && pairs.length < events.length && tries++ < MOST_TRIES) {
      const more = [...pairs.map(({ call }) => call), other].sort((a, b) => a.at - b.at);
      const all = earliestFirst(more, events);
      if (all.length === more.length) {
        pairs = all;
      }
    }
  }
  return pairs;
};

/**
 * As many pairs as there can be, the earliest first; calls and events are in order of time.
 * @param {LedgerCall[]} calls
 * @param {EventWithoutCall[]} events
 */
const earliestFirst = (calls, events) => {
  /** @type {Pair[]} */
  const pairs = [];
  let next = 0;
  for (const call of calls) {
    while (next < events.length && events[next].at < call.at - APART) {
      next++;
    }
    if (next < events.length && events[next].at <= call.at + APART) {
      pairs.push({ call, event: events[next] });
      next++;
    }
  }
  return pairs;
};
