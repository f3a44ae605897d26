package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.query.report.SnapshotView;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import java.time.Instant;
import java.util.Optional;

/** A scan as the API shows it: where it is, then what it found. */
sealed interface ScanView {
  /** What is said of every scan. */
  record Head(
      ScanId scanId,
      ConnectionId connectionId,
      Run.State status,
      Run.Trigger trigger,
      Instant startedAt) {
    static Head of(Run run, Run.State status) {
      return of(run.key(), status, run.trigger(), run.startedAt());
    }

    private static Head of(ScanKey key, Run.State status, Run.Trigger trigger, Instant startedAt) {
      return new Head(key.scan(), key.connection(), status, trigger, startedAt);
    }
  }

  /**
   * Under way.
   *
   * @param progress absent until the scan is planned
   */
  record Running(@JsonUnwrapped Head head, Instant deadline, Optional<Progress> progress)
      implements ScanView {}

  /**
   * Ended with a snapshot.
   *
   * @param result what reports are made of
   */
  record Concluded(
      @JsonUnwrapped Head head,
      Instant finishedAt,
      SnapshotView snapshot,
      @JsonIgnore Snapshot result)
      implements ScanView {
    static Concluded of(Snapshot snapshot) {
      return new Concluded(
          Head.of(snapshot.key(), Run.State.CONCLUDED, snapshot.trigger(), snapshot.startedAt()),
          snapshot.finishedAt(),
          SnapshotView.whole(snapshot),
          snapshot);
    }
  }

  /** Ended with a snapshot that newer ones have displaced. */
  record NoLongerKept(@JsonUnwrapped Head head, String detail) implements ScanView {}

  /** Ended without a snapshot. */
  record Failed(@JsonUnwrapped Head head, Run.Failure failure) implements ScanView {}

  /** Ended by a request, without a snapshot. */
  record Cancelled(@JsonUnwrapped Head head, String detail) implements ScanView {}

  /** Did not end before its deadline, and counts as ended. */
  record TimedOut(@JsonUnwrapped Head head, Instant deadline, String detail) implements ScanView {}

  /**
   * What reports are made of.
   *
   * @throws ProblemException 409 if the scan has no result, or none yet; 410 if its result is not
   *     kept any more
   */
  default Snapshot resultOrRefuse() {
    return switch (this) {
      case Concluded concluded -> concluded.result();
      case Running _ ->
          throw new ProblemException(
              ProblemCode.SCAN_RUNNING, "There is no report before the scan has ended.");
      case Failed failed ->
          throw new ProblemException(
              ProblemCode.SCAN_WITHOUT_RESULT, "The scan failed: " + failed.failure().message());
      case Cancelled cancelled ->
          throw new ProblemException(ProblemCode.SCAN_WITHOUT_RESULT, cancelled.detail());
      case TimedOut timedOut ->
          throw new ProblemException(ProblemCode.SCAN_WITHOUT_RESULT, timedOut.detail());
      case NoLongerKept displaced ->
          throw new ProblemException(ProblemCode.SNAPSHOT_GONE, displaced.detail());
    };
  }
}
