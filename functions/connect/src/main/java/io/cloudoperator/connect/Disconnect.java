package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Deletes a connection's role reference at once. Results stay until they are purged; a connection
 * that never became active has none and is deleted whole.
 */
final class Disconnect {
  /** How long the credentials of an assumed role live; nothing of ours can end them earlier. */
  private static final Duration LONGEST_SESSION = Duration.ofMinutes(15);

  private final Changes changes;

  Disconnect(Changes changes) {
    this.changes = changes;
  }

  /**
   * What a disconnect deleted, and what is left of the connection.
   *
   * @param deleted in words
   */
  record Disconnected(
      ConnectionId id, Instant disconnectedAt, List<String> deleted, List<Remainder> remains) {}

  /**
   * Something that a disconnect does not delete.
   *
   * @param until when it is gone; empty where that is not a matter of time alone
   * @param how it goes
   */
  record Remainder(String what, Optional<Instant> until, String how) {}

  /** Disconnects; once more changes nothing and answers the same. */
  Disconnected disconnect(TenantId tenant, ConnectionId id, Instant now) {
    if (changes.read(tenant, id).status() == ConnectionStatus.PENDING && forgotten(tenant, id)) {
      return new Disconnected(
          id,
          now,
          List.of("the connection, its External ID and its role ARN"),
          List.of(session(now), logs()));
    }
    Connection connection =
        changes.change(
            tenant,
            id,
            current ->
                current.status() == ConnectionStatus.DISCONNECTED
                    ? current
                    : current.disconnected(now));
    Instant at = connection.disconnectedAt().orElseThrow();
    return new Disconnected(
        id,
        at,
        List.of("the role ARN and the External ID", "the schedule", "the claim on the AWS account"),
        List.of(
            new Remainder(
                "results", Optional.empty(), "kept until DELETE /connections/" + id + "/data"),
            session(at),
            logs()));
  }

  /** Deletes a pending connection; {@code false} if it became active meanwhile. */
  private boolean forgotten(TenantId tenant, ConnectionId id) {
    return changes.deleteWhile(
        tenant, id, connection -> connection.status() == ConnectionStatus.PENDING);
  }

  private static Remainder session(Instant disconnectedAt) {
    return new Remainder(
        "credentials of a scan in flight",
        Optional.of(disconnectedAt.plus(LONGEST_SESSION)),
        "in memory only, and what they still read is not kept; delete the role to end them now");
  }

  private static Remainder logs() {
    return new Remainder(
        "logs",
        Optional.empty(),
        "ids, times and counts, without ARN and External ID, for the operator's log retention");
  }
}
