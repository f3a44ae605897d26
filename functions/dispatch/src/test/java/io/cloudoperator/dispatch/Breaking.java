package io.cloudoperator.dispatch;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Connections of which one cannot be written: no database fails so when it is asked to. */
record Breaking(ConnectionStore connections, ConnectionId broken) implements ConnectionStore {
  @Override
  public void create(Connection connection) {
    connections.create(connection);
  }

  @Override
  public Optional<Connection> stored(TenantId tenant, ConnectionId id) {
    return connections.stored(tenant, id);
  }

  @Override
  public Page list(TenantId tenant, int limit, Optional<ConnectionId> after, Instant now) {
    return connections.list(tenant, limit, after, now);
  }

  @Override
  public Saved save(Connection before, Connection after) {
    if (before.id().equals(broken)) {
      throw new IllegalStateException("broken");
    }
    return connections.save(before, after);
  }

  @Override
  public List<Connection> due(Instant now, int limit) {
    return connections.due(now, limit);
  }

  @Override
  public List<Connection> lapsed(Instant now, int limit) {
    return connections.lapsed(now, limit);
  }
}
