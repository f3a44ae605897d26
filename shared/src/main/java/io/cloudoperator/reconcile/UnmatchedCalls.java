package io.cloudoperator.reconcile;

import io.cloudoperator.call.Call;
import io.cloudoperator.reconcile.Findings.CallWithoutEvent;
import io.cloudoperator.reconcile.Findings.CallWithoutEvent.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The calls in the ledger that have no event, each with why. */
final class UnmatchedCalls {
  // CloudTrail delivers within about five minutes on average, and promises nothing; refused calls
  // were seen to take 85 minutes.
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
  private static final Duration SETTLED = Duration.ofHours(2);

  private final LedgerSessions sessions;
  private final Set<String> regionsNotRead;
  private final Instant asOf;
  private final Map<Why, Long> counts = new EnumMap<>(Why.class);
  private final FirstEntries<CallWithoutEvent> listed =
      new FirstEntries<>(
          Findings.LISTED,
          Comparator.comparing((CallWithoutEvent entry) -> entry.call().at())
              .thenComparing(CallWithoutEvent::session)
              .thenComparing(entry -> entry.call().region())
              .thenComparing(entry -> entry.call().operation()));

  UnmatchedCalls(LedgerSessions sessions, Set<String> regionsNotRead, Instant asOf) {
    this.sessions = sessions;
    this.regionsNotRead = regionsNotRead;
    this.asOf = asOf;
  }

  void add(CallMatcher.LedgerCall row) {
    Why why = why(row.call());
    counts.merge(why, 1L, Long::sum);
    listed.add(new CallWithoutEvent(why, row.ledger().session(), row.call()));
  }

  private Why why(Call call) {
    if (call.status() == 0) {
      return Why.NO_ANSWER;
    }
    if (!sessions.isRecorded(call)) {
      return Why.NOT_RECORDED;
    }
    if (regionsNotRead.contains(TrailRegion.name(call))) {
      return Why.NOT_READ;
    }
    return call.at().isAfter(asOf.minus(SETTLED)) ? Why.TOO_EARLY_TO_SAY : Why.MISSING;
  }

  Findings.LedgerOnly findings() {
    return new Findings.LedgerOnly(
        counts.getOrDefault(Why.MISSING, 0L),
        counts.getOrDefault(Why.TOO_EARLY_TO_SAY, 0L),
        counts.getOrDefault(Why.NOT_RECORDED, 0L),
        counts.getOrDefault(Why.NO_ANSWER, 0L),
        counts.getOrDefault(Why.NOT_READ, 0L),
        listed.list());
  }
}
