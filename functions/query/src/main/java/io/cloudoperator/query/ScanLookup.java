package io.cloudoperator.query;

import io.cloudoperator.query.ScanView.Head;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts a scan together from what is stored of it. */
final class ScanLookup {
  private final RunStore runs;
  private final SnapshotStore snapshots;

  ScanLookup(RunStore runs, SnapshotStore snapshots) {
    this.runs = runs;
    this.snapshots = snapshots;
  }

  /**
   * A scan at {@code now}; empty if nothing is known of it. The run is read first: a run that
   * concluded wrote its snapshot in the same transaction, so that a scan which ends between the two
   * reads is never taken for one whose snapshot was displaced.
   */
  Optional<ScanView> find(ScanKey key, Instant now) {
    Optional<Run> run = runs.run(key);
    return switch (run.map(known -> known.stateAt(now)).orElse(Run.State.CONCLUDED)) {
      case RUNNING ->
          run.map(known ->
              new ScanView.Running(
                  Head.of(known, Run.State.RUNNING), known.deadline(), progress(key)));
      case TIMED_OUT ->
          run.map(known ->
              new ScanView.TimedOut(
                  Head.of(known, Run.State.TIMED_OUT),
                  known.deadline(),
                  "The scan did not end before its deadline; start another one."));
      case CANCELLED ->
          run.map(known ->
              new ScanView.Cancelled(Head.of(known, Run.State.CANCELLED), Run.CANCELLED.message()));
      case FAILED ->
          run.map(known ->
              new ScanView.Failed(Head.of(known, Run.State.FAILED), known.failure().orElseThrow()));
      case CONCLUDED ->
          snapshots
              .snapshot(key)
              .<ScanView>map(ScanView.Concluded::of)
              .or(() -> run.map(ScanLookup::noLongerKept));
    };
  }

  private static ScanView noLongerKept(Run run) {
    return new ScanView.NoLongerKept(
        Head.of(run, Run.State.CONCLUDED),
        "The scan concluded, but its snapshot is no longer among the %d that are kept."
            .formatted(Snapshot.KEPT));
  }

  private Optional<Progress> progress(ScanKey key) {
    List<ShardProgress> shards = runs.progress(key);
    return shards.isEmpty() ? Optional.empty() : Optional.of(Progress.of(shards));
  }
}
