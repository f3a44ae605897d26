package io.cloudoperator.scan;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Counts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Groups regions into shards. A Lambda is billed while it waits for AWS, so regions that wait alike
 * wait together; a busy region, which needs the processor and many pages, gets a Lambda of its own.
 * The same regions after the same snapshots always make the same shards.
 */
public final class ShardPlanner {
  // The most iterations of an inline Map that run at once:
  // https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
  public static final int MOST_SHARDS = 40;

  /** A region is busy if it took more than one page of DescribeInstances. */
  static final long BUSY_FROM_INSTANCES = 1001;

  // Where accounts that nobody has scanned yet most often have their instances: each partition's
  // oldest regions and the console's defaults. Only a guess; the second scan knows.
  private static final Set<RegionName> BUSY_AT_FIRST =
      Set.of(
          new RegionName("us-east-1"),
          new RegionName("us-west-2"),
          new RegionName("eu-west-1"),
          new RegionName("eu-central-1"));

  private static final long QUIET = 0;

  private final int mostRegionsInAShard;

  /**
   * @param mostRegionsInAShard how many regions may wait together; 1 gives each its own shard.
   *     Where {@link #MOST_SHARDS} shards would not hold all regions, they hold more.
   * @throws IllegalArgumentException if less than 1
   */
  public ShardPlanner(int mostRegionsInAShard) {
    if (mostRegionsInAShard < 1) {
      throw new IllegalArgumentException("a shard has one region or more");
    }
    this.mostRegionsInAShard = mostRegionsInAShard;
  }

  /**
   * The shards, busy regions first and the quiet ones by name; each region is in exactly one of
   * them, and the first one lists the buckets.
   *
   * @param history tells how busy each region was when it was read last, newest first
   */
  public List<Shard> shards(Collection<RegionName> chosen, List<Snapshot> history) {
    SortedSet<RegionName> regions = new TreeSet<>(chosen);
    int most = Math.max(mostRegionsInAShard, atLeast(regions.size(), MOST_SHARDS));
    Map<RegionName, Long> sizes = sizes(regions, history);
    List<RegionName> busiestFirst = new ArrayList<>(regions);
    busiestFirst.sort(
        Comparator.comparing((RegionName region) -> sizes.getOrDefault(region, QUIET))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    int alone =
        (int)
            busiestFirst.stream()
                .filter(region -> sizes.getOrDefault(region, QUIET) >= BUSY_FROM_INSTANCES)
                .count();
    while (alone + atLeast(regions.size() - alone, most) > MOST_SHARDS) {
      alone--;
    }
    List<Shard> shards = new ArrayList<>();
    for (RegionName region : busiestFirst.subList(0, alone)) {
      add(shards, List.of(region));
    }
    // By name: those of one part of the world are as far away as each other, and wait alike.
    addEvenly(
        shards, busiestFirst.subList(alone, busiestFirst.size()).stream().sorted().toList(), most);
    return List.copyOf(shards);
  }

  private static void addEvenly(List<Shard> shards, List<RegionName> quiet, int most) {
    int count = atLeast(quiet.size(), most);
    for (int i = 0; i < count; i++) {
      int from = i * quiet.size() / count;
      int to = (i + 1) * quiet.size() / count;
      add(shards, quiet.subList(from, to));
    }
  }

  private static void add(List<Shard> shards, List<RegionName> regions) {
    int index = shards.size();
    shards.add(new Shard(index, regions, index == 0));
  }

  /** The number of boxes of that size that hold all things. */
  private static int atLeast(int things, int size) {
    return Math.ceilDiv(things, size);
  }

  private static Map<RegionName, Long> sizes(
      Collection<RegionName> regions, List<Snapshot> history) {
    Map<RegionName, Long> sizes = new HashMap<>();
    for (RegionName region : regions) {
      sizes.put(region, BUSY_AT_FIRST.contains(region) ? BUSY_FROM_INSTANCES : QUIET);
    }
    for (Snapshot snapshot : history.reversed()) {
      for (RegionOutcome outcome : snapshot.regions()) {
        switch (outcome.instances()) {
          case Reading.Complete<Counts>(var counts, var _) ->
              sizes.put(outcome.region(), counts.total());
          case Reading.Unread<Counts>(var reason, _) -> {
            if (reason == Reading.Reason.THROTTLED) {
              // Whoever else calls AWS there, or how much there is to list, keeps it busy.
              sizes.put(outcome.region(), BUSY_FROM_INSTANCES);
            }
          }
        }
      }
    }
    return sizes;
  }
}
