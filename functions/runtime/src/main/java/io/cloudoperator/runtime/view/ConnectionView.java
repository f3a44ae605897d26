package io.cloudoperator.runtime.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.RoleVerification;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A connection as its tenant sees it: never its role reference.
 *
 * @param proofHoldsUntil from when on no scan reads before the role is proven anew; while active
 * @param verification of the last proof that was asked for, if the role is not proven by it
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
    Optional<Instant> disconnectedAt,
    Optional<Verification> verification) {
  // A role that is new is denied for seconds, sometimes for a minute.
  private static final String RETRY_AFTER_SECONDS = "3";

  /**
   * That its role is not proven.
   *
   * @param until when it is tried no more at the latest; while it is tried
   * @param problem why, as {@code application/problem+json} has it: of the last attempt, or for
   *     good
   */
  public record Verification(
      RoleVerification.Status status, Optional<Instant> until, JsonNode problem) {
    private static Optional<Verification> of(RoleVerification verification) {
      return verification
          .status()
          .map(status ->
              new Verification(
                  status,
                  verification.until(),
                  Json.read(verification.problem().orElseThrow(), JsonNode.class)));
    }
  }

  /** When to ask for a connection again, as a header; none if nothing is about to change. */
  public static Map<String, String> retryAfter(Connection connection) {
    return connection.verifying() ? Map.of("retry-after", RETRY_AFTER_SECONDS) : Map.of();
  }

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
        connection.disconnectedAt(),
        connection.verification().flatMap(Verification::of));
  }
}
