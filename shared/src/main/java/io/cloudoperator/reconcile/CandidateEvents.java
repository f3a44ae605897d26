package io.cloudoperator.reconcile;

import io.cloudoperator.reconcile.Findings.EventWithoutCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * The calls of one session, operation and region, and the events that may match them: at most twice
 * as many as there are calls and a few, the same ones in whatever order they come.
 */
final class CandidateEvents {
  private static final int SPARE = 64;

  private final List<CallMatcher.LedgerCall> calls = new ArrayList<>();
  private final Set<String> requestIds = new HashSet<>();
  private final NavigableSet<Instant> times = new TreeSet<>();
  private final PriorityQueue<EventWithoutCall> events =
      new PriorityQueue<>(
          Comparator.comparing((EventWithoutCall event) -> requestIds.contains(event.requestId()))
              .thenComparing(EventWithoutCall::time, Comparator.reverseOrder())
              .thenComparing(EventWithoutCall::eventId, Comparator.reverseOrder()));

  void add(CallMatcher.LedgerCall call) {
    calls.add(call);
    times.add(call.call().at());
    if (!call.call().requestId().isEmpty()) {
      requestIds.add(call.call().requestId());
    }
  }

  /**
   * Takes an event.
   *
   * @return one that is none of the calls': this one or another, if there are too many
   */
  Optional<EventWithoutCall> offer(EventWithoutCall event) {
    if (!requestIds.contains(event.requestId()) && !near(event.time())) {
      return Optional.of(event);
    }
    events.add(event);
    return events.size() > 2 * calls.size() + SPARE
        ? Optional.of(events.remove())
        : Optional.empty();
  }

  private boolean near(Instant time) {
    return !times
        .subSet(time.minus(CallMatcher.APART), true, time.plus(CallMatcher.APART), true)
        .isEmpty();
  }

  List<CallMatcher.LedgerCall> calls() {
    return calls;
  }

  List<EventWithoutCall> events() {
    return List.copyOf(events);
  }
}
