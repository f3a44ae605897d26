package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.buckets;
import static io.cloudoperator.scan.Sample.complete;
import static io.cloudoperator.scan.Sample.manyRegions;
import static io.cloudoperator.scan.Sample.regions;
import static io.cloudoperator.scan.Sample.running;
import static io.cloudoperator.scan.Sample.snapshot;
import static io.cloudoperator.scan.Sample.unread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShardPlannerTest {
  private final ShardPlanner planner = new ShardPlanner(12);

  @Test
  void letsQuietRegionsWaitTogetherAndABusyOneAlone() {
    Snapshot previous =
        snapshot(
            1,
            buckets(Map.of()),
            complete("ap-south-1", running(40_000)),
            complete("eu-west-1", running(0)),
            complete("us-east-1", running(1000)));

    assertThat(planner.shards(regions("us-east-1", "eu-west-1", "ap-south-1"), List.of(previous)))
        .containsExactly(
            new Shard(0, regions("ap-south-1"), true),
            new Shard(1, regions("eu-west-1", "us-east-1"), false));
  }

  @Test
  void letsRegionsOfOnePartOfTheWorldWaitTogetherWhateverIsInThem() {
    Snapshot previous =
        snapshot(
            1,
            buckets(Map.of()),
            complete("ap-south-1", running(7)),
            complete("ap-south-2", running(0)),
            complete("us-east-1", running(0)),
            complete("us-west-2", running(9)));

    assertThat(
            new ShardPlanner(2)
                .shards(
                    regions("ap-south-1", "us-east-1", "us-west-2", "ap-south-2"),
                    List.of(previous)))
        .extracting(Shard::regions)
        .containsExactly(regions("ap-south-1", "ap-south-2"), regions("us-east-1", "us-west-2"));
  }

  @Test
  void guessesThatTheRegionsMostUsedAreBusyWhenItHasSeenNothing() {
    assertThat(
            planner.shards(regions("sa-east-1", "us-east-1", "eu-north-1", "eu-west-1"), List.of()))
        .containsExactly(
            new Shard(0, regions("eu-west-1"), true),
            new Shard(1, regions("us-east-1"), false),
            new Shard(2, regions("eu-north-1", "sa-east-1"), false));
  }

  @Test
  void givesARegionThatThrottledALambdaOfItsOwn() {
    Snapshot previous =
        snapshot(
            1,
            buckets(Map.of()),
            unread("eu-north-1", Reading.Reason.THROTTLED, "RequestLimitExceeded"),
            complete("sa-east-1", running(1)),
            complete("us-east-2", running(1)));

    assertThat(planner.shards(regions("sa-east-1", "eu-north-1", "us-east-2"), List.of(previous)))
        .extracting(Shard::regions)
        .containsExactly(regions("eu-north-1"), regions("sa-east-1", "us-east-2"));
  }

  @Test
  void givesEachRegionALambdaWhenOneIsTheMost() {
    assertThat(
            new ShardPlanner(1).shards(regions("sa-east-1", "eu-north-1", "us-east-2"), List.of()))
        .extracting(Shard::regions)
        .containsExactly(regions("eu-north-1"), regions("sa-east-1"), regions("us-east-2"));
  }

  @Test
  void givesBusyRegionsALambdaEachAsLongAsThereAreLambdas() {
    List<RegionName> most = manyRegions(ShardPlanner.MOST_SHARDS);

    assertThat(planner.shards(most, List.of(busySnapshot(most))))
        .extracting(Shard::regions)
        .containsExactlyInAnyOrderElementsOf(most.stream().map(List::of).toList());

    List<RegionName> more = manyRegions(ShardPlanner.MOST_SHARDS + 1);
    assertThat(planner.shards(more, List.of(busySnapshot(more))))
        .hasSize(ShardPlanner.MOST_SHARDS)
        .filteredOn(shard -> shard.regions().size() > 1)
        .extracting(shard -> shard.regions().size())
        .containsExactly(2);
  }

  private static Snapshot busySnapshot(List<RegionName> regions) {
    return snapshot(
        1,
        buckets(Map.of()),
        regions.stream()
            .map(region -> complete(region.value(), running(1001)))
            .toArray(RegionOutcome[]::new));
  }

  @Test
  void refusesShardsWithoutARegion() {
    assertThatThrownBy(() -> new ShardPlanner(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Shard(0, List.of(), true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnIndexOfMoreThanTwoDigits() {
    assertThat(new Shard(99, regions("us-east-1"), false).index()).isEqualTo(99);
    assertThatThrownBy(() -> new Shard(100, regions("us-east-1"), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Shard(-1, regions("us-east-1"), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsItsPromisesForAnyRegionsAndSizes() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      int most = 1 + random.nextInt(20);
      List<RegionName> enabled = manyRegions(1 + random.nextInt(120));
      List<Snapshot> history = randomSnapshot(enabled, random);
      List<RegionName> shuffled = new ArrayList<>(enabled);
      Collections.shuffle(shuffled, random);

      List<Shard> shards = new ShardPlanner(most).shards(enabled, history);

      int stretched = Math.max(most, Math.ceilDiv(enabled.size(), ShardPlanner.MOST_SHARDS));
      assertThat(shards).hasSizeLessThanOrEqualTo(ShardPlanner.MOST_SHARDS);
      assertThat(shards).allMatch(shard -> shard.regions().size() <= stretched);
      assertThat(shards.stream().flatMap(shard -> shard.regions().stream()))
          .containsExactlyInAnyOrderElementsOf(enabled);
      assertThat(shards.stream().filter(Shard::buckets)).hasSize(1);
      assertThat(shards.stream().map(Shard::index).toList())
          .isEqualTo(IntStream.range(0, shards.size()).boxed().toList());
      assertThat(new ShardPlanner(most).shards(shuffled, history)).isEqualTo(shards);
    }
  }

  private static List<Snapshot> randomSnapshot(List<RegionName> enabled, Random random) {
    if (random.nextInt(5) == 0) {
      return List.of();
    }
    RegionOutcome[] outcomes =
        enabled.stream()
            .filter(_ -> random.nextInt(4) > 0)
            .map(region ->
                random.nextInt(6) == 0
                    ? unread(region.value(), Reading.Reason.THROTTLED, "Throttling")
                    : complete(region.value(), running(random.nextInt(3000))))
            .toArray(RegionOutcome[]::new);
    return outcomes.length == 0 ? List.of() : List.of(snapshot(1, buckets(Map.of()), outcomes));
  }
}
