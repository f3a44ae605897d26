package io.cloudoperator.dispatch;

import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionStore.Saved;
import io.cloudoperator.dispatch.StartRun.Started;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Starts the scans that are due, of all regions. Each is claimed before it is started, so that two
 * dispatchers never start the same one; a connection that cannot be started does not keep others
 * from it, and is due again soon.
 */
final class DueScans {
  /** The most connections that one invocation looks at; the next one comes in five minutes. */
  static final int MOST = 500;

  /** When a scan that could not be started is due again. */
  static final Duration AGAIN = Duration.ofMinutes(5);

  /** What the invocation keeps for itself: to finish what it has begun. */
  static final Duration RESERVE = Duration.ofSeconds(30);

  private static final int AT_ONCE = 8;

  private final ConnectionStore connections;
  private final StartRun starting;
  private final InstantSource clock;
  private final Telemetry telemetry;

  DueScans(
      ConnectionStore connections, StartRun starting, InstantSource clock, Telemetry telemetry) {
    this.connections = connections;
    this.starting = starting;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * What an invocation did.
   *
   * @param started scans
   * @param skipped connections that are being scanned, that another dispatcher claimed, or that
   *     changed meanwhile
   * @param failed scans that could not be started
   * @param left connections for which no time was left
   */
  record Tally(int started, int skipped, int failed, int left) {}

  /**
   * Starts what is due.
   *
   * @param timeLeft until the invocation is cut off
   */
  Tally start(Supplier<Duration> timeLeft) {
    List<Connection> due = connections.due(clock.instant(), MOST);
    List<Future<Result>> results =
        ParallelMap.settled(
            due,
            AT_ONCE,
            connection -> timeLeft.get().compareTo(RESERVE) > 0 ? start(connection) : Result.LEFT);
    Map<Result, Integer> counts = new EnumMap<>(Result.class);
    for (Future<Result> result : results) {
      counts.merge(resultOf(result), 1, Integer::sum);
    }
    Tally tally =
        new Tally(
            counts.getOrDefault(Result.STARTED, 0),
            counts.getOrDefault(Result.SKIPPED, 0),
            counts.getOrDefault(Result.FAILED, 0),
            counts.getOrDefault(Result.LEFT, 0));
    telemetry.measure("DueScansStarted", tally.started(), MetricUnit.COUNT);
    telemetry.measure("DueScansFailed", tally.failed(), MetricUnit.COUNT);
    telemetry.measure("DueScansLeft", tally.left(), MetricUnit.COUNT);
    return tally;
  }

  private enum Result {
    STARTED,
    SKIPPED,
    FAILED,
    LEFT
  }

  private Result resultOf(Future<Result> result) {
    return switch (result.state()) {
      case SUCCESS -> result.resultNow();
      case FAILED -> {
        telemetry.failed(LogEvent.SCAN_DUE_FAILED, result.exceptionNow());
        yield Result.FAILED;
      }
      case CANCELLED, RUNNING -> throw new AssertionError("all were joined");
    };
  }

  private Result start(Connection due) {
    Instant now = clock.instant();
    Connection claimed = due.claimed(now);
    if (connections.save(due, claimed) != Saved.SAVED) {
      return Result.SKIPPED;
    }
    boolean settled = false;
    try {
      Result result =
          switch (starting.start(
              claimed, Run.Trigger.SCHEDULE, RegionChoice.ALL, Optional.empty())) {
            case Started.Running _ -> Result.STARTED;
            case Started.AlreadyRunning _,
                Started.NotActive _,
                Started.Repeated _,
                Started.OtherRegions _ ->
                Result.SKIPPED;
            case Started.Failed _ -> Result.FAILED;
          };
      settled = result != Result.FAILED;
      return result;
    } finally {
      if (!settled) {
        giveBack(claimed, now);
      }
    }
  }

  private void giveBack(Connection claimed, Instant now) {
    connections
        .find(claimed.tenant(), claimed.id(), now)
        .filter(current -> current.nextScanAt().equals(claimed.nextScanAt()))
        .ifPresent(current -> connections.save(current, current.dueAt(now.plus(AGAIN))));
  }
}
