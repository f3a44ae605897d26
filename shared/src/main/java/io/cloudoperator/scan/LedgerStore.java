package io.cloudoperator.scan;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * A store of the ledgers of verifications, and reader of all ledgers; those of scans are written by
 * what ends a run, in the same transaction ({@link SnapshotStore#conclude}, {@link RunStore#fail},
 * {@link RunStore#stop}).
 */
public interface LedgerStore {
  /**
   * Keeps the ledger of a verification, unless the connection is gone or of another generation.
   *
   * @param connection as it is after the verification; what is kept of a pending one goes with it,
   *     unless it becomes active
   */
  Written keep(Connection connection, Ledger ledger);

  /** At most {@link Ledger#KEPT} ledgers of scans and as many of verifications, newest first. */
  Ledgers ledgers(TenantId tenant, ConnectionId connection);

  /**
   * The ledger of one scan: as it was kept, or what is written so far of one that is under way or
   * was cut off. Empty if nothing is known of the scan, or of its calls any more.
   */
  Optional<Ledger> ledger(ScanKey key);

  /**
   * The ledgers of a connection that are kept, newest first.
   *
   * @param unreadable how many more are kept and cannot be read
   */
  record Ledgers(List<Ledger> ledgers, int unreadable) {
    public Ledgers {
      ledgers = List.copyOf(ledgers);
    }
  }
}
