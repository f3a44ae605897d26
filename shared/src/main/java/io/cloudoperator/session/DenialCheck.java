package io.cloudoperator.session;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionUpdates;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Decides why AWS has just denied the role of a connection that was proven before, and revokes the
 * connection where the reason is on the customer's side. The {@link Canary} is assumed once for
 * each denial; a connection that changed since it was read is not revoked.
 */
public final class DenialCheck {
  private final Canary canary;
  private final ConnectionUpdates connections;
  private final InstantSource clock;

  public DenialCheck(Canary canary, ConnectionUpdates connections, InstantSource clock) {
    this.canary = canary;
    this.connections = connections;
    this.clock = clock;
  }

  /** Why a role was denied. */
  public enum Cause {
    /** By the customer: the connection is revoked now. */
    REVOKED,
    /** By our own side: a role of ours was denied as well. */
    BROKER_DENIED,
    /** There is no canary to tell, or the connection changed meanwhile. */
    UNDECIDED
  }

  /**
   * Why the role was denied.
   *
   * @param seen as it was read before the attempt
   * @param sessionName of the attempt
   */
  public Cause cause(Connection seen, String sessionName) {
    Instant at = clock.instant();
    return switch (canary.sideOfDenial(sessionName, seen.tier())) {
      case CUSTOMERS ->
          connections
              .revoked(seen, at)
              .filter(current -> current.status() == ConnectionStatus.REVOKED)
              .map(_ -> Cause.REVOKED)
              .orElse(Cause.UNDECIDED);
      case OURS -> Cause.BROKER_DENIED;
      case UNKNOWN -> Cause.UNDECIDED;
    };
  }
}
