package io.cloudoperator.reconcile;

import io.cloudoperator.reconcile.Findings.EventWithoutCall;
import io.cloudoperator.reconcile.Findings.EventWithoutCall.Why;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** The events that have no call in the ledger, each with why. */
final class UnmatchedEvents {
  private final Map<Why, Long> counts = new EnumMap<>(Why.class);
  private final FirstEntries<EventWithoutCall> listed =
      new FirstEntries<>(
          Findings.LISTED,
          Comparator.comparing(EventWithoutCall::time).thenComparing(EventWithoutCall::eventId));

  void add(EventWithoutCall event) {
    counts.merge(event.why(), 1L, Long::sum);
    listed.add(event);
  }

  Findings.TrailOnly findings() {
    return new Findings.TrailOnly(
        counts.getOrDefault(Why.UNKNOWN_CALL, 0L),
        counts.getOrDefault(Why.UNKNOWN_SESSION, 0L),
        listed.list());
  }
}
