package io.cloudoperator.scan;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import java.util.List;
import java.util.Optional;

/** A store of snapshots, and of the one transaction that ends a run with a result. */
public interface SnapshotStore {
  /**
   * Ends the run with a snapshot and its ledger, in one transaction: the connection is active in
   * the run's generation, and the run has not ended and holds the connection.
   *
   * @throws IllegalArgumentException if one of the two is too large to be stored
   */
  Written conclude(Run run, Snapshot snapshot, Ledger ledger);

  /** At most {@link Snapshot#KEPT} snapshots, newest first. */
  History history(TenantId tenant, ConnectionId connection);

  /**
   * The snapshot of that scan, if it is one of the {@link Snapshot#KEPT} newest; throws if it
   * cannot be read, for that is not the same as none.
   */
  Optional<Snapshot> snapshot(ScanKey key);

  /**
   * The snapshots of a connection that are kept, newest first.
   *
   * @param unreadable how many more are kept and cannot be read
   */
  record History(List<Snapshot> snapshots, int unreadable) {
    public History {
      snapshots = List.copyOf(snapshots);
    }
  }
}
