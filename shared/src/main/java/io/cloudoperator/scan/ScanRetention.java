package io.cloudoperator.scan;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.TenantId;

/** Deletes results of scans: those that newer ones displace, or all. */
public interface ScanRetention {
  /**
   * Deletes what a new session of this kind displaces: all ledgers of the kind but the newest, of
   * which readers are told; and with those of scans all snapshots but the newest, and what is kept
   * of APIs beside neither a snapshot nor the run that is under way.
   */
  Trimmed trim(TenantId tenant, ConnectionId connection, Ledger.Kind kind);

  /**
   * Deletes every run, snapshot and ledger of a connection, and what is kept of its APIs, and
   * counts each in the write that deletes it.
   */
  DeletionStore.Step purge(Deletion deletion, ConnectionId connection);

  /** Whether there is anything to purge. */
  boolean anyOf(TenantId tenant, ConnectionId connection);

  /** How much was displaced by newer ones. */
  record Trimmed(int snapshots, int ledgers) {}
}
