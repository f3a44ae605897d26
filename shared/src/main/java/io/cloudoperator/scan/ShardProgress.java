package io.cloudoperator.scan;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.RegionName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a shard has written so far.
 *
 * @param pages into how many it may write
 * @param calls all that it made, those that opened its sessions included
 * @param regions outcomes by region; a region without one has not been finished
 * @param buckets the buckets, if this shard lists them and has finished
 * @param account the checks of the account, if this shard makes them and has finished
 */
public record ShardProgress(
    Shard shard,
    int pages,
    List<Call> calls,
    SortedMap<RegionName, RegionOutcome> regions,
    Optional<BucketOutcome> buckets,
    Optional<AccountChecks> account) {
  public ShardProgress {
    calls = List.copyOf(calls);
    regions = new TreeMap<>(Map.copyOf(regions));
  }

  /** Of a shard with one page. */
  public ShardProgress(
      Shard shard,
      List<Call> calls,
      SortedMap<RegionName, RegionOutcome> regions,
      Optional<BucketOutcome> buckets,
      Optional<AccountChecks> account) {
    this(shard, 1, calls, regions, buckets, account);
  }

  /**
   * What both have written, where the other is a later page of the same shard: of two outcomes of a
   * region the one that was read stands, so that no later delivery takes that away, and else that
   * of the earlier page. A write that was repeated may be in both, with its calls.
   */
  public ShardProgress and(ShardProgress later) {
    SortedMap<RegionName, RegionOutcome> both = new TreeMap<>(later.regions);
    regions.forEach((region, outcome) ->
        both.merge(
            region,
            outcome,
            (other, earlier) ->
                earlier.unread().isPresent() && other.unread().isEmpty() ? other : earlier));
    return new ShardProgress(
        shard,
        pages + later.pages,
        calls(List.of(calls, later.calls)),
        both,
        buckets.or(later::buckets),
        account.or(later::account));
  }

  /**
   * The calls of batches, in the order of their times. Who could not tell whether a write had come
   * through wrote its calls again, with others: a call is there as often as in the batch that has
   * it most often, for two that no answer came to may be alike.
   */
  public static List<Call> calls(Collection<List<Call>> batches) {
    Map<Call, Integer> most = new LinkedHashMap<>();
    for (List<Call> batch : batches) {
      Map<Call, Integer> written = new LinkedHashMap<>();
      batch.forEach(call -> written.merge(call, 1, Integer::sum));
      written.forEach((call, times) -> most.merge(call, times, Math::max));
    }
    return most.entrySet().stream()
        .flatMap(call -> Collections.nCopies(call.getValue(), call.getKey()).stream())
        .sorted(Comparator.comparing(Call::at))
        .toList();
  }
}
