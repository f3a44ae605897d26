package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.NOON;
import static io.cloudoperator.scan.Sample.apis;
import static io.cloudoperator.scan.Sample.buckets;
import static io.cloudoperator.scan.Sample.complete;
import static io.cloudoperator.scan.Sample.regions;
import static io.cloudoperator.scan.Sample.risky;
import static io.cloudoperator.scan.Sample.running;
import static io.cloudoperator.scan.Sample.snapshot;
import static io.cloudoperator.scan.Sample.snapshotWithout;
import static io.cloudoperator.scan.Sample.unread;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.FlagHistory.Change;
import io.cloudoperator.scan.FlagHistory.Entry;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.RiskFlag.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlagHistoryTest {
  private static final Kind IMDS = new Kind("imdsv1_allowed");
  private static final Instant LONG_AGO = NOON.minusSeconds(1_000_000);

  @Test
  void followsAFlagFromItsFirstSnapshotUntilItIsResolvedAndRaisedAgain() {
    Snapshot none = scan(1, complete("us-east-1", running(3)));
    Snapshot first = scan(2, complete("us-east-1", risky(3)));
    Snapshot still = scan(3, complete("us-east-1", risky(2)));
    Snapshot gone = scan(4, complete("us-east-1", running(3)));
    Snapshot after = scan(5, complete("us-east-1", running(3)));
    Snapshot again = scan(6, complete("us-east-1", risky(1)));
    List<Snapshot> kept = List.of(again, after, gone, still, first, none);

    assertThat(FlagHistory.of(none, kept).flags()).isEmpty();
    assertThat(FlagHistory.of(first, kept).flags())
        .contains(new Entry(imds(first), Change.NEW, first.finishedAt()));
    assertThat(FlagHistory.of(still, kept).flags())
        .contains(new Entry(imds(still), Change.STAYS, first.finishedAt()));
    assertThat(FlagHistory.of(gone, kept).flags())
        .contains(new Entry(imds(still), Change.RESOLVED, first.finishedAt()));
    assertThat(FlagHistory.of(gone, kept).firstSeen()).isEmpty();
    assertThat(FlagHistory.of(after, kept).flags()).isEmpty();
    assertThat(FlagHistory.of(again, kept).flags())
        .contains(new Entry(imds(again), Change.NEW, again.finishedAt()));
  }

  @Test
  void takesTheFirstTimeOfAFlagFromTheSnapshotWhereTheFirstOneIsNotKept() {
    Snapshot raises =
        scan(7, complete("us-east-1", risky(1))).withFirstSeen(Map.of(IMDS, LONG_AGO));

    assertThat(FlagHistory.of(raises, List.of()).flags())
        .contains(new Entry(imds(raises), Change.STAYS, LONG_AGO));
  }

  @Test
  void handsOnTheFirstTimeOfAFlagUntilAllWasReadAndItIsNotRaised() {
    Map<Kind, Instant> known = Map.of(IMDS, LONG_AGO);
    Snapshot partial = scan(7, unread("us-east-1", Reason.FAILED, "InternalError"));
    Snapshot whole = scan(7, complete("us-east-1", running(1)));

    assertThat(FlagHistory.of(partial.withFirstSeen(known), List.of()).firstSeen())
        .isEqualTo(known);
    assertThat(FlagHistory.of(whole.withFirstSeen(known), List.of()).firstSeen()).isEmpty();
  }

  @Test
  void resolvesThatRegionsAreSparseOnceEachRegionWasRead() {
    RegionOutcome few = complete("us-east-1", running(1));
    RegionOutcome many = complete("sa-east-1", running(40));
    Snapshot raises = scan(1, few, many);

    assertThat(raises.flags()).extracting(RiskFlag::kind).containsExactly(Kind.SPARSE_REGIONS);
    assertThat(resolved(raises, scan(2, many))).containsExactly(Kind.SPARSE_REGIONS);
    assertThat(resolved(raises, snapshotWithout(regions("eu-west-1"), 2, buckets(Map.of()), many)))
        .as("what a region has is told by comparing it with all")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, , , true",
    "us-east-1, us-east-1, , false",
    "us-east-1, eu-west-1, , true",
    "us-east-1, , us-east-1, false",
    "us-east-1, , eu-west-1, true",
    ", , global, false",
    ", , us-east-1, true"
  })
  void resolvesAFlagOfApisWhereTheyWereRead(
      String raisedIn, String notChosen, String unread, boolean resolved) {
    Snapshot later =
        snapshotWithout(names(notChosen), 2, buckets(Map.of()), complete("af-south-1", running(1)));
    ApiSummary read =
        unread == null
            ? apis()
            : apis(new ApiSummary.UnreadSource(unread, "rest_apis", Reason.THROTTLED, "TooMany"));

    assertThat(resolved(withoutThrottling(raisedIn), later.withApis(read, List.of())))
        .hasSize(resolved ? 1 : 0);
  }

  @Test
  void keepsAFlagOfApisThroughAScanThatReadsNone() {
    Snapshot raises = withoutThrottling("us-east-1");
    Snapshot minimal = scan(2, complete("us-east-1", running(1)));

    assertThat(resolved(raises, minimal)).isEmpty();
    assertThat(FlagHistory.of(minimal, List.of(raises)).firstSeen())
        .containsOnlyKeys(Kind.NO_THROTTLING);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, 'permission_drift, no_trail_of_all_regions'",
    "true, false, no_trail_of_all_regions",
    "false, true, permission_drift",
    "false, false, ''"
  })
  void resolvesAFlagOfTheAccountWhereItWasChecked(boolean trail, boolean role, String resolved) {
    Deviation deviation = new Deviation(PermissionDrift.Kind.TRUSTS_OTHERS, 1);
    Snapshot raises =
        audited(
            1,
            new Complete<>(new TrailStanding(0, false, false)),
            new Complete<>(new PermissionDrift(List.of(deviation))));
    AccountChecks failed = AccountChecks.unread(Reason.FAILED, "InternalError");
    Snapshot later =
        audited(
            2,
            trail ? new Complete<>(new TrailStanding(1, true, true)) : failed.trail(),
            role ? new Complete<>(new PermissionDrift(List.of())) : failed.role());

    assertThat(resolved(raises, later))
        .extracting(Kind::code)
        .containsExactlyInAnyOrder(resolved.isEmpty() ? new String[0] : resolved.split(", "));
    assertThat(resolved(raises, scan(2, complete("us-east-1", running(1)))))
        .as("below the audit tier nobody looks")
        .isEmpty();
  }

  private static List<Kind> resolved(Snapshot before, Snapshot after) {
    return FlagHistory.of(after, List.of(before)).flags().stream()
        .filter(entry -> entry.change() == Change.RESOLVED)
        .map(entry -> entry.flag().kind())
        .toList();
  }

  private static RiskFlag imds(Snapshot snapshot) {
    return snapshot.flags().stream()
        .filter(flag -> flag.kind().equals(IMDS))
        .findFirst()
        .orElseThrow();
  }

  private static Snapshot scan(int number, RegionOutcome... outcomes) {
    return snapshotWithout(List.of(), number, buckets(Map.of()), outcomes);
  }

  private static Snapshot withoutThrottling(String region) {
    RiskFlag flag =
        new RiskFlag(Kind.NO_THROTTLING, Severity.LOW, 1, names(region), "None", "So.", "Do.");
    return scan(1, complete("us-east-1", running(1))).withApis(apis(), List.of(flag));
  }

  private static List<RegionName> names(String region) {
    return region == null ? List.of() : regions(region);
  }

  private static Snapshot audited(
      int number, Reading<TrailStanding> trail, Reading<PermissionDrift> role) {
    return snapshot(
        number,
        Tier.AUDIT,
        Optional.of(new AccountChecks(trail, role)),
        buckets(Map.of()),
        complete("us-east-1", running(1)));
  }
}
