package io.cloudoperator.scanner;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.runtime.Announcements;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps what a scan has found out about a connection's role. Others may be changing the connection
 * at the same time: theirs is never overwritten, and a newer proof than what was seen here stands.
 */
final class Standing {
  private static final int ATTEMPTS = 4;

  private final ConnectionStore connections;
  private final Announcements announcements;

  Standing(ConnectionStore connections, Announcements announcements) {
    this.connections = connections;
    this.announcements = announcements;
  }

  /**
   * The role was proven.
   *
   * @return the connection as it is now; empty if it has not the role any more that was seen
   */
  Optional<Connection> proven(Connection seen, Proof proof) {
    return change(seen, proof.at(), current -> current.proven(seen.account().orElseThrow(), proof));
  }

  /** The role is denied; returns as {@link #proven}. */
  Optional<Connection> revoked(Connection seen, Instant at) {
    return change(seen, at, current -> current.revoked(at));
  }

  /** The role can be assumed by anyone; returns as {@link #proven}. */
  Optional<Connection> quarantined(Connection seen, Proof proof) {
    return change(seen, proof.at(), current -> current.quarantined(proof));
  }

  private Optional<Connection> change(
      Connection seen, Instant at, UnaryOperator<Connection> change) {
    Connection current = seen;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (current.proof().filter(proof -> proof.at().isAfter(at)).isPresent()) {
        return Optional.of(current);
      }
      Connection after = change.apply(current);
      if (after.equals(current)) {
        return Optional.of(current);
      }
      if (connections.save(current, after) == ConnectionStore.Saved.SAVED) {
        announcements.changed(current, after);
        return Optional.of(after);
      }
      Optional<Connection> reread =
          connections
              .find(seen.tenant(), seen.id(), at)
              .filter(connection -> connection.reference().equals(seen.reference()));
      if (reread.isEmpty()) {
        return reread;
      }
      current = reread.get();
    }
    return Optional.empty();
  }
}
