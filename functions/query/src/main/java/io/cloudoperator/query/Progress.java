package io.cloudoperator.query;

import io.cloudoperator.metric.Counts;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.ShardProgress;
import java.util.Collection;
import java.util.List;

/**
 * How far a scan has come.
 *
 * @param regionsDone regions that have an outcome, whatever it is
 * @param regionsTotal regions that the plan names
 * @param instancesSoFar instances of all states in the regions that were read
 * @param regionsCounted of how many regions {@code instancesSoFar} speaks: a region that could not
 *     be read is done, but not counted
 */
public record Progress(int regionsDone, int regionsTotal, long instancesSoFar, int regionsCounted) {

  /** Adds up what a scan's shards have written so far. */
  public static Progress of(List<ShardProgress> shards) {
    List<RegionOutcome> outcomes =
        shards.stream().map(shard -> shard.regions().values()).flatMap(Collection::stream).toList();
    List<Counts> counted =
        outcomes.stream()
            .flatMap(outcome -> outcome.complete(RegionOutcome.INSTANCES).stream())
            .toList();
    return new Progress(
        outcomes.size(),
        shards.stream().mapToInt(shard -> shard.shard().regions().size()).sum(),
        counted.stream().mapToLong(Counts::total).sum(),
        counted.size());
  }
}
