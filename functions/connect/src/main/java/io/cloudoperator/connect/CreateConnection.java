package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.runtime.Line;
import io.cloudoperator.vault.RoleVault;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Supplier;

/** Makes a pending connection and its External ID. */
final class CreateConnection {
  private final ConnectionStore connections;
  private final RoleVault vault;
  private final Supplier<SecureRandom> random;
  private final Supplier<ExternalId> externalIds;

  CreateConnection(
      ConnectionStore connections,
      RoleVault vault,
      Supplier<SecureRandom> random,
      Supplier<ExternalId> externalIds) {
    this.connections = connections;
    this.vault = vault;
    this.random = random;
    this.externalIds = externalIds;
  }

  record Created(Connection connection, ExternalId externalId) {}

  Created create(TenantId tenant, String name, Tier tier, Instant now) {
    // Made here and not in init: a SnapStart snapshot would give one source to every copy of us.
    ConnectionId id = ConnectionId.random(random.get());
    ExternalId externalId = externalIds.get();
    Connection connection =
        Connection.pending(
            tenant, id, name, tier, vault.seal(tenant, id, RoleReference.issued(externalId)), now);
    connections.create(connection);
    return new Created(connection, externalId);
  }

  /**
   * A connection's name as it may be kept and shown.
   *
   * @throws IllegalArgumentException if it is blank, too long, or has characters that no line of
   *     text has
   */
  static String name(String text) {
    if (!Line.is(text, Connection.LONGEST_NAME)) {
      throw new IllegalArgumentException(
          "a connection's name is one line of 1 to " + Connection.LONGEST_NAME + " characters");
    }
    return text.strip();
  }
}
