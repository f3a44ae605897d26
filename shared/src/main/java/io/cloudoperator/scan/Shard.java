package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import java.util.List;

/**
 * The part of a scan that one invocation of the scanner does.
 *
 * @param index from 0, unique in the scan, at most 99
 * @param buckets whether this shard also lists the account's buckets; exactly one of a scan does
 */
public record Shard(int index, List<RegionName> regions, boolean buckets) {
  /** The highest index: it is written with two digits. */
  public static final int LAST_INDEX = 99;

  /**
   * @throws IllegalArgumentException if the index is out of range or no region is named
   */
  public Shard {
    regions = List.copyOf(regions);
    if (index < 0 || index > LAST_INDEX || regions.isEmpty()) {
      throw new IllegalArgumentException("a shard has an index from 0 to 99 and a region or more");
    }
  }
}
