package io.cloudoperator.connect;

import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.receipt.Receipt;
import io.cloudoperator.scan.ScanRetention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Deletes everything of a tenant, in rounds. Each round lists what connections there are, whatever
 * their status, and takes each one step further: one with a role reference loses it, one without
 * loses its results and its record. So all references go before the first result does, connections
 * made meanwhile are met by the next round, and a request that was cut off goes on where it was.
 */
final class PurgeTenant {
  /** When no further connection is begun. API Gateway gives up on us after 30 seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int AT_ONCE = 16;
  private static final int PAGE = 100;

  private final ConnectionStore connections;
  private final ScanRetention retention;
  private final Receipts receipts;
  private final RetainedData retained;
  private final InstantSource clock;

  PurgeTenant(
      ConnectionStore connections,
      ScanRetention retention,
      Receipts receipts,
      RetainedData retained,
      InstantSource clock) {
    this.connections = connections;
    this.retention = retention;
    this.receipts = receipts;
    this.retained = retained;
    this.clock = clock;
  }

  /**
   * Deletes everything; once more finds nothing and says so.
   *
   * @return a receipt only when nothing is left
   * @throws ProblemException 503 if the time does not suffice, and repeating it goes on
   */
  Receipts.Signed purge(TenantId tenant) {
    Instant end = clock.instant().plus(PATIENCE);
    DeletionCounter tally = new DeletionCounter(DeletionCounter.What.values());
    List<Connection> left = all(tenant, tally);
    while (!left.isEmpty()) {
      if (!clock.instant().isBefore(end)) {
        throw incomplete(tally, left.size());
      }
      takeFurther(left, end, tally);
      left = all(tenant, tally);
    }
    tally.add(DeletionCounter.What.ACCOUNT_CLAIMS, connections.freeClaims(tenant));
    Instant at = clock.instant();
    return receipts.of(
        Receipt.Kind.TENANT_PURGE,
        tenant,
        Optional.empty(),
        Optional.empty(),
        at,
        tally,
        List.of(RetainedData.session(at), RetainedData.stream(at), retained.logs(at)));
  }

  /**
   * Those too that expired, and are only waiting for DynamoDB to delete them. One that cannot be
   * read is deleted at once, record first: no scan of it can write any more.
   */
  private List<Connection> all(TenantId tenant, DeletionCounter tally) {
    List<Connection> all = new ArrayList<>();
    Optional<ConnectionId> after = Optional.empty();
    do {
      ConnectionStore.Page page = connections.list(tenant, PAGE, after, Instant.EPOCH);
      all.addAll(page.connections());
      for (ConnectionId unreadable : page.unreadable()) {
        connections.deleteUnreadable(tenant, unreadable);
        tally.add(retention.purge(tenant, unreadable));
        tally.add(DeletionCounter.What.ROLE_REFERENCES, 1);
        tally.add(DeletionCounter.What.CONNECTIONS, 1);
      }
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  private void takeFurther(List<Connection> some, Instant end, DeletionCounter tally) {
    ParallelMap.settled(
            some,
            AT_ONCE,
            connection -> {
              if (clock.instant().isBefore(end)) {
                takeFurther(connection, tally);
              }
              return connection.id();
            })
        .forEach(PurgeTenant::check);
  }

  /** What somebody else changed since it was listed is left to the next round. */
  private void takeFurther(Connection connection, DeletionCounter tally) {
    if (connection.status() == ConnectionStatus.DISCONNECTED) {
      tally.add(retention.purge(connection.tenant(), connection.id()));
      switch (connections.delete(connection)) {
        case DELETED -> tally.add(DeletionCounter.What.CONNECTIONS, 1);
        case CHANGED_MEANWHILE -> {}
      }
    } else if (connections.save(connection, connection.disconnected(clock.instant()))
        == ConnectionStore.Saved.SAVED) {
      tally.add(DeletionCounter.What.ROLE_REFERENCES, 1);
      tally.add(DeletionCounter.What.SCHEDULES, 1);
      tally.add(DeletionCounter.What.ACCOUNT_CLAIMS, connection.account().isPresent() ? 1 : 0);
    }
  }

  private static void check(Future<ConnectionId> step) {
    switch (step.state()) {
      case SUCCESS -> {}
      case FAILED ->
          throw new IllegalStateException("a connection could not be purged", step.exceptionNow());
      case CANCELLED, RUNNING ->
          throw new IllegalStateException("interrupted while purging a tenant");
    }
  }

  private static ProblemException incomplete(DeletionCounter tally, int left) {
    return new ProblemException(
        Problem.of(
                ProblemCode.PURGE_INCOMPLETE,
                "There was more than one request can delete. Repeat it: it goes on where this one"
                    + " stopped, and gives a receipt once nothing is left.")
            .with("connectionsLeft", left)
            .with("deleted", tally.deleted()));
  }
}
