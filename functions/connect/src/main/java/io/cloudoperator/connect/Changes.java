package io.cloudoperator.connect;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.runtime.Announcements;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Reads and changes connections while others may be changing them too. */
final class Changes {
  private static final int ATTEMPTS = 4;
  private static final int PAGE = 100;

  private final ConnectionStore connections;
  private final Announcements announcements;
  private final InstantSource clock;

  Changes(ConnectionStore connections, Announcements announcements, InstantSource clock) {
    this.connections = connections;
    this.announcements = announcements;
    this.clock = clock;
  }

  /**
   * The connection.
   *
   * @throws ProblemException 404 if this tenant has none of that id
   */
  Connection read(TenantId tenant, ConnectionId id) {
    return connections
        .find(tenant, id, clock.instant())
        .orElseThrow(() -> new ProblemException(Problem.notFound("connection")));
  }

  /**
   * Changes the connection as it stands; again, if another change comes first. What it means to the
   * operator is announced.
   *
   * @param change may end the request with a problem, and is then not made
   * @return the connection as it was changed; not a copy to change further
   */
  Connection change(TenantId tenant, ConnectionId id, UnaryOperator<Connection> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Connection before = read(tenant, id);
      Connection after = change.apply(before);
      if (after.equals(before)) {
        return before;
      }
      switch (connections.save(before, after)) {
        case SAVED -> {
          announcements.changed(before, after);
          return after;
        }
        case ACCOUNT_TAKEN -> throw accountTaken(after);
        case CHANGED_MEANWHILE -> {}
      }
    }
    throw changedMeanwhile();
  }

  /**
   * Deletes the connection's record for as long as it is like this.
   *
   * @return whether it is gone, by us or by somebody else; {@code false} if it is not like this any
   *     more
   */
  boolean deleteWhile(TenantId tenant, ConnectionId id, Predicate<Connection> like) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Connection> found = connections.find(tenant, id, clock.instant());
      if (found.isEmpty()) {
        return true;
      }
      if (!like.test(found.get())) {
        return false;
      }
      if (connections.delete(found.get())) {
        return true;
      }
    }
    throw changedMeanwhile();
  }

  /** 409: somebody else changed it, and what was asked for may not fit any more. */
  static ProblemException changedMeanwhile() {
    return new ProblemException(
        Problem.of(
                409,
                "changed_meanwhile",
                "Changed meanwhile",
                "The connection was changed by another request at the same time. Try again.")
            .with("retryable", true));
  }

  /** 409: nothing can be done with it any more but to purge its results. */
  static void refuseDisconnected(Connection connection) {
    if (connection.status() == ConnectionStatus.DISCONNECTED) {
      throw new ProblemException(
          Problem.of(
              409,
              "connection_disconnected",
              "The connection is disconnected",
              "Its role reference is deleted for good. Create another connection."));
    }
  }

  private ProblemException accountTaken(Connection loser) {
    Problem problem =
        Problem.of(
            409,
            "account_already_connected",
            "The AWS account is connected already",
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
      ConnectionStore.Page page = connections.list(tenant, PAGE, after, clock.instant());
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
