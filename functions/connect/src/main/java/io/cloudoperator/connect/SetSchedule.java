package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import java.time.Instant;

/**
 * Sets how often a connection is scanned without being asked; of a suspended one, from when it is
 * active again.
 */
final class SetSchedule {
  private final ConnectionEditor connections;

  SetSchedule(ConnectionEditor connections) {
    this.connections = connections;
  }

  Connection set(TenantId tenant, ConnectionId id, Schedule schedule, Instant now) {
    return connections.change(
        tenant,
        id,
        connection -> {
          ConnectionEditor.refuseDisconnected(connection);
          if (connection.status() == ConnectionStatus.PENDING) {
            throw new ProblemException(
                ProblemCode.CONNECTION_NOT_ACTIVE, "It can be scheduled once its role is proven.");
          }
          return connection.scheduled(schedule, now);
        });
  }
}
