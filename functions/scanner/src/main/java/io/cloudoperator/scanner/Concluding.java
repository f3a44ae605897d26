package io.cloudoperator.scanner;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.Conclusion;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Ends a scan: with a snapshot of what its shards have written, or without one if it was never
 * planned, if nothing could be read, or if its connection is over. Concluding a scan again changes
 * nothing.
 */
final class Concluding {
  private final ConnectionStore connections;
  private final ScanStore scans;
  private final InstantSource clock;
  private final Telemetry telemetry;

  Concluding(
      ConnectionStore connections, ScanStore scans, InstantSource clock, Telemetry telemetry) {
    this.connections = connections;
    this.scans = scans;
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
    Mentions.of(telemetry, key);
    input.error().ifPresent(error -> telemetry.warn("an earlier step failed for good", error));
    Instant now = clock.instant();
    // All that it may need, at once: what is there beside a run that is over is not looked at.
    Meanwhile<Optional<Connection>> found =
        Meanwhile.read(() -> CurrentRun.found(connections, key, now));
    Meanwhile<List<ShardProgress>> progress = Meanwhile.read(() -> scans.progress(key));
    Meanwhile<Optional<Snapshot>> previous = Meanwhile.read(() -> previous(key));
    CurrentRun.course(scans, key, now)
        .ifPresent(course ->
            end(
                course,
                CurrentRun.active(course.run(), found.value()),
                progress.value(),
                previous,
                now));
    Optional<Run> run = scans.run(key);
    return new Output(
        run.map(ended -> ended.stateAt(now)), run.flatMap(Run::failure).map(Run.Failure::code));
  }

  private void end(
      ScanStore.Course course,
      Optional<Connection> connection,
      List<ShardProgress> progress,
      Meanwhile<Optional<Snapshot>> previous,
      Instant now) {
    Run run = course.run();
    Optional<Plan> plan = course.plan();
    if (connection.isEmpty()) {
      fail(run, ScanFailure.NOT_ACTIVE);
    } else if (plan.isEmpty()) {
      fail(run, ScanFailure.INTERNAL);
    } else if (!connection.get().account().equals(Optional.of(plan.get().account()))) {
      fail(run, ScanFailure.ACCOUNT_MISMATCH);
    } else {
      end(
          run,
          Conclusion.of(run, connection.get().tier(), plan.get(), progress, previous.value(), now),
          Ledger.of(run, plan, progress));
    }
  }

  private void end(Run run, Snapshot snapshot, Ledger ledger) {
    Coverage coverage = snapshot.coverage();
    Optional<ScanFailure> distrust = distrust(snapshot);
    if (distrust.isPresent()) {
      fail(run, distrust.get());
    } else if (coverage.complete() == 0 && !coverage.bucketsRead()) {
      // It would say nothing, and push out one of the five that do.
      fail(run, ScanFailure.NOTHING_READ);
    } else if (scans.conclude(run, snapshot, ledger)) {
      measure(snapshot);
    } else if (CurrentRun.of(scans, run.key(), snapshot.finishedAt()).isPresent()) {
      fail(run, ScanFailure.NOT_ACTIVE);
    }
  }

  /** If one shard was led astray, no other one's result can be trusted either. */
  private static Optional<ScanFailure> distrust(Snapshot snapshot) {
    Set<String> codes =
        snapshot.coverage().unread().stream()
            .map(Coverage.UnreadRegion::code)
            .collect(Collectors.toSet());
    if (codes.contains(SessionOpener.ACCOUNT_MISMATCH)) {
      return Optional.of(ScanFailure.ACCOUNT_MISMATCH);
    }
    return codes.contains(SessionOpener.REFERENCE_TAMPERED)
        ? Optional.of(ScanFailure.REFERENCE_TAMPERED)
        : Optional.empty();
  }

  private Optional<Snapshot> previous(ScanKey key) {
    return scans.history(key.tenant(), key.connection()).stream()
        .filter(snapshot -> snapshot.key().scan().compareTo(key.scan()) < 0)
        .findFirst();
  }

  private void fail(Run run, ScanFailure failure) {
    telemetry.warn("the scan ends without a snapshot", failure.code());
    scans.stop(run, failure.asFailure());
    telemetry.measure("ScansFailed", 1, MetricUnit.COUNT);
  }

  private void measure(Snapshot snapshot) {
    Coverage coverage = snapshot.coverage();
    telemetry.measure("ScansConcluded", 1, MetricUnit.COUNT);
    telemetry.measure("RegionsComplete", coverage.complete(), MetricUnit.COUNT);
    telemetry.measure("RegionsUnread", coverage.unread().size(), MetricUnit.COUNT);
    Duration took = Duration.between(snapshot.startedAt(), snapshot.finishedAt());
    telemetry.measure("ScanDuration", (double) took.toMillis(), MetricUnit.MILLISECONDS);
    telemetry.about(Telemetry.Key.DURATION_MS, took.toMillis());
    telemetry.info("the scan is concluded");
  }
}
