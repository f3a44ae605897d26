package io.cloudoperator.reconcile;

import io.cloudoperator.call.Call;
import io.cloudoperator.reconcile.Findings.EventWithoutCall;
import io.cloudoperator.scan.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The calls of one session, operation and region, matched with events: first those of the same
 * request id, then by time, so that as many as possible of the calls that must have an event get
 * one, and after these as many as possible of the others. Nothing is used twice. At most twice as
 * many events as calls and a few are kept, the same ones in whatever order they come.
 *
 * <p>Times within five minutes are taken for the same: AWS refuses a request whose own time is
 * further from AWS's.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">Signature
 *     Version 4: a request must reach AWS within five minutes of its time stamp</a>
 */
final class CallMatcher {
  private static final Duration APART = Duration.ofMinutes(5);
  private static final int SPARE = 64;
  // Each try walks all calls and events.
  private static final int MOST_TRIES = 1_000;

  private static final Comparator<LedgerCall> BY_TIME =
      Comparator.comparing(row -> row.call().at());
  private static final Comparator<EventWithoutCall> IN_ORDER =
      Comparator.comparing(EventWithoutCall::time).thenComparing(EventWithoutCall::eventId);

  private final List<LedgerCall> calls = new ArrayList<>();
  private final Set<String> requestIds = new TreeSet<>();
  private final NavigableSet<Instant> times = new TreeSet<>();
  private final PriorityQueue<EventWithoutCall> events =
      new PriorityQueue<>(
          Comparator.comparing((EventWithoutCall event) -> requestIds.contains(event.requestId()))
              .thenComparing(IN_ORDER.reversed()));

  /** A call, and the ledger of its session. */
  record LedgerCall(Ledger ledger, Call call) {}

  /** A call and its event. */
  private record Pair(LedgerCall call, EventWithoutCall event) {}

  /**
   * What has come of it.
   *
   * @param matched how many calls have an event
   * @param byRequestId how many of these by the same request id
   */
  record Result(
      long matched,
      long byRequestId,
      List<LedgerCall> unmatchedCalls,
      List<EventWithoutCall> unmatchedEvents) {}

  void add(LedgerCall call) {
    calls.add(call);
    times.add(call.call().at());
    if (!call.call().requestId().isEmpty()) {
      requestIds.add(call.call().requestId());
    }
  }

  List<LedgerCall> calls() {
    return calls;
  }

  /**
   * Takes an event, once all calls were added.
   *
   * @return one that matches none of the calls: this one or another, if there are too many
   */
  Optional<EventWithoutCall> offer(EventWithoutCall event) {
    if (!requestIds.contains(event.requestId())
        && times
            .subSet(event.time().minus(APART), true, event.time().plus(APART), true)
            .isEmpty()) {
      return Optional.of(event);
    }
    events.add(event);
    return events.size() > 2 * calls.size() + SPARE
        ? Optional.of(events.remove())
        : Optional.empty();
  }

  /**
   * Matches the calls with the events.
   *
   * @param recorded whether CloudTrail records such a call for certain
   */
  Result match(Predicate<Call> recorded) {
    calls.sort(BY_TIME);
    List<EventWithoutCall> inOrder = events.stream().sorted(IN_ORDER).toList();
    List<Pair> pairs = sameRequest(inOrder);
    int byRequestId = pairs.size();
    pairs.addAll(sameTime(unmatchedCalls(pairs), unmatchedEvents(inOrder, pairs), recorded));
    return new Result(
        pairs.size(), byRequestId, unmatchedCalls(pairs), unmatchedEvents(inOrder, pairs));
  }

  private List<LedgerCall> unmatchedCalls(List<Pair> pairs) {
    return without(calls, pairs.stream().map(Pair::call).toList());
  }

  private static List<EventWithoutCall> unmatchedEvents(
      List<EventWithoutCall> events, List<Pair> pairs) {
    return without(events, pairs.stream().map(Pair::event).toList());
  }

  private static <T> List<T> without(List<T> all, List<T> some) {
    Set<T> used = Collections.newSetFromMap(new IdentityHashMap<>());
    used.addAll(some);
    return all.stream().filter(each -> !used.contains(each)).toList();
  }

  private List<Pair> sameRequest(List<EventWithoutCall> events) {
    Map<String, Queue<EventWithoutCall>> byId = new HashMap<>();
    for (EventWithoutCall event : events) {
      if (!event.requestId().isEmpty()) {
        byId.computeIfAbsent(event.requestId(), _ -> new ArrayDeque<>()).add(event);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (LedgerCall call : calls) {
      Optional.ofNullable(byId.get(call.call().requestId()))
          .map(Queue::poll)
          .ifPresent(event -> pairs.add(new Pair(call, event)));
    }
    return pairs;
  }

  private static List<Pair> sameTime(
      List<LedgerCall> calls, List<EventWithoutCall> events, Predicate<Call> recorded) {
    List<LedgerCall> paired = calls.stream().filter(row -> recorded.test(row.call())).toList();
    List<Pair> pairs = earliestFirst(paired, events);
    int tries = 0;
    for (LedgerCall other : calls) {
      if (!recorded.test(other.call()) && pairs.size() < events.size() && tries++ < MOST_TRIES) {
        List<LedgerCall> more = new ArrayList<>(pairs.stream().map(Pair::call).toList());
        more.add(other);
        more.sort(BY_TIME);
        List<Pair> all = earliestFirst(more, events);
        if (all.size() == more.size()) {
          pairs = all;
        }
      }
    }
    return pairs;
  }

  /** As many pairs as there can be, the earliest first; calls and events are in order of time. */
  private static List<Pair> earliestFirst(List<LedgerCall> calls, List<EventWithoutCall> events) {
    List<Pair> pairs = new ArrayList<>();
    int next = 0;
    for (LedgerCall call : calls) {
      Instant at = call.call().at();
      while (next < events.size() && events.get(next).time().isBefore(at.minus(APART))) {
        next++;
      }
      if (next < events.size() && !events.get(next).time().isAfter(at.plus(APART))) {
        pairs.add(new Pair(call, events.get(next)));
        next++;
      }
    }
    return pairs;
  }
}
