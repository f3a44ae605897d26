package io.cloudoperator.connect;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.ConnectionUpdates.Updated;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads and changes a tenant's connections for an HTTP request: what {@link ConnectionUpdates}
 * cannot do is answered with a problem.
 */
final class ConnectionEditor {
  private static final int PAGE = 100;

  private final ConnectionStore connections;
  private final ConnectionUpdates updates;
  private final InstantSource clock;

  ConnectionEditor(ConnectionStore connections, ConnectionUpdates updates, InstantSource clock) {
    this.connections = connections;
    this.updates = updates;
    this.clock = clock;
  }

  /**
   * The connection.
   *
   * @throws ProblemException 404 if this tenant has none of that id
   */
  Connection read(TenantId tenant, ConnectionId id) {
    return connections.find(tenant, id, clock.instant()).orElseThrow(ConnectionEditor::notFound);
  }

  /** The connection as it was written, if any: one that has lapsed has its reference still. */
  Optional<Connection> stored(TenantId tenant, ConnectionId id) {
    return connections.stored(tenant, id).filter(found -> !found.expired(clock.instant()));
  }

  /**
   * Changes the connection as it is, and again if another change comes first.
   *
   * @param change may throw a problem, and is then not made
   * @return the connection as it was changed; not a copy to change further
   * @throws ProblemException 404 if there is none; 409 if its account is taken, or if others
   *     changed it at every attempt
   */
  Connection change(TenantId tenant, ConnectionId id, UnaryOperator<Connection> change) {
    return changeIfThere(tenant, id, change).orElseThrow(ConnectionEditor::notFound);
  }

  /** As {@link #change}; empty if this tenant has none of that id. */
  Optional<Connection> changeIfThere(
      TenantId tenant, ConnectionId id, UnaryOperator<Connection> change) {
    return switch (updates.change(tenant, id, change)) {
      case Updated.Saved(var connection) -> Optional.of(connection);
      case Updated.Missing _ -> Optional.empty();
      case Updated.AccountTaken(var refused) -> throw accountTaken(refused);
      case Updated.Contended _ -> throw changedMeanwhile();
    };
  }

  static ProblemException notFound() {
    return new ProblemException(Problem.notFound("connection"));
  }

  /** 409: somebody else changed it, and what was asked for may not fit any more. */
  static ProblemException changedMeanwhile() {
    return new ProblemException(
        ProblemCode.CHANGED_MEANWHILE,
        "The connection was changed by another request at the same time. Try again.");
  }

  /** 409: nothing can be done with it any more but to purge its results. */
  static void refuseDisconnected(Connection connection) {
    if (connection.status() == ConnectionStatus.DISCONNECTED) {
      throw new ProblemException(
          ProblemCode.CONNECTION_DISCONNECTED,
          "Its role reference is deleted for good. Create another connection.");
    }
  }

  private ProblemException accountTaken(Connection loser) {
    Problem problem =
        Problem.of(
            ProblemCode.ACCOUNT_ALREADY_CONNECTED,
            "Another connection of yours holds this AWS account. Use that one, or disconnect it.");
    return new ProblemException(
        loser
            .account()
            .flatMap(account -> holder(loser.tenant(), account))
            .map(holder -> problem.with("connection", holder))
            .orElse(problem));
  }

  private Optional<ConnectionId> holder(TenantId tenant, AccountId account) {
    Optional<ConnectionId> after = Optional.empty();
    do {
      // As they are written: one that has lapsed holds its account until that is written down.
      ConnectionStore.Page page = connections.list(tenant, PAGE, after, Instant.EPOCH);
      for (Connection candidate : page.connections()) {
        if (candidate.status().connected()
            && candidate.account().filter(account::equals).isPresent()) {
          return Optional.of(candidate.id());
        }
      }
      after = page.next();
    } while (after.isPresent());
    return Optional.empty();
  }
}
