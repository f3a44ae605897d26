package io.cloudoperator.inventory;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Written;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what scans find of APIs: first what each region said, for 24 hours; then the inventory that
 * is drawn from it, as long as its snapshot. Every write of a run is refused once its connection
 * was purged: a scan in flight cannot bring back what was deleted.
 */
public interface ApiStore {
  /**
   * Keeps what regions said, and the services without one, in as few writes as it can; of several
   * answers of one of them the first stands.
   *
   * @throws DocumentTooLargeException if one of them is too large to be stored; of the others some
   *     may be kept
   */
  Written keepFound(Run run, int shard, Found found);

  /** Keeps what one region said. */
  default Written keepFound(Run run, int shard, RegionApis found) {
    return keepFound(run, shard, new Found(List.of(found), Optional.empty()));
  }

  /** Keeps what the services without a region said. */
  default Written keepFound(Run run, int shard, GlobalApis found) {
    return keepFound(run, shard, new Found(List.of(), Optional.of(found)));
  }

  /** Of what something is kept: it need not be read again. */
  Kept kept(ScanKey key);

  /** What the shards have kept so far. */
  Found found(ScanKey key);

  /**
   * Keeps an inventory, which nobody sees before the run is concluded with a snapshot. Of several
   * the first stands, so that a run that is concluded twice has one.
   *
   * @return the one that is kept: this or an earlier one; empty if the run has ended or is gone,
   *     and nothing was written
   * @throws DocumentTooLargeException if it is too large to be stored
   */
  Optional<Inventory> keep(Run run, Inventory inventory);

  /**
   * The inventory of a scan whose snapshot is one of those that are kept; throws if it cannot be
   * read, for that is not the same as none.
   */
  Optional<Inventory> inventory(ScanKey key);

  /**
   * Keeps what the owner declares, in place of what was declared before, unless the connection is
   * gone or of another generation.
   *
   * @throws DocumentTooLargeException if it is too large to be stored
   */
  Written declare(Connection connection, Catalog catalog);

  /** What the owner has declared; throws if it cannot be read. */
  Optional<Catalog> catalog(TenantId tenant, ConnectionId connection);

  /** The regions that have said something, and whether the services without one have. */
  record Kept(Set<RegionName> regions, boolean global) {
    public Kept {
      regions = Set.copyOf(regions);
    }
  }

  /** What regions said, in the order of their names, and the services without one. */
  record Found(List<RegionApis> regions, Optional<GlobalApis> global) {
    public Found {
      regions = List.copyOf(regions);
    }

    public boolean isEmpty() {
      return regions.isEmpty() && global.isEmpty();
    }
  }
}
