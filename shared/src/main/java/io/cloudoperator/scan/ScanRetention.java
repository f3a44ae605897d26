package io.cloudoperator.scan;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;

/** Deletes results of scans: those that newer ones displace, or all. */
public interface ScanRetention {
  /**
   * Deletes all snapshots and ledgers but the newest, of which readers are told, and what is kept
   * of APIs beside neither a snapshot nor the run that is under way.
   */
  Trimmed trim(TenantId tenant, ConnectionId connection);

  /** Deletes every run, snapshot and ledger of a connection, and what is kept of its APIs. */
  Purged purge(TenantId tenant, ConnectionId connection);

  /** How much was displaced by newer ones. */
  record Trimmed(int snapshots, int ledgers) {}

  /** How much a purge deleted. */
  record Purged(int snapshots, int runs, int ledgers, int inventories, int catalogs) {}
}
