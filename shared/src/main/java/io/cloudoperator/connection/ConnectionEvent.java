package io.cloudoperator.connection;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of a connection that its operator is told of at once. It names no role and no External
 * ID.
 *
 * @param account the AWS account; empty where none was proven yet
 */
public record ConnectionEvent(
    Kind kind, TenantId tenant, ConnectionId connection, Optional<AccountId> account, Instant at) {

  /** The kind of a change, with its names in logs, events and metrics. */
  public enum Kind {
    REVOKED(
        "role.revoked",
        "Connection Revoked",
        "ConnectionsRevoked",
        "The role can no longer be assumed: it was deleted, or its trust changed. The connection is"
            + " revoked; earlier results stay readable."),
    RESTORED(
        "role.restored",
        "Connection Restored",
        "ConnectionsRestored",
        "The role has been proven again. The connection is active, and its schedule resumes."),
    QUARANTINED(
        "role.quarantined",
        "Connection Quarantined",
        "ConnectionsQuarantined",
        "The role can be assumed without its External ID, or with another one. The connection is"
            + " quarantined; nothing is read with it until it has been proven again."),
    UNPROVEN(
        "role.unproven",
        "Connection Unproven",
        "ConnectionsUnproven",
        "AWS gave no clear answer when it was tried again whether the role needs its External ID,"
            + " and the last proof is "
            + Proof.HOLDS_FOR.toHours()
            + " hours old or older, or there is none that counts. Nothing was read; each scan and"
            + " each verification tries again."),
    LAPSED(
        "reference.lapsed",
        "Connection Lapsed",
        "ConnectionsLapsed",
        "The connection was revoked or quarantined for 30 days, and its role was not proven again."
            + " Its role reference is deleted, and it is disconnected; earlier results stay"
            + " readable. To connect the account again takes a new connection."),
    TAMPERED(
        "reference.tampered",
        "Connection Tampered",
        "ReferencesTampered",
        "The stored role reference does not belong to this connection, or was changed. It was not"
            + " used.");

    private final String code;
    private final String detailType;
    private final String metric;
    private final String sentence;

    Kind(String code, String detailType, String metric, String sentence) {
      this.code = code;
      this.detailType = detailType;
      this.metric = metric;
      this.sentence = sentence;
    }

    /** The event code of its log line; stable. */
    public String code() {
      return code;
    }

    /** The detail-type of its event; stable. */
    public String detailType() {
      return detailType;
    }

    /** The metric that counts it. */
    public String metric() {
      return metric;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }
  }

  /** What the change from one state of a connection to the next means to its operator. */
  public static Optional<ConnectionEvent> of(Connection before, Connection after, Instant at) {
    if (before.status() == after.status()) {
      return Optional.empty();
    }
    return switch (after.status()) {
      case REVOKED -> Optional.of(event(Kind.REVOKED, after, at));
      case QUARANTINED -> Optional.of(event(Kind.QUARANTINED, after, at));
      case ACTIVE ->
          before.status().suspended()
              ? Optional.of(event(Kind.RESTORED, after, at))
              : Optional.empty();
      case DISCONNECTED -> after.suspendedAt().map(_ -> event(Kind.LAPSED, after, at));
      case PENDING -> Optional.empty();
    };
  }

  /** What happened to a connection that is the same after it. */
  public static ConnectionEvent event(Kind kind, Connection connection, Instant at) {
    return new ConnectionEvent(
        kind, connection.tenant(), connection.id(), connection.account(), at);
  }
}
