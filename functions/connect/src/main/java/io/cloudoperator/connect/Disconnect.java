package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.receipt.Receipt;
import io.cloudoperator.receipt.Remainder;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanRetention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes a connection's role reference at once, and stops its scan if one runs. Results stay until
 * they are purged; a connection that was never proven has none and is deleted whole.
 */
final class Disconnect {
  private static final Run.Failure STOPPED =
      new Run.Failure("not_active", "The connection was disconnected during the scan.");

  private final ConnectionEditor connections;
  private final RunStore runs;
  private final ScanRetention retention;
  private final Receipts receipts;
  private final Remains remains;

  Disconnect(
      ConnectionEditor connections,
      RunStore runs,
      ScanRetention retention,
      Receipts receipts,
      Remains remains) {
    this.connections = connections;
    this.runs = runs;
    this.retention = retention;
    this.receipts = receipts;
    this.remains = remains;
  }

  /** Disconnects; once more connections nothing and answers with the same facts. */
  Receipts.Signed disconnect(TenantId tenant, ConnectionId id, Instant now) {
    Connection connection =
        connections.change(
            tenant,
            id,
            current ->
                current.status() == ConnectionStatus.DISCONNECTED
                    ? current
                    : current.disconnected(now));
    boolean neverProven = connection.account().isEmpty();
    // Now that no other one can begin.
    runs.stop(tenant, id, STOPPED);
    DeletionCounter tally = new DeletionCounter();
    tally.add(DeletionCounter.What.ROLE_REFERENCES, 1);
    tally.add(DeletionCounter.What.SCHEDULES, 1);
    if (neverProven) {
      tally.add(DeletionCounter.What.LEDGERS, retention.purge(tenant, id).ledgers());
      tally.add(DeletionCounter.What.CONNECTIONS, 1);
    } else {
      tally.add(DeletionCounter.What.ACCOUNT_CLAIMS, 1);
    }
    Instant at = connection.disconnectedAt().orElseThrow();
    Receipts.Signed signed =
        receipts.of(Receipt.Kind.DISCONNECT, connection, at, tally, remaining(id, at, neverProven));
    if (neverProven) {
      // Last, so that a request without a receipt can be repeated; nothing secret is in it by now.
      connections.deleteDisconnected(tenant, id);
    }
    return signed;
  }

  private List<Remainder> remaining(ConnectionId id, Instant at, boolean neverProven) {
    List<Remainder> remaining = new ArrayList<>();
    if (!neverProven) {
      remaining.add(Remains.results(id));
    }
    remaining.add(Remains.session(at));
    remaining.add(remains.logs(at));
    return remaining;
  }
}
