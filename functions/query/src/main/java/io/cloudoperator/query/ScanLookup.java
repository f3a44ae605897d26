package io.cloudoperator.query;

import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ShardProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts a scan together from what is stored of it. */
final class ScanLookup {
  private final ScanStore store;

  ScanLookup(ScanStore store) {
    this.store = store;
  }

  /**
   * A scan at {@code now}; empty if nothing is known of it. The run is read first: a run that
   * concluded wrote its snapshot in the same transaction, so that a scan which ends between the two
   * reads is never taken for one whose snapshot was displaced.
   */
  Optional<ScanView> find(ScanKey key, Instant now) {
    Optional<Run> run = store.run(key);
    return switch (run.map(known -> known.stateAt(now)).orElse(Run.State.CONCLUDED)) {
      case RUNNING -> run.map(this::running);
      case TIMED_OUT -> run.map(ScanView.TimedOut::of);
      case FAILED -> run.map(ScanView.Failed::of);
      case CONCLUDED ->
          store
              .snapshot(key)
              .<ScanView>map(ScanView.Concluded::of)
              .or(() -> run.map(ScanView.NoLongerKept::of));
    };
  }

  private ScanView running(Run run) {
    List<ShardProgress> shards = store.progress(run.key());
    return ScanView.Running.of(
        run, shards.isEmpty() ? Optional.empty() : Optional.of(Progress.of(shards)));
  }
}
