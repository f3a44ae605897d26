package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.buckets;
import static io.cloudoperator.scan.Sample.bucketsDenied;
import static io.cloudoperator.scan.Sample.complete;
import static io.cloudoperator.scan.Sample.manyRegions;
import static io.cloudoperator.scan.Sample.region;
import static io.cloudoperator.scan.Sample.regions;
import static io.cloudoperator.scan.Sample.risky;
import static io.cloudoperator.scan.Sample.running;
import static io.cloudoperator.scan.Sample.snapshotWithout;
import static io.cloudoperator.scan.Sample.unread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.service.CountedResources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a region that nobody asked for is in a snapshot: neither zero, nor unread, nor gone. */
final class ChosenRegionsTest {
  private static final RegionChoice TWO = RegionChoice.only(regions("us-east-1", "eu-west-1"));

  @Test
  void takesTheRegionsThatAreNamedOrAllOthers() {
    assertThat(RegionChoice.ALL.takes(region("us-east-1"))).isTrue();
    assertThat(TWO.takes(region("us-east-1"))).isTrue();
    assertThat(TWO.takes(region("sa-east-1"))).isFalse();
    assertThat(RegionChoice.except(TWO.regions()).takes(region("us-east-1"))).isFalse();
    assertThat(RegionChoice.except(TWO.regions()).takes(region("sa-east-1"))).isTrue();
  }

  @Test
  void namesWhatAnAccountCannotMean() {
    RegionChoice only = RegionChoice.only(regions("us-east-1", "af-south-1", "xx-none-1"));
    RegionChoice except = RegionChoice.except(only.regions());
    Set<RegionName> enabled = Set.of(region("us-east-1"));
    Set<RegionName> notOptedIn = Set.of(region("af-south-1"));

    assertThat(only.unknown(enabled, notOptedIn)).isEqualTo(regions("af-south-1", "xx-none-1"));
    assertThat(except.unknown(enabled, notOptedIn)).isEqualTo(regions("xx-none-1"));
    assertThat(RegionChoice.ALL.unknown(enabled, notOptedIn)).isEmpty();
  }

  @Test
  void namesRegionsExactlyWhereItTakesSome() {
    assertThatThrownBy(() -> RegionChoice.only(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new RegionChoice(RegionChoice.Kind.ALL, new TreeSet<>(regions("us-east-1"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RegionChoice.only(manyRegions(64)).regions()).hasSize(64);
    assertThatThrownBy(() -> RegionChoice.only(manyRegions(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isKnownToHaveBeenLeftOut() {
    Snapshot snapshot =
        snapshotWithout(
            regions("sa-east-1", "ap-south-1"),
            1,
            buckets(Map.of()),
            complete("us-east-1", running(3)),
            complete("eu-west-1", running(1)));

    assertThat(snapshot.coverage())
        .isEqualTo(
            new Coverage(4, 2, List.of(), List.of(), regions("ap-south-1", "sa-east-1"), true));
    assertThat(snapshot.totals().regionsCounted()).isEqualTo(2);
    assertThat(snapshot.totals().regionsEnabled()).isEqualTo(4);
    assertThat(snapshot.regions())
        .extracting(RegionOutcome::region)
        .isEqualTo(regions("eu-west-1", "us-east-1"));
    assertThat(snapshot.whole()).as("all that was asked for was read").isTrue();
  }

  @Test
  void isNotComparedWithAScanThatReadIt() {
    Snapshot all =
        snapshotWithout(
            List.of(),
            1,
            bucketsDenied(),
            complete("us-east-1", running(3)),
            complete("sa-east-1", running(500)));
    Snapshot one =
        snapshotWithout(
            regions("sa-east-1"), 2, bucketsDenied(), complete("us-east-1", running(4)));

    for (Trend trend :
        List.of(
            Trends.between(CountedResources.ALL, all, one),
            Trends.between(CountedResources.ALL, one, all))) {
      assertThat(trend.regionsCompared()).isEqualTo(1);
      assertThat(trend.regionsLeftOut()).isEqualTo(regions("sa-east-1"));
      assertThat(trend.changes())
          .extracting(change -> Math.abs(change.before() - change.after()))
          .containsOnly(1L);
    }
  }

  @Test
  void keepsTheFlagsThatWereRaisedThere() {
    Snapshot before =
        snapshotWithout(
            List.of(),
            1,
            buckets(Map.of()),
            complete("us-east-1", running(3)),
            complete("sa-east-1", risky(3)));
    Snapshot without =
        snapshotWithout(
            regions("sa-east-1"), 2, buckets(Map.of()), complete("us-east-1", running(3)));
    Snapshot gone =
        snapshotWithout(
            List.of(),
            3,
            buckets(Map.of()),
            complete("us-east-1", running(3)),
            complete("sa-east-1", running(3)));
    RiskFlag.Kind kind = new RiskFlag.Kind("imdsv1_allowed");

    FlagHistory meanwhile = FlagHistory.of(without, List.of(before));
    assertThat(meanwhile.flags())
        .filteredOn(entry -> entry.change() == FlagHistory.Change.RESOLVED)
        .isEmpty();
    assertThat(meanwhile.firstSeen()).containsEntry(kind, before.finishedAt());
    assertThat(FlagHistory.of(without.withFirstSeen(meanwhile.firstSeen()), List.of()).firstSeen())
        .as("by what the snapshot hands on, once the one that raised it is not kept any more")
        .containsEntry(kind, before.finishedAt());
    assertThat(FlagHistory.of(gone, List.of(before, without)).flags())
        .filteredOn(entry -> entry.flag().kind().equals(kind))
        .extracting(FlagHistory.Entry::change)
        .containsExactly(FlagHistory.Change.RESOLVED);
  }

  @Test
  void isNamedInSentencesAsNotChosen() {
    Snapshot read =
        snapshotWithout(
            regions("sa-east-1"),
            1,
            bucketsDenied(),
            complete("us-east-1", running(30)),
            complete("eu-west-1", running(0)));
    Snapshot partial =
        snapshotWithout(
            regions("sa-east-1"),
            1,
            bucketsDenied(),
            complete("us-east-1", running(30)),
            complete("us-east-2", running(0)),
            unread("eu-west-1", Reading.Reason.FAILED, "InternalError"));

    assertThat(sentence(read))
        .isEqualTo("Every instance in the 2 chosen of 3 enabled regions is in us-east-1: 30.");
    assertThat(sentence(partial))
        .isEqualTo(
            "Every instance in the 2 of 3 chosen regions that could be read is in us-east-1: 30.");
  }

  @Test
  void isPlannedByWhatWasFoundWhenItWasReadLast() {
    Snapshot all =
        snapshotWithout(
            List.of(),
            1,
            bucketsDenied(),
            complete("sa-east-1", running(5000)),
            complete("eu-north-1", running(5000)));
    Snapshot one =
        snapshotWithout(
            regions("sa-east-1"), 2, bucketsDenied(), complete("eu-north-1", running(0)));

    assertThat(
            new ShardPlanner(12)
                .shards(regions("sa-east-1", "eu-north-1", "us-east-2"), List.of(one, all)))
        .extracting(Shard::regions)
        .containsExactly(regions("sa-east-1"), regions("eu-north-1", "us-east-2"));
  }

  private static String sentence(Snapshot snapshot) {
    return snapshot.insights().stream()
        .filter(insight -> insight.code().equals("one_region"))
        .map(Insight::text)
        .findFirst()
        .orElseThrow();
  }
}
