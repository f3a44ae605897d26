package io.cloudoperator.query;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.query.report.SnapshotView;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.ShardProgress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a scan has come.
 *
 * @param regionsDone regions that have an outcome, whatever it is
 * @param regionsTotal regions that the plan names
 * @param instancesSoFar instances of all states in the regions that were read
 * @param regionsCounted of how many regions {@code instancesSoFar} speaks: a region that could not
 *     be read is done, but not counted
 * @param calls attempts to call AWS that the scan's sessions have made; those that planned it are
 *     not among them
 * @param regions every region that the plan names, by name
 */
public record Progress(
    int regionsDone,
    int regionsTotal,
    long instancesSoFar,
    int regionsCounted,
    int calls,
    List<RegionProgress> regions) {
  public Progress {
    regions = List.copyOf(regions);
  }

  /** Adds up what a scan's shards have written so far. */
  public static Progress of(List<ShardProgress> shards) {
    List<RegionProgress> regions =
        shards.stream()
            .flatMap(shard ->
                shard.shard().regions().stream()
                    .map(region ->
                        RegionProgress.of(
                            region, Optional.ofNullable(shard.regions().get(region)))))
            .sorted(Comparator.comparing(RegionProgress::region))
            .toList();
    List<Long> counted = regions.stream().flatMap(region -> region.instances().stream()).toList();
    return new Progress(
        (int) regions.stream().filter(region -> region.status().isPresent()).count(),
        regions.size(),
        counted.stream().mapToLong(Long::longValue).sum(),
        counted.size(),
        shards.stream().mapToInt(shard -> shard.calls().size()).sum(),
        regions);
  }

  /**
   * A region of a scan under way.
   *
   * @param status how its reading ended; empty until it has
   * @param instances of all states; empty unless they were read
   */
  public record RegionProgress(
      RegionName region, Optional<String> status, Optional<Long> instances) {
    static RegionProgress of(RegionName region, Optional<RegionOutcome> outcome) {
      return new RegionProgress(
          region,
          outcome.map(ended -> SnapshotView.status(ended.unread())),
          outcome.flatMap(ended -> ended.complete(RegionOutcome.INSTANCES)).map(Counts::total));
    }
  }
}
