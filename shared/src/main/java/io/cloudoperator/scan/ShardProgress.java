package io.cloudoperator.scan;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.RegionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a shard has written so far.
 *
 * @param calls all that it made, those that opened its sessions included
 * @param regions outcomes by region; a region without one has not been finished
 * @param buckets the buckets, if this shard lists them and has finished
 * @param account the checks of the account, if this shard makes them and has finished
 */
public record ShardProgress(
    Shard shard,
    List<Call> calls,
    SortedMap<RegionName, RegionOutcome> regions,
    Optional<BucketOutcome> buckets,
    Optional<AccountChecks> account) {
  public ShardProgress {
    calls = List.copyOf(calls);
    regions = new TreeMap<>(Map.copyOf(regions));
  }
}
