package io.cloudoperator.connect;

import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.DeletionStore.Step;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.scan.ScanRetention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Deletes everything of a tenant, in rounds. Each round lists what connections there are, whatever
 * their status: as long as one of them has a role reference, the round deletes references, and
 * otherwise results and records. So all references go before the first result does, connections
 * made meanwhile are met by the next round, and a request that was broken off is gone on with.
 */
final class PurgeTenant {
  /** When no further connection is begun. API Gateway gives up on us after 30 seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int AT_ONCE = 16;
  private static final int PAGE = 100;

  private final ConnectionStore connections;
  private final DeletionStore deletions;
  private final ScanRetention retention;
  private final Receipts receipts;
  private final RetainedData retained;
  private final InstantSource clock;

  PurgeTenant(
      ConnectionStore connections,
      DeletionStore deletions,
      ScanRetention retention,
      Receipts receipts,
      RetainedData retained,
      InstantSource clock) {
    this.connections = connections;
    this.deletions = deletions;
    this.retention = retention;
    this.receipts = receipts;
    this.retained = retained;
    this.clock = clock;
  }

  /**
   * Deletes everything; as long as there is nothing, the answer is that of the last time.
   *
   * @return a receipt only when nothing is left
   * @throws ProblemException 503 if the time does not suffice, and repeating it goes on
   */
  Receipts.Signed purge(TenantId tenant) {
    Instant end = clock.instant().plus(PATIENCE);
    Scope scope = Scope.of(tenant);
    Deletion deletion = receipts.deletion(scope, Optional.empty(), () -> !deletions.anyOf(tenant));
    if (deletion.closed()) {
      return receipts.signed(deletion);
    }
    boolean open = true;
    for (Left left = left(tenant); open && !left.none(); left = left(tenant)) {
      if (!clock.instant().isBefore(end)) {
        throw incomplete(scope, left.size());
      }
      open = round(deletion, left, end);
    }
    deletions.freeClaims(deletion);
    Instant at = clock.instant();
    return receipts.closed(
        deletion, Optional.empty(), false, at, retained.after(scope, Optional.empty(), at));
  }

  /** What there is of a tenant. */
  private record Left(List<Connection> connections, List<ConnectionId> unreadable) {
    boolean none() {
      return size() == 0;
    }

    int size() {
      return connections.size() + unreadable.size();
    }

    List<Connection> withReference() {
      return connections.stream()
          .filter(connection -> connection.status() != ConnectionStatus.DISCONNECTED)
          .toList();
    }

    List<ConnectionId> ids() {
      List<ConnectionId> ids = new ArrayList<>(unreadable);
      connections.forEach(connection -> ids.add(connection.id()));
      return ids;
    }
  }

  /** Those too that expired, and are only waiting for DynamoDB to delete them. */
  private Left left(TenantId tenant) {
    Left all = new Left(new ArrayList<>(), new ArrayList<>());
    Optional<ConnectionId> after = Optional.empty();
    do {
      ConnectionStore.Page page = connections.list(tenant, PAGE, after, Instant.EPOCH);
      all.connections.addAll(page.connections());
      all.unreadable.addAll(page.unreadable());
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  /** Whether the deletion is still open. What others have changed is left to the next round. */
  private boolean round(Deletion deletion, Left left, Instant end) {
    List<Connection> withReference = left.withReference();
    boolean open =
        each(left.unreadable, end, id -> deletions.disconnectUnreadable(deletion, id))
            && each(
                withReference,
                end,
                connection -> deletions.disconnect(deletion, connection, clock.instant()));
    return open && (!withReference.isEmpty() || each(left.ids(), end, id -> delete(deletion, id)));
  }

  private Step delete(Deletion deletion, ConnectionId id) {
    Step purged = retention.purge(deletion, id);
    return purged == Step.DONE
        ? deletions.deleteConnection(deletion, id, clock.instant().plus(Deletion.KEPT_FOR))
        : purged;
  }

  private <T> boolean each(List<T> some, Instant end, Function<T, Step> step) {
    return ParallelMap.settled(
            some, AT_ONCE, each -> clock.instant().isBefore(end) ? step.apply(each) : Step.DONE)
        .stream()
        .map(PurgeTenant::done)
        .noneMatch(Step.CLOSED::equals);
  }

  private static Step done(Future<Step> step) {
    return switch (step.state()) {
      case SUCCESS -> step.resultNow();
      case FAILED ->
          throw new IllegalStateException("a connection could not be purged", step.exceptionNow());
      case CANCELLED, RUNNING ->
          throw new IllegalStateException("interrupted while purging a tenant");
    };
  }

  private ProblemException incomplete(Scope scope, int left) {
    return new ProblemException(
        Problem.of(
                ProblemCode.PURGE_INCOMPLETE,
                "There was more than one request can delete. Repeat it: it goes on where this one"
                    + " stopped, and gives a receipt of all once nothing is left.")
            .with("connectionsLeft", left)
            .with("deleted", deletions.find(scope).map(Receipts::deleted).orElse(List.of())));
  }
}
