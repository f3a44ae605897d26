package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.buckets;
import static io.cloudoperator.scan.Sample.bucketsDenied;
import static io.cloudoperator.scan.Sample.complete;
import static io.cloudoperator.scan.Sample.counts;
import static io.cloudoperator.scan.Sample.kinds;
import static io.cloudoperator.scan.Sample.running;
import static io.cloudoperator.scan.Sample.snapshot;
import static io.cloudoperator.scan.Sample.unread;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.EnglishCounts;
import io.cloudoperator.service.CountedResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InsightsTest {
  @Test
  void saysWhereMostInstancesAreAndWhereNoneIs() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete("us-east-1", running(30)),
            complete("eu-west-1", running(10)),
            complete("sa-east-1", running(0)),
            unread("ap-east-1", Reading.Reason.FAILED, "InternalError"));

    assertThat(text(snapshot, "largest_region"))
        .isEqualTo(
            "us-east-1 holds 75% of the instances: 30 of 40 in the 3 of 4 enabled regions that"
                + " could be read.");
    assertThat(text(snapshot, "empty_regions"))
        .startsWith("1 of the 3 regions that were read has no instance;");
  }

  @Test
  void saysThatEverythingIsInOneRegion() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete("us-east-1", running(30)),
            complete("sa-east-1", running(0)));

    assertThat(text(snapshot, "one_region"))
        .isEqualTo("Every instance in both enabled regions is in us-east-1: 30.");
    assertThat(codes(snapshot)).doesNotContain("largest_region");
  }

  @Test
  void saysThatThereIsNoInstanceAndLeavesOutTheirShares() {
    Snapshot snapshot = snapshot(1, buckets(Map.of()), complete("us-east-1", running(0)));

    assertThat(snapshot.insights())
        .containsExactly(
            new Insight("no_instances", "There is no instance in the one enabled region."));
  }

  @Test
  void doesNotSayThatThereIsNoInstanceWhenNoRegionCouldBeRead() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            unread("us-east-1", Reading.Reason.DENIED_BY_IAM, "UnauthorizedOperation"));

    assertThat(snapshot.insights()).isEmpty();
  }

  @Test
  void saysWhatTheInstancesAre() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete(
                "us-east-1",
                kinds(
                    Map.of("m7g", 6L, "c7i", 2L),
                    Map.of("arm64", 6L, "x86_64", 2L),
                    Map.of("Linux/UNIX", 7L, "Windows", 1L),
                    Map.of("default", 5L, "dedicated", 2L, "host", 1L))));

    assertThat(text(snapshot, "graviton_share"))
        .isEqualTo(
            "75% of the instances run on Graviton (arm64): 6 of 8 in the one enabled region.");
    assertThat(text(snapshot, "largest_family"))
        .isEqualTo(
            "Of 2 instance families in the one enabled region, m7g is the largest: 6 of 8 instances.");
    assertThat(text(snapshot, "licensed_platforms")).contains("runs").endsWith(": Windows (1).");
    assertThat(text(snapshot, "dedicated_tenancy")).endsWith(": dedicated (2), host (1).");
  }

  @Test
  void saysNothingOfWhatAwsDoesNotSay() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete(
                "us-east-1",
                kinds(
                    Map.of("unknown", 2L),
                    Map.of("unknown", 2L),
                    Map.of("unknown", 2L),
                    Map.of("unknown", 2L))));

    assertThat(snapshot.insights()).isEmpty();
  }

  @Test
  void saysOfNoTenancyThatItDoesNotKnowWhatItCosts() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete(
                "us-east-1",
                kinds(
                    Map.of("m7g", 3L),
                    Map.of("unknown", 3L),
                    Map.of("unknown", 3L),
                    Map.of("default", 1L, "host", 1L, "quantum", 1L))));

    assertThat(text(snapshot, "dedicated_tenancy"))
        .startsWith("1 of 3 instances")
        .endsWith(": host (1).");
  }

  @Test
  void speaksOfTheInstancesAloneOfWhichAwsSaysIt() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete(
                "us-east-1",
                kinds(
                    Map.of("m7g", 4L),
                    Map.of("arm64", 1L, "x86_64", 1L, "unknown", 2L),
                    Map.of(),
                    Map.of("host", 1L, "unknown", 3L))));

    assertThat(text(snapshot, "graviton_share"))
        .isEqualTo(
            "50% of the instances whose architecture AWS reports run on Graviton (arm64): 1 of 2"
                + " in the one enabled region.");
    assertThat(text(snapshot, "dedicated_tenancy"))
        .isEqualTo(
            "1 of 1 instance in the one enabled region whose tenancy AWS reports runs on hardware"
                + " that is yours alone, which costs more: host (1).");
  }

  @Test
  void callsNoneTheLargestWhereAllAreEqual() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete("us-east-1", running(2)),
            complete("eu-west-1", running(2)));

    assertThat(codes(snapshot)).doesNotContain("largest_region", "largest_family");
  }

  @Test
  void doesNotTakeAMacForGraviton() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete(
                "us-east-1",
                kinds(Map.of("mac2", 1L), Map.of("arm64_mac", 1L), Map.of(), Map.of())));

    assertThat(text(snapshot, "graviton_share")).startsWith("No instance ").contains("40%");
  }

  @Test
  void saysHowManyAreStopped() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete("us-east-1", counts(Map.of("running", 3L, "stopped", 2L, "terminated", 9L))));

    assertThat(text(snapshot, "stopped_share"))
        .isEqualTo(
            "2 of 5 instances in the one enabled region are stopped; the volumes are billed all"
                + " the same.");
  }

  @Test
  void saysThatAllBucketsAreInOneRegion() {
    RegionOutcome none = complete("us-east-1", running(0));

    assertThat(
            text(
                snapshot(1, buckets(Map.of("eu-west-1", 4L, "unreported", 2L)), none),
                "buckets_in_one_region"))
        .isEqualTo("All 4 buckets are in eu-west-1, as far as AWS names a region.");
    assertThat(codes(snapshot(1, buckets(Map.of("eu-west-1", 4L, "us-east-1", 1L)), none)))
        .doesNotContain("buckets_in_one_region");
  }

  @Test
  void setsNoBucketsApartWhereThereIsNoInstanceAtAll() {
    assertThat(
            codes(snapshot(1, buckets(Map.of("us-east-1", 4L)), complete("us-east-1", running(0)))))
        .doesNotContain("buckets_without_instances");
  }

  @ParameterizedTest
  @CsvSource({"3, ''", "4, ' and 1 more'"})
  void namesTheThreeLargest(int platforms, String andMore) {
    SortedMap<String, Long> counts = new TreeMap<>(Map.of("RHEL", 4L, "SUSE", 6L, "Windows", 5L));
    if (platforms > counts.size()) {
      counts.put("Ubuntu Pro", 1L);
    }
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete("us-east-1", kinds(Map.of("m7i", 16L), Map.of(), counts, Map.of())));

    assertThat(text(snapshot, "licensed_platforms"))
        .endsWith(": SUSE (6), Windows (5), RHEL (4)" + andMore + ".");
  }

  @Test
  void findsBucketsInRegionsThatWereReadAndHaveNoInstance() {
    Snapshot snapshot =
        snapshot(
            1,
            buckets(Map.of("us-east-1", 4L, "eu-north-1", 5L, "sa-east-1", 7L, "unreported", 1L)),
            complete("us-east-1", running(30)),
            complete("eu-north-1", running(0)),
            unread("sa-east-1", Reading.Reason.FAILED, "InternalError"));

    assertThat(text(snapshot, "buckets_without_instances"))
        .isEqualTo("5 of 17 buckets are in a region without an instance: eu-north-1 (5).");
  }

  @Test
  void countsRegionsThatAreNotEnabled() {
    Snapshot snapshot =
        Conclusion.of(
            CountedResources.ALL,
            Sample.run(1),
            Tier.MINIMAL,
            Sample.plan("ap-east-1", "me-south-1"),
            List.of(Sample.progress(0, bucketsDenied(), complete("us-east-1", running(1)))),
            Optional.empty(),
            Sample.NOON);

    assertThat(text(snapshot, "regions_not_enabled")).startsWith("2 regions of this partition are");
  }

  @Test
  void tellsTerminatedInstancesFromNone() {
    Snapshot snapshot =
        snapshot(1, bucketsDenied(), complete("us-east-1", counts(Map.of("terminated", 9L))));

    assertThat(text(snapshot, "no_instances"))
        .isEqualTo("There is no instance in the one enabled region but terminated ones.");
  }

  @Test
  void separatesThousands() {
    Snapshot snapshot =
        snapshot(
            1,
            bucketsDenied(),
            complete("us-east-1", running(1_234_567)),
            complete("sa-east-1", running(0)));

    assertThat(text(snapshot, "one_region")).endsWith("is in us-east-1: 1,234,567.");
  }

  @Test
  void neverRoundsAShareToNothingOrToAll() {
    assertThat(EnglishCounts.percent(1, 1000)).isEqualTo("less than 1%");
    assertThat(EnglishCounts.percent(999, 1000)).isEqualTo("more than 99%");
    assertThat(EnglishCounts.percent(0, 7)).isEqualTo("0%");
    assertThat(EnglishCounts.percent(7, 7)).isEqualTo("100%");
  }

  private static String text(Snapshot snapshot, String code) {
    return snapshot.insights().stream()
        .filter(insight -> insight.code().equals(code))
        .map(Insight::text)
        .findFirst()
        .orElse("no such insight");
  }

  private static List<String> codes(Snapshot snapshot) {
    return snapshot.insights().stream().map(Insight::code).toList();
  }
}
