package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.Kind;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.DeletionStore.Step;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.store.stored.UnreadableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Deletes what there is of one connection: its role reference, or its results. First what is
 * secret, then results, then its record in the write that keeps the receipt; the signature comes
 * last. A request that was broken off between any two of these is gone on with when it is repeated,
 * and one that was answered is answered the same.
 */
final class ConnectionDeletion {
  private static final int ATTEMPTS = 4;
  private static final Run.Failure STOPPED =
      new Run.Failure("not_active", "The connection was disconnected during the scan.");

  private final ConnectionEditor connections;
  private final DeletionStore deletions;
  private final RunStore runs;
  private final ScanRetention retention;
  private final Receipts receipts;
  private final RetainedData retained;
  private final InstantSource clock;

  ConnectionDeletion(
      ConnectionEditor connections,
      DeletionStore deletions,
      RunStore runs,
      ScanRetention retention,
      Receipts receipts,
      RetainedData retained,
      InstantSource clock) {
    this.connections = connections;
    this.deletions = deletions;
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
   *
   * @throws ProblemException 404 if this tenant has none of that id, and no receipt of it
   */
  Receipts.Signed disconnect(TenantId tenant, ConnectionId id) {
    Scope scope = Scope.of(Kind.DISCONNECT, tenant, id);
    Optional<Connection> found;
    try {
      found = connections.stored(tenant, id);
    } catch (UnreadableException _) {
      return disconnectUnreadable(scope, id);
    }
    requireAny(found, scope);
    Deletion deletion = receipts.deletion(scope, found.flatMap(Connection::account), () -> true);
    if (deletion.closed()) {
      return receipts.signed(deletion);
    }
    Optional<Connection> left = withoutReference(deletion, found);
    // Now that no other one can begin.
    runs.stop(tenant, id, STOPPED);
    if (left.filter(connection -> connection.account().isEmpty()).isPresent()) {
      return deletedWhole(deletion, id);
    }
    Instant at = clock.instant();
    return receipts.closed(
        deletion, Optional.empty(), left.isPresent(), at, retained.after(scope, left, at));
  }

  /** The connection as it is without its reference; empty if it has gone altogether. */
  private Optional<Connection> withoutReference(Deletion deletion, Optional<Connection> found) {
    Optional<Connection> current = found;
    for (int attempt = 0; current.filter(left -> !disconnected(left)).isPresent(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw ConnectionEditor.changedMeanwhile();
      }
      Connection before = current.get();
      deletions.disconnect(deletion, before, clock.instant());
      // Whoever has changed it: what it is now decides.
      current = connections.stored(before.tenant(), before.id());
    }
    return current;
  }

  /** No scan of it begins, for that reads the record; one in flight loses the run it writes to. */
  private Receipts.Signed disconnectUnreadable(Scope scope, ConnectionId id) {
    Deletion deletion = receipts.deletion(scope, Optional.empty(), () -> false);
    int attempt = 0;
    while (deletions.disconnectUnreadable(deletion, id) == Step.CHANGED_MEANWHILE) {
      if (++attempt == ATTEMPTS) {
        throw ConnectionEditor.changedMeanwhile();
      }
    }
    runs.stop(scope.tenant(), id, STOPPED);
    return deletedWhole(deletion, id);
  }

  /**
   * Deletes every result of a connection, and of a disconnected one its record as well. First the
   * connection enters a new generation: from then on no scan in flight can write. As long as there
   * is nothing to delete, the answer is that of the last time.
   *
   * @throws ProblemException 404 if this tenant has none of that id, and no receipt of it
   */
  Receipts.Signed purge(TenantId tenant, ConnectionId id) {
    Scope scope = Scope.of(Kind.PURGE, tenant, id);
    Optional<Connection> found = connections.stored(tenant, id);
    requireAny(found, scope);
    boolean lapsed =
        found
            .filter(connection -> !connection.asOf(clock.instant()).equals(connection))
            .isPresent();
    boolean nothing =
        found
            .filter(connection -> lapsed || disconnected(connection) || retention.anyOf(tenant, id))
            .isEmpty();
    Deletion deletion = receipts.deletion(scope, found.flatMap(Connection::account), () -> nothing);
    if (deletion.closed()) {
      return receipts.signed(deletion);
    }
    if (lapsed) {
      // Its time is over; whoever writes that down first deletes the reference, and counts it.
      withoutReference(deletion, found);
    }
    Optional<Connection> current =
        connections.changeIfThere(tenant, id, Connection::nextGeneration);
    if (current.filter(ConnectionDeletion::disconnected).isPresent()) {
      return deletedWhole(deletion, id);
    }
    retention.purge(deletion, id);
    Instant at = clock.instant();
    Optional<Connection> left = connections.stored(tenant, id);
    return receipts.closed(deletion, Optional.empty(), false, at, retained.after(scope, left, at));
  }

  private Receipts.Signed deletedWhole(Deletion deletion, ConnectionId id) {
    retention.purge(deletion, id);
    Instant at = clock.instant();
    return receipts.closed(
        deletion,
        Optional.of(id),
        false,
        at,
        retained.after(deletion.scope(), Optional.empty(), at));
  }

  private void requireAny(Optional<Connection> found, Scope scope) {
    if (found.isEmpty() && deletions.find(scope).isEmpty()) {
      throw ConnectionEditor.notFound();
    }
  }

  private static boolean disconnected(Connection connection) {
    return connection.status() == ConnectionStatus.DISCONNECTED;
  }
}
