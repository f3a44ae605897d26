package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Snapshot;
import java.time.Instant;
import java.util.Optional;

/** A scan as the API shows it: where it is, then what it found. */
@JsonPropertyOrder({"scanId", "connectionId", "status"})
sealed interface ScanView {
  ScanId scanId();

  ConnectionId connectionId();

  /** The one word that tells the forms apart. */
  @JsonProperty
  default Run.State status() {
    return switch (this) {
      case Running _ -> Run.State.RUNNING;
      case Concluded _, NoLongerKept _ -> Run.State.CONCLUDED;
      case Failed _ -> Run.State.FAILED;
      case TimedOut _ -> Run.State.TIMED_OUT;
    };
  }

  /**
   * Under way.
   *
   * @param progress absent until the scan is planned
   */
  record Running(
      ScanId scanId,
      ConnectionId connectionId,
      Run.Trigger trigger,
      Instant startedAt,
      Instant deadline,
      Optional<Progress> progress)
      implements ScanView {
    static Running of(Run run, Optional<Progress> progress) {
      return new Running(
          run.key().scan(),
          run.key().connection(),
          run.trigger(),
          run.startedAt(),
          run.deadline(),
          progress);
    }
  }

  /**
   * Ended with a snapshot.
   *
   * @param result what reports are made of
   */
  record Concluded(
      @JsonIgnore Snapshot result,
      ScanId scanId,
      ConnectionId connectionId,
      Run.Trigger trigger,
      Instant startedAt,
      Instant finishedAt,
      SnapshotView snapshot)
      implements ScanView {
    static Concluded of(Snapshot snapshot) {
      return new Concluded(
          snapshot,
          snapshot.key().scan(),
          snapshot.key().connection(),
          snapshot.trigger(),
          snapshot.startedAt(),
          snapshot.finishedAt(),
          SnapshotView.whole(snapshot));
    }
  }

  /** Ended with a snapshot that newer ones have displaced. */
  record NoLongerKept(
      ScanId scanId,
      ConnectionId connectionId,
      Run.Trigger trigger,
      Instant startedAt,
      String detail)
      implements ScanView {
    static NoLongerKept of(Run run) {
      return new NoLongerKept(
          run.key().scan(),
          run.key().connection(),
          run.trigger(),
          run.startedAt(),
          "The scan concluded, but its snapshot is no longer among the five that are kept.");
    }
  }

  /** Ended without a snapshot. */
  record Failed(
      ScanId scanId,
      ConnectionId connectionId,
      Run.Trigger trigger,
      Instant startedAt,
      Run.Failure failure)
      implements ScanView {
    static Failed of(Run run) {
      return new Failed(
          run.key().scan(),
          run.key().connection(),
          run.trigger(),
          run.startedAt(),
          run.failure().orElseThrow());
    }
  }

  /** Did not end before its deadline, and counts as ended. */
  record TimedOut(
      ScanId scanId,
      ConnectionId connectionId,
      Run.Trigger trigger,
      Instant startedAt,
      Instant deadline,
      String detail)
      implements ScanView {
    static TimedOut of(Run run) {
      return new TimedOut(
          run.key().scan(),
          run.key().connection(),
          run.trigger(),
          run.startedAt(),
          run.deadline(),
          "The scan did not end before its deadline; start another one.");
    }
  }
}
