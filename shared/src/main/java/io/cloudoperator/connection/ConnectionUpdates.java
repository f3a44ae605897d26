package io.cloudoperator.connection;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Changes connections by compare-and-set. A change that another one comes before is made again on
 * what that one left, {@value #ATTEMPTS} times in all; each change that is saved is published once.
 * Safe for use by many threads as far as its store is.
 */
public final class ConnectionUpdates {
  private static final int ATTEMPTS = 4;

  private final ConnectionStore connections;
  private final BiConsumer<Connection, Connection> publisher;
  private final InstantSource clock;

  /**
   * @param publisher takes each connection as it was before a change that is saved, and after it
   */
  public ConnectionUpdates(
      ConnectionStore connections,
      BiConsumer<Connection, Connection> publisher,
      InstantSource clock) {
    this.connections = connections;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** The result of a change. */
  public sealed interface Updated {
    /**
     * Saved, or there was nothing to change.
     *
     * @param connection as it was written; not a copy to change further
     */
    record Saved(Connection connection) implements Updated {}

    /** This tenant has no such connection. */
    record Missing() implements Updated {}

    /**
     * Another connection of this tenant holds the AWS account.
     *
     * @param refused as it would have been written
     */
    record AccountTaken(Connection refused) implements Updated {}

    /** Other changes came first at every attempt. */
    record Contended() implements Updated {}
  }

  /**
   * Reads a connection and changes it. One that has lapsed is disconnected by any change, even one
   * that leaves it as it is. What {@code change} throws is thrown.
   */
  public Updated change(TenantId tenant, ConnectionId id, UnaryOperator<Connection> change) {
    return stored(tenant, id).map(found -> change(found, change)).orElseGet(Updated.Missing::new);
  }

  private Updated change(Connection seen, UnaryOperator<Connection> change) {
    Connection before = seen;
    for (int attempt = 1; ; attempt++) {
      Connection after = change.apply(before.asOf(clock.instant()));
      if (after.equals(before)) {
        return new Updated.Saved(before);
      }
      switch (connections.save(before, after)) {
        case SAVED -> {
          publisher.accept(before, after);
          return new Updated.Saved(after);
        }
        case ACCOUNT_TAKEN -> {
          return new Updated.AccountTaken(after);
        }
        case CHANGED_MEANWHILE -> {
          if (attempt == ATTEMPTS) {
            return new Updated.Contended();
          }
        }
      }
      Optional<Connection> reread = stored(seen.tenant(), seen.id());
      if (reread.isEmpty()) {
        return new Updated.Missing();
      }
      before = reread.get();
    }
  }

  private Optional<Connection> stored(TenantId tenant, ConnectionId id) {
    return connections.stored(tenant, id).filter(found -> !found.expired(clock.instant()));
  }

  /**
   * Writes down that the role of the connection that was seen is proven; a newer proof stands.
   *
   * @return the connection as it is now; empty if it does not have that role any more, or if others
   *     changed it at every attempt
   */
  public Optional<Connection> proven(Connection seen, Proof proof) {
    return changeRole(
        seen, proof.at(), current -> current.proven(seen.account().orElseThrow(), proof));
  }

  /**
   * Revokes the connection, unless its role was proven since it was seen.
   *
   * @return as {@link #proven}
   */
  public Optional<Connection> revoked(Connection seen, Instant at) {
    return changeRole(
        seen, at, current -> current.proof().equals(seen.proof()) ? current.revoked(at) : current);
  }

  /**
   * Quarantines the connection, for its role can be assumed by anyone; a newer proof stands.
   *
   * @return as {@link #proven}
   */
  public Optional<Connection> quarantined(Connection seen, Proof proof) {
    return changeRole(seen, proof.at(), current -> current.quarantined(proof));
  }

  private Optional<Connection> changeRole(
      Connection seen, Instant at, UnaryOperator<Connection> change) {
    Predicate<Connection> sameRole = current -> current.reference().equals(seen.reference());
    Predicate<Connection> provenLater =
        current -> current.proof().filter(proof -> proof.at().isAfter(at)).isPresent();
    return switch (change(
        seen,
        current ->
            sameRole.test(current) && !provenLater.test(current)
                ? change.apply(current)
                : current)) {
      case Updated.Saved(var connection) -> Optional.of(connection).filter(sameRole);
      case Updated.Missing _, Updated.AccountTaken _, Updated.Contended _ -> Optional.empty();
    };
  }
}
