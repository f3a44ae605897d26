package io.cloudoperator.connection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A store of connections. Reads are strongly consistent, except {@link #due} and {@link #lapsed}. A
 * connection whose row cannot be read is left out of lists, and is no connection to scan; asking
 * for it by its id throws. What deletes connections is a {@link DeletionStore}.
 */
public interface ConnectionStore {
  /** Keeps a new pending connection. */
  void create(Connection connection);

  /**
   * The connection as it is by {@code now}, unless this tenant has none of that id or it expired.
   */
  default Optional<Connection> find(TenantId tenant, ConnectionId id, Instant now) {
    return stored(tenant, id)
        .filter(connection -> !connection.expired(now))
        .map(connection -> connection.asOf(now));
  }

  /** The connection as it was written, which {@link #save} compares with; expired ones too. */
  Optional<Connection> stored(TenantId tenant, ConnectionId id);

  /**
   * A tenant's connections as they are by {@code now}, in the order of their ids, without those
   * that expired.
   *
   * @param limit the most to return, from 1
   * @param after the id of the last one already seen
   */
  Page list(TenantId tenant, int limit, Optional<ConnectionId> after, Instant now);

  /**
   * Replaces {@code before} by {@code after}, whole or not at all, and takes or frees the claim on
   * the AWS account that follows from the two: an account belongs to at most one connection of a
   * tenant that is not disconnected.
   */
  Saved save(Connection before, Connection after);

  /**
   * Active connections whose scan is due by {@code now}, longest due first, in turns between
   * tenants. Read from an index that may lag: claim each one with {@link #save} before acting on
   * it.
   */
  List<Connection> due(Instant now, int limit);

  /**
   * Connections that were suspended for too long by {@code now}, as they are written: with their
   * references. Read from an index that may lag.
   */
  List<Connection> lapsed(Instant now, int limit);

  /** The result of a change. */
  enum Saved {
    SAVED,
    /** Another change came first; read it again. */
    CHANGED_MEANWHILE,
    /** Another connection of this tenant holds the AWS account. */
    ACCOUNT_TAKEN
  }

  /**
   * Some of a tenant's connections.
   *
   * @param unreadable those whose rows cannot be read; they count towards the limit
   * @param next where the next page begins; empty on the last
   */
  record Page(
      List<Connection> connections, List<ConnectionId> unreadable, Optional<ConnectionId> next) {
    public Page {
      connections = List.copyOf(connections);
      unreadable = List.copyOf(unreadable);
    }
  }
}
