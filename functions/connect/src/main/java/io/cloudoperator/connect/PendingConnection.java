package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Tier;
import java.time.Instant;
import java.util.Optional;

/**
 * A connection that waits for its role, and what its owner needs to grant it: the only document
 * that shows an External ID.
 *
 * @param next what to do now
 */
record PendingConnection(
    ConnectionId id,
    String name,
    Tier tier,
    ConnectionStatus status,
    Instant createdAt,
    Optional<Instant> expiresAt,
    String externalId,
    Grant role,
    String next) {

  static PendingConnection of(Connection connection, ExternalId externalId, BrokerIdentity broker) {
    return new PendingConnection(
        connection.id(),
        connection.name(),
        connection.tier(),
        connection.status(),
        connection.createdAt(),
        connection.expiresAt(),
        externalId.value(),
        Grant.to(broker, externalId, connection.tier()),
        "Make the role in your AWS account, then PUT {\"roleArn\": its ARN} to "
            + path(connection)
            + "/role.");
  }

  static String path(Connection connection) {
    return "/connections/" + connection.id();
  }
}
