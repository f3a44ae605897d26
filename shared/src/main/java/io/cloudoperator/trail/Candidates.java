package io.cloudoperator.trail;

import io.cloudoperator.trail.Findings.Theirs;
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
 * The calls of one session, operation and region, and those events that may turn out to be theirs:
 * a few more than there are calls, and always the same few, in whatever order they come.
 */
final class Candidates {
  private static final int SPARE = 64;

  private final List<Join.Ours> calls = new ArrayList<>();
  private final Set<String> requestIds = new HashSet<>();
  private final NavigableSet<Instant> times = new TreeSet<>();
  private final PriorityQueue<Theirs> events =
      new PriorityQueue<>(
          Comparator.comparing((Theirs event) -> requestIds.contains(event.requestId()))
              .thenComparing(Theirs::time, Comparator.reverseOrder())
              .thenComparing(Theirs::eventId, Comparator.reverseOrder()));

  void add(Join.Ours call) {
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
  Optional<Theirs> offer(Theirs event) {
    if (!requestIds.contains(event.requestId()) && !near(event.time())) {
      return Optional.of(event);
    }
    events.add(event);
    return events.size() > 2 * calls.size() + SPARE
        ? Optional.of(events.remove())
        : Optional.empty();
  }

  private boolean near(Instant time) {
    return !times.subSet(time.minus(Join.APART), true, time.plus(Join.APART), true).isEmpty();
  }

  List<Join.Ours> calls() {
    return calls;
  }

  List<Theirs> events() {
    return List.copyOf(events);
  }
}
