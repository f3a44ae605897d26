package io.cloudoperator.reconcile;

import io.cloudoperator.call.Call;
import io.cloudoperator.scan.Ledger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A matching of calls with events, both of one session, operation and region: first those of the
 * same request id, then by time, so that as many as possible of the calls that must have an event
 * get one, and after these as many as possible of the others. Nothing is used twice.
 *
 * <p>Times within five minutes are taken for the same: AWS refuses a request whose own time is
 * further from AWS's.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">Signature
 *     Version 4: a request must reach AWS within five minutes of its time stamp</a>
 */
final class CallMatcher {
  static final Duration APART = Duration.ofMinutes(5);
  // Each try walks all calls and events of the key.
  private static final int MOST_TRIES = 1_000;

  final List<LedgerCall> unmatchedCalls = new ArrayList<>();
  final List<Findings.EventWithoutCall> unmatchedEvents = new ArrayList<>();
  long matched;
  long byRequestId;

  /** A call, and the ledger of its session. */
  record LedgerCall(Ledger ledger, Call call) {}

  /**
   * Pairs what it can.
   *
   * @param mustHaveOne whether CloudTrail records such a call for certain
   */
  CallMatcher(
      List<LedgerCall> calls, List<Findings.EventWithoutCall> events, Predicate<Call> mustHaveOne) {
    List<LedgerCall> rows = new ArrayList<>(calls);
    rows.sort(Comparator.comparing(row -> row.call().at()));
    List<Findings.EventWithoutCall> left = new ArrayList<>(events);
    left.sort(
        Comparator.comparing(Findings.EventWithoutCall::time)
            .thenComparing(Findings.EventWithoutCall::eventId));
    takeSameRequest(rows, left);
    takeSameTime(rows, left, mustHaveOne);
  }

  private void takeSameRequest(List<LedgerCall> rows, List<Findings.EventWithoutCall> events) {
    Map<String, Deque<Findings.EventWithoutCall>> byId = new HashMap<>();
    for (Findings.EventWithoutCall event : events) {
      if (!event.requestId().isEmpty()) {
        byId.computeIfAbsent(event.requestId(), _ -> new ArrayDeque<>()).add(event);
      }
    }
    Set<Findings.EventWithoutCall> used = Collections.newSetFromMap(new IdentityHashMap<>());
    rows.removeIf(row -> {
      Deque<Findings.EventWithoutCall> same =
          byId.getOrDefault(row.call().requestId(), new ArrayDeque<>());
      return !same.isEmpty() && used.add(same.remove());
    });
    events.removeIf(used::contains);
    byRequestId = used.size();
    matched = used.size();
  }

  private void takeSameTime(
      List<LedgerCall> rows, List<Findings.EventWithoutCall> events, Predicate<Call> mustHaveOne) {
    List<LedgerCall> needing = rows.stream().filter(row -> mustHaveOne.test(row.call())).toList();
    List<LedgerCall> paired = pairable(needing, events);
    int tries = 0;
    for (LedgerCall other : rows) {
      if (!mustHaveOne.test(other.call())
          && paired.size() < events.size()
          && tries++ < MOST_TRIES) {
        List<LedgerCall> more = new ArrayList<>(paired);
        more.add(other);
        more.sort(Comparator.comparing(row -> row.call().at()));
        if (pairable(more, events).size() == more.size()) {
          paired = more;
        }
      }
    }
    matched += paired.size();
    Set<LedgerCall> done = Collections.newSetFromMap(new IdentityHashMap<>());
    done.addAll(paired);
    rows.stream().filter(row -> !done.contains(row)).forEach(unmatchedCalls::add);
    unmatchedEvents.addAll(left(paired, events));
  }

  /** As many of the calls as can have an event each, the earliest first; both in order of time. */
  private static List<LedgerCall> pairable(
      List<LedgerCall> rows, List<Findings.EventWithoutCall> events) {
    List<LedgerCall> paired = new ArrayList<>();
    int next = 0;
    for (LedgerCall row : rows) {
      next = firstFrom(next, row, events);
      if (next < events.size() && !events.get(next).time().isAfter(row.call().at().plus(APART))) {
        paired.add(row);
        next++;
      }
    }
    return paired;
  }

  /** The events that pairing all of these calls leaves. */
  private static List<Findings.EventWithoutCall> left(
      List<LedgerCall> rows, List<Findings.EventWithoutCall> events) {
    List<Findings.EventWithoutCall> left = new ArrayList<>();
    int next = 0;
    for (LedgerCall row : rows) {
      int taken = firstFrom(next, row, events);
      left.addAll(events.subList(next, taken));
      next = taken + 1;
    }
    left.addAll(events.subList(Math.min(next, events.size()), events.size()));
    return left;
  }

  private static int firstFrom(int index, LedgerCall row, List<Findings.EventWithoutCall> events) {
    int next = index;
    while (next < events.size() && events.get(next).time().isBefore(row.call().at().minus(APART))) {
      next++;
    }
    return next;
  }
}
