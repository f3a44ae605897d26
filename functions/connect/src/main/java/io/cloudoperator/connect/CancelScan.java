package io.cloudoperator.connect;

import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.SnapshotStore;
import java.time.InstantSource;

/**
 * Cancels a scan that runs: its run ends at once, another one may begin, and what it has called so
 * far is its ledger. Its shards end at their next look, and its execution concludes nothing; it
 * cannot be stopped itself.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html">not
 *     supported by EXPRESS state machines</a>
 */
final class CancelScan {
  private final ConnectionEditor connections;
  private final RunStore runs;
  private final SnapshotStore snapshots;
  private final InstantSource clock;

  CancelScan(
      ConnectionEditor connections, RunStore runs, SnapshotStore snapshots, InstantSource clock) {
    this.connections = connections;
    this.runs = runs;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** A scan that is cancelled. */
  record Cancelled(ScanId scanId, Run.State status) {}

  /**
   * Cancels it; one that was cancelled already is answered the same.
   *
   * @throws ProblemException 404 if there is no such connection or scan; 409 if the scan has ended
   *     otherwise
   */
  Cancelled cancel(ScanKey key) {
    var _ = connections.read(key.tenant(), key.connection());
    Run run = found(key);
    if (run.stateAt(clock.instant()) == Run.State.RUNNING) {
      // If it is refused, the run has ended in between: how is read next.
      var _ = runs.stop(run, Run.CANCELLED);
      run = found(key);
    }
    if (run.stateAt(clock.instant()) != Run.State.CANCELLED) {
      throw ended();
    }
    return new Cancelled(key.scan(), Run.State.CANCELLED);
  }

  private Run found(ScanKey key) {
    return runs.run(key)
        .orElseThrow(() ->
            snapshots.snapshot(key).isPresent()
                ? ended()
                : new ProblemException(Problem.notFound("scan")));
  }

  private static ProblemException ended() {
    return new ProblemException(
        ProblemCode.SCAN_ENDED, "It has ended already, and is as it was; nothing was cancelled.");
  }
}
