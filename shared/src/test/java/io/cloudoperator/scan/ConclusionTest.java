package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.NOON;
import static io.cloudoperator.scan.Sample.apis;
import static io.cloudoperator.scan.Sample.buckets;
import static io.cloudoperator.scan.Sample.bucketsDenied;
import static io.cloudoperator.scan.Sample.complete;
import static io.cloudoperator.scan.Sample.counts;
import static io.cloudoperator.scan.Sample.plan;
import static io.cloudoperator.scan.Sample.progress;
import static io.cloudoperator.scan.Sample.region;
import static io.cloudoperator.scan.Sample.regions;
import static io.cloudoperator.scan.Sample.risky;
import static io.cloudoperator.scan.Sample.run;
import static io.cloudoperator.scan.Sample.running;
import static io.cloudoperator.scan.Sample.snapshot;
import static io.cloudoperator.scan.Sample.unread;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.CountedResource.Scope;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConclusionTest {
  @Test
  void sumsTheRegionsThatWereReadAndSaysOfHowMany() {
    Snapshot snapshot =
        conclude(
            plan("ap-east-1"),
            progress(0, buckets(Map.of("us-east-1", 4L)), complete("us-east-1", running(5))),
            withoutBuckets(
                1,
                complete("eu-west-1", running(2)),
                unread("sa-east-1", Reading.Reason.DENIED_BY_SCP, "UnauthorizedOperation")));

    assertThat(snapshot.totals())
        .isEqualTo(
            new Totals(
                2,
                3,
                Map.of(
                    "instances",
                    running(7),
                    "buckets",
                    Sample.bucketCounts(Map.of("us-east-1", 4L)))));
    assertThat(snapshot.coverage())
        .isEqualTo(
            new Coverage(
                3,
                2,
                List.of(
                    new Coverage.UnreadRegion(
                        region("sa-east-1"),
                        Reading.Reason.DENIED_BY_SCP,
                        "UnauthorizedOperation")),
                regions("ap-east-1"),
                List.of(),
                true));
    assertThat(snapshot.regions())
        .extracting(RegionOutcome::region)
        .containsExactlyElementsOf(regions("eu-west-1", "sa-east-1", "us-east-1"));
  }

  @Test
  void countsARegionThatNobodyScannedAsUnreadAndNeverAsEmpty() {
    ShardProgress halfDone =
        new ShardProgress(
            new Shard(0, regions("eu-west-1", "us-east-1"), true),
            List.of(),
            new TreeMap<>(Map.of(region("eu-west-1"), complete("eu-west-1", running(1)))),
            Optional.empty(),
            Optional.empty());

    Snapshot snapshot = conclude(plan(), halfDone);

    assertThat(snapshot.coverage().unread())
        .containsExactly(
            new Coverage.UnreadRegion(
                region("us-east-1"), Reading.Reason.FAILED, Conclusion.NOT_SCANNED));
    assertThat(snapshot.coverage().bucketsRead()).isFalse();
    assertThat(snapshot.totals().buckets()).isEmpty();
    assertThat(snapshot.buckets().buckets())
        .isEqualTo(new Reading.Unread<>(Reading.Reason.FAILED, Conclusion.NOT_SCANNED));
  }

  @Test
  void countsAPlannedShardThatLeftNothingAtAll() {
    Plan plan =
        new Plan(
            Sample.ACCOUNT,
            List.of(new Shard(0, regions("us-east-1"), true)),
            List.of(),
            List.of());

    assertThat(conclude(plan).coverage().unread())
        .extracting(Coverage.UnreadRegion::code)
        .containsExactly(Conclusion.NOT_SCANNED);
  }

  @Test
  void tellsOfEachResourceWhatIsDeclaredOfIt() {
    Metric<Object> open =
        Metric.flagged(
            "open",
            "Open",
            _ -> true,
            new Metric.Flag("open_bucket", Severity.HIGH, "is", "are", "open", "So.", "Do."));
    BucketOutcome read =
        new BucketOutcome(
            new Reading.Complete<>(new Counts(5, Map.of(), Map.of("open", 2L))), List.of());

    Snapshot snapshot =
        Conclusion.of(
            List.of(
                new CountedResource<>("buckets", "bucket", Scope.ACCOUNT, List.of(), List.of(open)),
                new CountedResource<>("volumes", "volume", Scope.REGION, List.of(), List.of()),
                InstanceFacts.COUNTED),
            run(2),
            Tier.MINIMAL,
            plan(),
            List.of(progress(0, read, complete("us-east-1", counts(Map.of("terminated", 1L))))),
            Optional.empty(),
            NOON);

    assertThat(snapshot.totals().counts().keySet())
        .as("that no region says anything of volumes does not make them none")
        .containsExactly("buckets", "instances");
    assertThat(snapshot.flags())
        .extracting(RiskFlag::title)
        .containsExactly("2 of 5 buckets are open");
    assertThat(snapshot.insights())
        .extracting(Insight::text)
        .contains("There is no instance in the one enabled region but terminated ones.");
  }

  @Test
  void mergesAllCallsByOperation() {
    Snapshot snapshot =
        conclude(
            plan(),
            progress(0, buckets(Map.of()), complete("us-east-1", running(5))),
            withoutBuckets(1, unread("eu-west-1", Reading.Reason.THROTTLED, "Throttling")));

    assertThat(snapshot.calls())
        .containsExactly(
            new CallCount("sts", "AssumeRole", 2, 0, 0),
            new CallCount("s3", "ListBuckets", 1, 0, 0),
            new CallCount("ec2", "DescribeInstances", 4, 2, 1));
  }

  @Test
  void comparesWithTheSnapshotBefore() {
    Snapshot before = snapshot(1, bucketsDenied(), complete("us-east-1", running(5)));

    Snapshot after =
        Conclusion.of(
            CountedResources.ALL,
            run(2),
            Tier.MINIMAL,
            plan(),
            List.of(progress(0, bucketsDenied(), complete("us-east-1", running(6)))),
            Optional.of(before),
            NOON);

    assertThat(after.trend().orElseThrow().changes()).contains(new Trend.Change("instances", 5, 6));
  }

  @Test
  void isNotWholeWhileAnythingThatTheTierReadsIsUnread() {
    Snapshot snapshot =
        conclude(plan(), progress(0, buckets(Map.of()), complete("us-east-1", running(5))));

    assertThat(snapshot.whole()).isTrue();
    assertThat(snapshot.withApis(apis(), List.of()).whole()).isTrue();
    assertThat(
            snapshot
                .withApis(
                    apis(
                        new ApiSummary.UnreadSource(
                            "us-east-1", "rest_apis", Reading.Reason.THROTTLED, "TooMany")),
                    List.of())
                .whole())
        .isFalse();
    assertThat(
            conclude(plan(), progress(0, bucketsDenied(), complete("us-east-1", running(5))))
                .whole())
        .isFalse();
  }

  @Test
  void hasMadeItsChecksOnceBothWereMade() {
    Reading<TrailStanding> trail = new Reading.Complete<>(new TrailStanding(0, false, false));
    Reading<PermissionDrift> role = new Reading.Complete<>(new PermissionDrift(List.of()));

    assertThat(new AccountChecks(trail, role).made()).isTrue();
    assertThat(
            new AccountChecks(trail, new Reading.Unread<>(Reading.Reason.DENIED_BY_IAM, "Denied"))
                .made())
        .isFalse();
    assertThat(AccountChecks.unread(Reading.Reason.FAILED, "Internal").made()).isFalse();
  }

  /** Whatever an unread region might hold, nothing but its own outcome and coverage changes. */
  @Test
  void derivesNothingFromAnUnreadRegion() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      RegionOutcome[] read =
          IntStream.rangeClosed(1, 1 + random.nextInt(6))
              .mapToObj(i -> complete("xx-read-" + i, risky(random.nextInt(5))))
              .toArray(RegionOutcome[]::new);
      Snapshot snapshot =
          conclude(
              plan(),
              progress(0, buckets(Map.of("xx-unread-1", 3L)), read),
              withoutBuckets(1, unread("xx-unread-1", Reading.Reason.FAILED, "InternalError")));

      assertThat(snapshot.flags()).allMatch(flag -> flag.count() > 0);
      assertThat(snapshot.flags())
          .allMatch(flag -> !flag.regions().contains(region("xx-unread-1")));
      assertThat(snapshot.flags())
          .isEqualTo(
              RiskFlags.of(InstanceFacts.COUNTED, Conclusion.read(List.of(read), "instances")));
      assertThat(snapshot.insights())
          .allMatch(insight ->
              insight.code().equals("buckets_in_one_region")
                  || !insight.text().contains("xx-unread-1"));
    }
  }

  @Test
  void hasAFormInJson() {
    Snapshot snapshot =
        conclude(
            plan("ap-east-1"),
            progress(0, buckets(Map.of("us-east-1", 4L)), complete("us-east-1", risky(5))),
            withoutBuckets(1, unread("eu-west-1", Reading.Reason.THROTTLED, "Throttling")));

    assertThat(Json.read(Json.write(snapshot), Snapshot.class)).isEqualTo(snapshot);
  }

  private static Snapshot conclude(Plan plan, ShardProgress... progress) {
    return Conclusion.of(
        CountedResources.ALL,
        run(2),
        Tier.MINIMAL,
        plan,
        List.of(progress),
        Optional.empty(),
        NOON.plusSeconds(9));
  }

  private static ShardProgress withoutBuckets(int index, RegionOutcome... outcomes) {
    ShardProgress all = progress(index, bucketsDenied(), outcomes);
    return new ShardProgress(
        new Shard(index, all.shard().regions(), false),
        all.calls().stream().filter(call -> call.service().equals("ec2")).toList(),
        all.regions(),
        Optional.empty(),
        Optional.empty());
  }
}
