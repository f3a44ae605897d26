package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.GlobalApis;
import io.cloudoperator.apis.facts.RegionApis;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what scans find of APIs: first what each region said, for 24 hours; then the inventory that
 * is drawn from it, as long as its snapshot. Every write of a run is refused once its connection
 * was purged: a scan in flight cannot bring back what was deleted.
 */
public interface ApiStore {
  /** Keeps what a region said, once. {@code false} if refused. */
  boolean keepFound(ScanKey key, int shard, RegionApis found);

  /** Keeps what the services without a region said, once. {@code false} if refused. */
  boolean keepFound(ScanKey key, int shard, GlobalApis found);

  /** What the shards have kept so far. */
  Found found(ScanKey key);

  /**
   * Keeps an inventory, which nobody sees before the run is concluded with a snapshot. {@code
   * false} if the run has ended or is gone: nothing of it is then left.
   *
   * @throws IllegalArgumentException if it is too large to be stored
   */
  boolean keep(Run run, Inventory inventory);

  /** The inventory of a scan whose snapshot is one of those that are kept. */
  Optional<Inventory> inventory(ScanKey key);

  /**
   * Keeps what the owner declares, in place of what was declared before. {@code false} if the
   * connection is gone or of another generation.
   *
   * @throws IllegalArgumentException if it is too large to be stored
   */
  boolean declare(Connection connection, Catalog catalog);

  /** What the owner has declared. */
  Optional<Catalog> catalog(TenantId tenant, ConnectionId connection);

  /** What regions said, in the order of their names, and the services without one. */
  record Found(List<RegionApis> regions, Optional<GlobalApis> global) {
    public Found {
      regions = List.copyOf(regions);
    }
  }
}
