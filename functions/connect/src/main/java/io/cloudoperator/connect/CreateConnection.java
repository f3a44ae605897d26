package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.runtime.Line;
import io.cloudoperator.vault.RoleVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes a pending connection and its External ID. */
final class CreateConnection {
  /** Of one tenant. Each has a row, a sealed External ID, and a day. */
  static final int MOST_PENDING = 200;

  private static final int PAGE = 100;

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

  /**
   * Makes it.
   *
   * @throws ProblemException 429 if too many of this tenant's wait for their roles; requests at the
   *     same time may make a few more
   */
  Created create(TenantId tenant, String name, Tier tier, Instant now) {
    requireRoom(tenant, now);
    // Made here and not in init: a SnapStart snapshot would give one source to every copy of us.
    ConnectionId id = ConnectionId.random(random.get());
    ExternalId externalId = externalIds.get();
    Connection connection =
        Connection.pending(
            tenant, id, name, tier, vault.seal(tenant, id, RoleReference.issued(externalId)), now);
    connections.create(connection);
    return new Created(connection, externalId);
  }

  private void requireRoom(TenantId tenant, Instant now) {
    int pending = 0;
    Instant soonest = Instant.MAX;
    Optional<ConnectionId> last = Optional.empty();
    do {
      ConnectionStore.Page page = connections.list(tenant, PAGE, last, now);
      for (Connection connection : page.connections()) {
        if (connection.expiresAt().isPresent()) {
          pending++;
          soonest = Collections.min(List.of(soonest, connection.expiresAt().get()));
        }
      }
      last = page.next();
    } while (last.isPresent() && pending < MOST_PENDING);
    if (pending >= MOST_PENDING) {
      throw new ProblemException(
          Problem.of(
                  ProblemCode.TOO_MANY_PENDING,
                  "%d connections wait for their roles. Disconnect those that nobody needs; each is forgotten 24 hours after it was made."
                      .formatted(MOST_PENDING))
              .retryAfter(Duration.between(now, soonest)));
    }
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
