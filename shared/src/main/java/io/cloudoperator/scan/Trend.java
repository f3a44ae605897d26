package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import java.util.List;
import java.util.Optional;

/**
 * What changed since the snapshot before, over the regions that are complete in both.
 *
 * @param since the earlier scan
 * @param regionsCompared complete in both
 * @param regionsLeftOut complete in only one of them
 * @param changes of the numbers that differ
 * @param unknown metrics that one of the two snapshots does not know, since another release wrote
 *     it; absent if there are none
 */
public record Trend(
    ScanId since,
    int regionsCompared,
    List<RegionName> regionsLeftOut,
    List<Change> changes,
    Optional<List<String>> unknown) {
  public Trend {
    regionsLeftOut = List.copyOf(regionsLeftOut);
    changes = List.copyOf(changes);
    unknown = unknown.map(List::copyOf);
  }

  /**
   * A number that differs.
   *
   * @param metric such as {@code instances}, {@code instances.running}, {@code imdsV1Allowed} or
   *     {@code buckets}
   */
  public record Change(String metric, long before, long after) {}
}
