package io.cloudoperator.connection;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A deletion that was asked for, from its first write to its receipt. It is open as long as
 * something may be left: every request of its scope goes on with it, and what their writes delete
 * is counted in the same writes. It is closed by its receipt, which a repeated request is answered
 * with again. docs/decisions/010-receipts.md
 *
 * @param id of its receipt, a UUID of version 7
 * @param account of the connection, once proven
 * @param counts how much was deleted so far; empty once closed, for the receipt has them
 * @param receipt as JSON, to the letter as it is signed; empty while open
 */
public record Deletion(
    Scope scope,
    String id,
    Optional<AccountId> account,
    Map<What, Long> counts,
    Optional<String> receipt) {

  /** How long a closed deletion is kept once nothing else is left of what it deleted. */
  public static final Duration KEPT_FOR = Duration.ofHours(24);

  public Deletion {
    EnumMap<What, Long> sorted = new EnumMap<>(What.class);
    sorted.putAll(counts);
    counts = Collections.unmodifiableMap(sorted);
  }

  /** One that has deleted nothing yet. */
  public static Deletion open(Scope scope, String id, Optional<AccountId> account) {
    return new Deletion(scope, id, account, Map.of(), Optional.empty());
  }

  /** Whether it has its receipt, and counts nothing any more. */
  public boolean closed() {
    return receipt.isPresent();
  }

  /**
   * What is to be deleted: there is one deletion of a scope at a time.
   *
   * @param connection absent exactly for a whole tenant
   */
  public record Scope(Kind kind, TenantId tenant, Optional<ConnectionId> connection) {
    public Scope {
      if (connection.isPresent() == (kind == Kind.TENANT_PURGE)) {
        throw new IllegalArgumentException("a deletion is of one connection, or of a whole tenant");
      }
    }

    /** Of one connection. */
    public static Scope of(Kind kind, TenantId tenant, ConnectionId connection) {
      return new Scope(kind, tenant, Optional.of(connection));
    }

    /** Of all that a tenant has. */
    public static Scope of(TenantId tenant) {
      return new Scope(Kind.TENANT_PURGE, tenant, Optional.empty());
    }
  }

  /** What was asked for. */
  public enum Kind {
    /** The role reference of a connection; of one that was never proven, all of it. */
    DISCONNECT,
    /** The results of a connection; of one that is disconnected, all of it. */
    PURGE,
    /** Everything of a tenant. */
    TENANT_PURGE
  }

  /** What there is to delete, in the order in which receipts name it. */
  public enum What {
    /** A role ARN and its External ID, or the External ID alone of one that was given no role. */
    ROLE_REFERENCES,
    /** How often a connection is scanned, where that is not off. */
    SCHEDULES,
    /** What keeps an AWS account to one connection of a tenant. */
    ACCOUNT_CLAIMS,
    SNAPSHOTS,
    RUNS,
    /** Of one scan or verification each: which calls it made. */
    LEDGERS,
    /** Of one scan each: the APIs that it found. */
    INVENTORIES,
    /** What the owner has declared of APIs. */
    CATALOGS,
    /** The record itself, its name and proof included. */
    CONNECTIONS
  }
}
