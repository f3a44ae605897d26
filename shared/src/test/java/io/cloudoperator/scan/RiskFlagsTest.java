package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.region;
import static io.cloudoperator.scan.Sample.regions;
import static io.cloudoperator.scan.Sample.risky;
import static io.cloudoperator.scan.Sample.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.RiskFlag.Kind;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RiskFlagsTest {
  /** The kinds after it speak of APIs and of the account. */
  private static final Set<Kind> OF_INSTANCES =
      Set.copyOf(
          CountedResources.FLAGS.subList(
              0, CountedResources.FLAGS.indexOf(Kind.SPARSE_REGIONS) + 1));

  @Test
  void raisesEveryKindOnceAndTheMostSevereFirst() {
    List<RiskFlag> flags = flags(Map.of("us-east-1", risky(40), "sa-east-1", risky(2)));

    assertThat(flags).extracting(RiskFlag::kind).containsExactlyInAnyOrderElementsOf(OF_INSTANCES);
    assertThat(flags).extracting(RiskFlag::severity).isSorted();
    assertThat(flags.getFirst().severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void raisesNothingWhereNothingIs() {
    assertThat(flags(Map.of("us-east-1", running(40), "sa-east-1", running(0)))).isEmpty();
    assertThat(flags(Map.of())).isEmpty();
  }

  @Test
  void namesTheRegionsWithMostFirstAndSaysOfHowMany() {
    RiskFlag flag =
        flags(
                Map.of(
                    "eu-west-1", risky(4),
                    "us-east-1", risky(9),
                    "ap-east-1", risky(4),
                    "sa-east-1", running(30)))
            .stream()
            .filter(candidate -> candidate.kind().code().equals("public_ipv4"))
            .findFirst()
            .orElseThrow();

    assertThat(flag.regions()).isEqualTo(regions("us-east-1", "ap-east-1", "eu-west-1"));
    assertThat(flag.count()).isEqualTo(17);
    assertThat(flag.title()).isEqualTo("17 of 47 instances have a public IPv4 address");
  }

  @Test
  void speaksOfOneInstanceInTheSingular() {
    assertThat(flags(Map.of("us-east-1", risky(1))))
        .filteredOn(flag -> flag.kind().code().equals("imdsv1_allowed"))
        .extracting(RiskFlag::title)
        .containsExactly("1 of 1 instance answers metadata requests without a token (IMDSv1)");
  }

  @Test
  void flagsRegionsWithAHandfulOfInstances() {
    List<RiskFlag> flags =
        flags(
            Map.of(
                "eu-west-1", running(40),
                "us-east-1", running(1),
                "ap-east-1", running(3),
                "ap-south-1", running(4),
                "sa-east-1", running(0)));

    assertThat(flags)
        .singleElement()
        .satisfies(flag -> {
          assertThat(flag.kind()).isEqualTo(Kind.SPARSE_REGIONS);
          assertThat(flag.count()).isEqualTo(4);
          assertThat(flag.regions()).isEqualTo(regions("ap-east-1", "us-east-1"));
          assertThat(flag.title()).isEqualTo("2 regions have no more than 3 instances each");
        });
    assertThat(flags(Map.of("eu-west-1", running(40), "us-east-1", running(1))))
        .extracting(RiskFlag::title)
        .containsExactly("1 region has no more than 3 instances each");
  }

  @Test
  void leavesASmallAccountInOneRegionAlone() {
    assertThat(flags(Map.of("eu-west-1", running(2), "us-east-1", running(0)))).isEmpty();
  }

  @Test
  void doesNotCountTerminatedInstancesAsAHandful() {
    assertThat(
            flags(
                Map.of(
                    "eu-west-1", running(9), "us-east-1", Sample.counts(Map.of("terminated", 2L)))))
        .isEmpty();
  }

  @Test
  void flagsWhatIsCountedWithoutRegions() {
    CountedResource<Object> buckets =
        new CountedResource<>(
            "buckets",
            "bucket",
            CountedResource.Scope.ACCOUNT,
            List.of(),
            List.of(
                bucketsThatAre("tagless", Severity.LOW), bucketsThatAre("open", Severity.HIGH)));
    Counts counts = new Counts(5, Map.of(), Map.of("tagless", 1L, "open", 2L));

    assertThat(RiskFlags.of(buckets, counts))
        .extracting(RiskFlag::title, RiskFlag::regions)
        .containsExactly(
            tuple("2 of 5 buckets are open", List.of()),
            tuple("1 of 5 buckets is tagless", List.of()));
    assertThat(RiskFlags.of(buckets, new Counts(5, Map.of(), Map.of("open", 0L))))
        .as("none is open, and of tags nothing is known")
        .isEmpty();
  }

  private static Metric<Object> bucketsThatAre(String what, Severity severity) {
    return Metric.flagged(
        what, what, _ -> true, new Metric.Flag(what, severity, "is", "are", what, "So.", "Do."));
  }

  @Test
  void saysWhereAFlagIs() {
    RiskFlag flag = flags(Map.of("us-east-1", risky(2), "eu-west-1", risky(1))).getFirst();

    assertThat(flag.places()).containsExactly("us-east-1", "eu-west-1");
    assertThat(flag.where()).isEqualTo("in us-east-1, eu-west-1");
    assertThat(withoutRegion(Kind.TLS_BELOW_1_2).places()).containsExactly("global");
    assertThat(withoutRegion(Kind.TLS_BELOW_1_2).where()).isEqualTo("in a service without regions");
    assertThat(withoutRegion(Kind.PERMISSION_DRIFT).places()).containsExactly("account");
    assertThat(withoutRegion(Kind.NO_TRAIL_OF_ALL_REGIONS).where())
        .isEqualTo("in the account as a whole");
  }

  private static RiskFlag withoutRegion(Kind kind) {
    return new RiskFlag(kind, Severity.LOW, 1, List.of(), "Title", "Why.", "Remedy.");
  }

  @Test
  void sortsKindsOfMetricsByTheirCodesBeforeAllOthers() {
    assertThat(new TreeSet<>(CountedResources.FLAGS))
        .startsWith(new Kind("imdsv1_allowed"), new Kind("launch_wizard_group"))
        .endsWith(Kind.DEPLOYED_LONG_AGO, Kind.PERMISSION_DRIFT, Kind.NO_TRAIL_OF_ALL_REGIONS);
  }

  @Test
  void saysOfEachFlagWhyAndWhatToDo() {
    assertThat(flags(Map.of("us-east-1", risky(40), "sa-east-1", risky(2))))
        .allSatisfy(flag -> {
          assertThat(flag.why()).endsWith(".").hasSizeGreaterThan(40);
          assertThat(flag.remedy()).endsWith(".").hasSizeGreaterThan(40);
          assertThat(flag.title()).doesNotEndWith(".").hasSizeLessThan(90);
        });
  }

  private static List<RiskFlag> flags(Map<String, Counts> read) {
    TreeMap<RegionName, Counts> regions = new TreeMap<>();
    read.forEach((name, counts) -> regions.put(region(name), counts));
    return RiskFlags.of(InstanceFacts.COUNTED, regions);
  }
}
