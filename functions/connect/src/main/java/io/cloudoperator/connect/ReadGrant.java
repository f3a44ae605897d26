package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;

/** Shows a pending connection's External ID again, and logs that it did. Nothing changes. */
final class ReadGrant {
  private final ConnectionEditor connections;
  private final RoleReferences references;
  private final BrokerIdentity broker;
  private final Telemetry telemetry;

  ReadGrant(
      ConnectionEditor connections,
      RoleReferences references,
      BrokerIdentity broker,
      Telemetry telemetry) {
    this.connections = connections;
    this.references = references;
    this.broker = broker;
    this.telemetry = telemetry;
  }

  /**
   * What the connection's creation was answered with.
   *
   * @throws ProblemException 404 if this tenant has none of that id; 409 if it is not pending
   */
  PendingConnection read(TenantId tenant, ConnectionId id) {
    Connection connection = connections.read(tenant, id);
    if (connection.status() != ConnectionStatus.PENDING) {
      throw new ProblemException(
          ProblemCode.CONNECTION_NOT_PENDING,
          "Its role was proven, and its External ID is not shown any more. The role's trust policy"
              + " has it; or create another connection.");
    }
    PendingConnection pending =
        PendingConnection.of(
            connection,
            references.open(connection, connection.reference().orElseThrow()).externalId(),
            broker);
    telemetry.info(LogEvent.GRANT_SHOWN);
    return pending;
  }
}
