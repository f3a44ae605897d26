package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.ScanStore;

/**
 * Deletes every result of a connection, and of a disconnected one its record as well. First the
 * connection enters a new generation: from then on no scan in flight can write.
 */
final class PurgeResults {
  private final Changes changes;
  private final ScanStore scans;

  PurgeResults(Changes changes, ScanStore scans) {
    this.changes = changes;
    this.scans = scans;
  }

  /**
   * What a purge deleted.
   *
   * @param connectionDeleted whether nothing at all is left of the connection
   */
  record Purged(ConnectionId id, int snapshots, int runs, boolean connectionDeleted) {}

  Purged purge(TenantId tenant, ConnectionId id) {
    Connection connection = changes.change(tenant, id, Connection::nextGeneration);
    ScanStore.Purged purged = scans.purge(tenant, id);
    boolean deleted =
        connection.status() == ConnectionStatus.DISCONNECTED
            && changes.deleteWhile(
                tenant, id, current -> current.status() == ConnectionStatus.DISCONNECTED);
    return new Purged(id, purged.snapshots(), purged.runs(), deleted);
  }
}
