package io.cloudoperator.runtime.view;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.Tier;
import java.time.Instant;
import java.util.Optional;

/**
 * A connection as its tenant sees it: never its role reference.
 *
 * @param proofHoldsUntil from when on no scan reads before the role is proven anew; while active
 */
public record ConnectionView(
    ConnectionId id,
    String name,
    Tier tier,
    ConnectionStatus status,
    Optional<AccountId> account,
    Instant createdAt,
    Optional<Instant> expiresAt,
    String schedule,
    Optional<Instant> nextScanAt,
    Optional<Instant> suspendedAt,
    Optional<Instant> lapsesAt,
    Optional<Proof> proof,
    Optional<Instant> proofHoldsUntil,
    Optional<Instant> disconnectedAt) {
  public static ConnectionView of(Connection connection) {
    return new ConnectionView(
        connection.id(),
        connection.name(),
        connection.tier(),
        connection.status(),
        connection.account(),
        connection.createdAt(),
        connection.expiresAt(),
        ScheduleName.of(connection.schedule()),
        connection.nextScanAt(),
        connection.suspendedAt(),
        connection.lapsesAt(),
        connection.proof(),
        connection
            .proof()
            .filter(_ -> connection.status() == ConnectionStatus.ACTIVE)
            .map(Proof::holdsUntil),
        connection.disconnectedAt());
  }
}
