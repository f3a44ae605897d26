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
import io.cloudoperator.store.stored.UnreadableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what there is of one connection: its role reference, or its results. Either can be asked
 * for once more, and answers with the same facts. The record goes last, so that a request without a
 * receipt can be repeated; nothing secret is in it by then.
 */
final class ConnectionDeletion {
  private static final Run.Failure STOPPED =
      new Run.Failure("not_active", "The connection was disconnected during the scan.");

  private final ConnectionEditor connections;
  private final RunStore runs;
  private final ScanRetention retention;
  private final Receipts receipts;
  private final RetainedData retained;
  private final InstantSource clock;

  ConnectionDeletion(
      ConnectionEditor connections,
      RunStore runs,
      ScanRetention retention,
      Receipts receipts,
      RetainedData retained,
      InstantSource clock) {
    this.connections = connections;
    this.runs = runs;
    this.retention = retention;
    this.receipts = receipts;
    this.retained = retained;
    this.clock = clock;
  }

  /**
   * Deletes the connection's role reference at once, and stops its scan if one runs. Results stay
   * until they are purged; a connection that was never proven has none and is deleted whole, and so
   * is one whose record cannot be read, with its results: nothing else can be done with it any
   * more.
   */
  Receipts.Signed disconnect(TenantId tenant, ConnectionId id) {
    Connection connection;
    try {
      connection =
          connections.change(
              tenant,
              id,
              current ->
                  current.status() == ConnectionStatus.DISCONNECTED
                      ? current
                      : current.disconnected(clock.instant()));
    } catch (UnreadableException _) {
      return deleteUnreadable(tenant, id);
    }
    boolean neverProven = connection.account().isEmpty();
    // Now that no other one can begin.
    runs.stop(tenant, id, STOPPED);
    DeletionCounter deleted = new DeletionCounter();
    deleted.add(DeletionCounter.What.ROLE_REFERENCES, 1);
    deleted.add(DeletionCounter.What.SCHEDULES, 1);
    Instant at = connection.disconnectedAt().orElseThrow();
    List<Remainder> remaining = new ArrayList<>();
    if (neverProven) {
      deleted.add(DeletionCounter.What.LEDGERS, retention.purge(tenant, id).ledgers());
    } else {
      deleted.add(DeletionCounter.What.ACCOUNT_CLAIMS, 1);
      remaining.add(RetainedData.results(id));
    }
    remaining.add(RetainedData.session(at));
    remaining.add(retained.logs(at));
    return signed(Receipt.Kind.DISCONNECT, connection, at, deleted, remaining, neverProven);
  }

  /**
   * Deletes every result of a connection, and of a disconnected one its record as well. First the
   * connection enters a new generation: from then on no scan in flight can write.
   */
  Receipts.Signed purge(TenantId tenant, ConnectionId id) {
    Connection connection = connections.change(tenant, id, Connection::nextGeneration);
    boolean whole = connection.status() == ConnectionStatus.DISCONNECTED;
    DeletionCounter deleted = new DeletionCounter();
    deleted.add(retention.purge(tenant, id));
    Instant now = clock.instant();
    List<Remainder> remaining = new ArrayList<>();
    if (!whole) {
      remaining.add(RetainedData.connection(id));
    }
    remaining.add(RetainedData.session(now));
    remaining.add(RetainedData.stream(now));
    remaining.add(retained.logs(now));
    return signed(Receipt.Kind.PURGE, connection, now, deleted, remaining, whole);
  }

  /** No scan of it begins, for that reads the record; one in flight loses the run it writes to. */
  private Receipts.Signed deleteUnreadable(TenantId tenant, ConnectionId id) {
    runs.stop(tenant, id, STOPPED);
    DeletionCounter deleted = new DeletionCounter();
    deleted.add(retention.purge(tenant, id));
    deleted.add(DeletionCounter.What.ROLE_REFERENCES, 1);
    deleted.add(DeletionCounter.What.CONNECTIONS, 1);
    Instant now = clock.instant();
    Receipts.Signed signed =
        receipts.of(
            Receipt.Kind.DISCONNECT,
            tenant,
            Optional.of(id),
            Optional.empty(),
            now,
            deleted,
            List.of(RetainedData.session(now), RetainedData.stream(now), retained.logs(now)));
    connections.deleteUnreadable(tenant, id);
    return signed;
  }

  private Receipts.Signed signed(
      Receipt.Kind kind,
      Connection connection,
      Instant at,
      DeletionCounter deleted,
      List<Remainder> remaining,
      boolean whole) {
    if (whole) {
      deleted.add(DeletionCounter.What.CONNECTIONS, 1);
    }
    Receipts.Signed signed =
        receipts.of(
            kind,
            connection.tenant(),
            Optional.of(connection.id()),
            connection.account(),
            at,
            deleted,
            remaining);
    if (whole) {
      connections.deleteDisconnected(connection.tenant(), connection.id());
    }
    return signed;
  }
}
