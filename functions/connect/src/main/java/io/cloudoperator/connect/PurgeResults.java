package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.receipt.Receipt;
import io.cloudoperator.receipt.Remainder;
import io.cloudoperator.scan.ScanRetention;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes every result of a connection, and of a disconnected one its record as well. First the
 * connection enters a new generation: from then on no scan in flight can write.
 */
final class PurgeResults {
  private final ConnectionEditor connections;
  private final ScanRetention retention;
  private final Receipts receipts;
  private final Remains remains;
  private final InstantSource clock;

  PurgeResults(
      ConnectionEditor connections,
      ScanRetention retention,
      Receipts receipts,
      Remains remains,
      InstantSource clock) {
    this.connections = connections;
    this.retention = retention;
    this.receipts = receipts;
    this.remains = remains;
    this.clock = clock;
  }

  Receipts.Signed purge(TenantId tenant, ConnectionId id) {
    Connection connection = connections.change(tenant, id, Connection::nextGeneration);
    boolean whole = connection.status() == ConnectionStatus.DISCONNECTED;
    DeletionCounter tally = new DeletionCounter();
    tally.add(retention.purge(tenant, id));
    if (whole) {
      tally.add(DeletionCounter.What.CONNECTIONS, 1);
    }
    Instant at = clock.instant();
    Receipts.Signed signed =
        receipts.of(Receipt.Kind.PURGE, connection, at, tally, remaining(id, at, whole));
    if (whole) {
      // Last, so that a request without a receipt can be repeated; nothing else is left by now.
      connections.deleteDisconnected(tenant, id);
    }
    return signed;
  }

  private List<Remainder> remaining(ConnectionId id, Instant at, boolean whole) {
    List<Remainder> remaining = new ArrayList<>();
    if (!whole) {
      remaining.add(Remains.connection(id));
    }
    remaining.add(Remains.session(at));
    remaining.add(Remains.stream(at));
    remaining.add(remains.logs(at));
    return remaining;
  }
}
