package io.cloudoperator.scanner;

import io.cloudoperator.concurrent.BackgroundTask;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.Conclusion;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.FlagHistory;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Written;
import io.cloudoperator.service.CountedResources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Ends a scan: with a snapshot of what its shards have written, or without one if it was never
 * planned, if nothing could be read, or if its connection is over. Concluding a scan again changes
 * nothing.
 */
final class ConcludeScan {
  private final ConnectionStore connections;
  private final RunStore runs;
  private final SnapshotStore snapshots;
  private final FoundApis apis;
  private final InstantSource clock;
  private final Telemetry telemetry;

  ConcludeScan(
      ConnectionStore connections,
      RunStore runs,
      SnapshotStore snapshots,
      FoundApis apis,
      InstantSource clock,
      Telemetry telemetry) {
    this.connections = connections;
    this.runs = runs;
    this.snapshots = snapshots;
    this.apis = apis;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * What the state machine sends.
   *
   * @param error the name of what broke an earlier step for good
   */
  record Input(TenantId tenant, ConnectionId connection, ScanId scan, Optional<String> error) {
    ScanKey key() {
      return new ScanKey(tenant, connection, scan);
    }
  }

  /**
   * How the scan ended.
   *
   * @param state absent if there is no such run any more
   * @param failure the code of its failure
   */
  record Output(Optional<Run.State> state, Optional<String> failure) {}

  Output conclude(Input input) {
    ScanKey key = input.key();
    LogContext.of(telemetry, key);
    input.error().ifPresent(error -> telemetry.warn(LogEvent.SCAN_STEP_FAILED, error));
    Instant now = clock.instant();
    // All that it may need, at once: what is there beside a run that is over is not looked at.
    BackgroundTask<Optional<Connection>> found =
        BackgroundTask.start(() -> CurrentRun.found(connections, key, now));
    BackgroundTask<List<ShardProgress>> progress = BackgroundTask.start(() -> runs.progress(key));
    BackgroundTask<List<Snapshot>> history = BackgroundTask.start(() -> earlier(key));
    Optional<RunStore.PlannedRun> planned = CurrentRun.planned(runs, key, now);
    if (planned.isPresent()
        && conclude(
            planned.get(),
            CurrentRun.active(planned.get().run(), found.result()),
            progress.result(),
            history,
            now)) {
      return new Output(Optional.of(Run.State.CONCLUDED), Optional.empty());
    }
    Optional<Run> run = runs.run(key);
    return new Output(
        run.map(ended -> ended.stateAt(now)), run.flatMap(Run::failure).map(Run.Failure::code));
  }

  /** Ends the run, and answers whether that was with a snapshot. */
  private boolean conclude(
      RunStore.PlannedRun planned,
      Optional<Connection> connection,
      List<ShardProgress> progress,
      BackgroundTask<List<Snapshot>> history,
      Instant now) {
    Run run = planned.run();
    Optional<Plan> plan = planned.plan();
    if (connection.isEmpty()) {
      return failed(run, ScanFailure.NOT_ACTIVE);
    }
    if (plan.isEmpty()) {
      return failed(run, ScanFailure.INTERNAL);
    }
    if (!connection.get().account().equals(Optional.of(plan.get().account()))) {
      return failed(run, ScanFailure.ACCOUNT_MISMATCH);
    }
    Snapshot snapshot =
        Conclusion.of(
                CountedResources.ALL,
                run,
                connection.get().tier(),
                plan.get(),
                progress,
                history.result().stream().findFirst(),
                now)
            .withProof(connection.get().proof());
    EarlierScans earlier = apis.after(history.result());
    Optional<Inventory> inventory =
        switch (connection.get().tier()) {
          case MINIMAL -> Optional.empty();
          case AUDIT -> Optional.of(apis.inventory(run, plan.get(), earlier, now));
        };
    return conclude(
        run, snapshot, inventory, earlier, history.result(), Ledger.of(run, plan, progress));
  }

  private boolean conclude(
      Run run,
      Snapshot counted,
      Optional<Inventory> inventory,
      EarlierScans earlier,
      List<Snapshot> history,
      Ledger ledger) {
    Optional<ScanFailure> distrust = distrust(counted, inventory);
    if (distrust.isPresent()) {
      return failed(run, distrust.get());
    }
    if (nothingRead(counted, inventory)) {
      // It would say nothing, and push out one of those that do.
      return failed(run, ScanFailure.NOTHING_READ);
    }
    // The inventory first: nobody sees it without its snapshot, and no snapshot is without its own.
    Optional<Snapshot> whole =
        inventory.isPresent()
            ? apis.keep(run, inventory.get(), counted, earlier)
            : Optional.of(counted);
    if (whole.isEmpty()) {
      return false;
    }
    Snapshot snapshot = whole.get().withFirstSeen(FlagHistory.of(whole.get(), history).firstSeen());
    return switch (snapshots.conclude(run, snapshot, ledger)) {
      case Written.Done _ -> {
        measure(snapshot);
        yield true;
      }
      case Written.Refused(var reason) ->
          switch (reason) {
            case RUN_OVER -> false;
            case CONNECTION_OVER -> failed(run, ScanFailure.NOT_ACTIVE);
          };
    };
  }

  private static boolean nothingRead(Snapshot counted, Optional<Inventory> inventory) {
    return counted.coverage().complete() == 0
        && !counted.coverage().bucketsRead()
        && inventory.stream().allMatch(drawn -> drawn.read().isEmpty());
  }

  /** If one shard was led astray, no other one's result can be trusted either. */
  private static Optional<ScanFailure> distrust(Snapshot counted, Optional<Inventory> inventory) {
    Set<String> codes =
        Stream.concat(
                counted.coverage().unread().stream().map(Coverage.UnreadRegion::code),
                inventory.stream()
                    .flatMap(drawn -> drawn.unread().stream())
                    .map(Inventory.Unread::code))
            .collect(Collectors.toSet());
    if (codes.contains(SessionOpener.ACCOUNT_MISMATCH)) {
      return Optional.of(ScanFailure.ACCOUNT_MISMATCH);
    }
    return codes.contains(SessionOpener.REFERENCE_TAMPERED)
        ? Optional.of(ScanFailure.REFERENCE_TAMPERED)
        : Optional.empty();
  }

  /** Newest first. */
  private List<Snapshot> earlier(ScanKey key) {
    return snapshots.history(key.tenant(), key.connection()).snapshots().stream()
        .filter(snapshot -> snapshot.key().scan().compareTo(key.scan()) < 0)
        .toList();
  }

  /** Ends the run without a snapshot, as it then answers. */
  private boolean failed(Run run, ScanFailure failure) {
    telemetry.warn(LogEvent.SCAN_FAILED, failure.code());
    runs.stop(run, failure.asFailure());
    telemetry.measure("ScansFailed", 1, MetricUnit.COUNT);
    return false;
  }

  private void measure(Snapshot snapshot) {
    Coverage coverage = snapshot.coverage();
    telemetry.measure("ScansConcluded", 1, MetricUnit.COUNT);
    telemetry.measure("RegionsComplete", coverage.complete(), MetricUnit.COUNT);
    telemetry.measure("RegionsUnread", coverage.unread().size(), MetricUnit.COUNT);
    Duration took = Duration.between(snapshot.startedAt(), snapshot.finishedAt());
    telemetry.measure("ScanDuration", (double) took.toMillis(), MetricUnit.MILLISECONDS);
    telemetry.about(Telemetry.Key.DURATION_MS, took.toMillis());
    telemetry.info(LogEvent.SCAN_CONCLUDED);
  }
}
