package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.buckets;
import static io.cloudoperator.scan.Sample.bucketsDenied;
import static io.cloudoperator.scan.Sample.complete;
import static io.cloudoperator.scan.Sample.counts;
import static io.cloudoperator.scan.Sample.regions;
import static io.cloudoperator.scan.Sample.risky;
import static io.cloudoperator.scan.Sample.running;
import static io.cloudoperator.scan.Sample.snapshot;
import static io.cloudoperator.scan.Sample.unread;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Reading;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrendsTest {
  @Test
  void comparesOnlyRegionsThatAreCompleteInBoth() {
    Snapshot before =
        snapshot(
            1,
            bucketsDenied(),
            complete("us-east-1", running(5)),
            complete("eu-west-1", running(100)),
            unread("sa-east-1", Reading.Reason.FAILED, "InternalError"),
            unread("ap-east-1", Reading.Reason.FAILED, "InternalError"));
    Snapshot after =
        snapshot(
            2,
            bucketsDenied(),
            complete("us-east-1", running(6)),
            unread("eu-west-1", Reading.Reason.THROTTLED, "Throttling"),
            complete("sa-east-1", running(30)),
            unread("ap-east-1", Reading.Reason.FAILED, "InternalError"));

    Trend trend = Trends.between(CountedResources.ALL, before, after);

    assertThat(trend.since()).isEqualTo(before.key().scan());
    assertThat(trend.regionsCompared()).isEqualTo(1);
    assertThat(trend.regionsLeftOut()).isEqualTo(regions("eu-west-1", "sa-east-1"));
    assertThat(trend.changes())
        .containsExactly(
            new Trend.Change("instances", 5, 6), new Trend.Change("instances.running", 5, 6));
  }

  @Test
  void seesAStateThatIsNewAndOneThatIsGone() {
    Trend trend =
        Trends.between(
            CountedResources.ALL,
            snapshot(1, bucketsDenied(), complete("us-east-1", counts(Map.of("pending", 2L)))),
            snapshot(2, bucketsDenied(), complete("us-east-1", counts(Map.of("running", 2L)))));

    assertThat(trend.changes())
        .containsExactly(
            new Trend.Change("instances.pending", 2, 0),
            new Trend.Change("instances.running", 0, 2));
  }

  @Test
  void comparesBucketsOnlyIfBothScansReadThem() {
    RegionOutcome region = complete("us-east-1", running(1));
    Snapshot two = snapshot(1, buckets(Map.of("us-east-1", 2L)), region);
    Snapshot five = snapshot(2, buckets(Map.of("us-east-1", 5L)), region);
    Snapshot denied = snapshot(3, bucketsDenied(), region);

    assertThat(Trends.between(CountedResources.ALL, two, five).changes())
        .containsExactly(new Trend.Change("buckets", 2, 5));
    assertThat(Trends.between(CountedResources.ALL, two, denied).changes()).isEmpty();
    assertThat(Trends.between(CountedResources.ALL, denied, five).changes()).isEmpty();
  }

  @Test
  void followsEveryRisk() {
    assertThat(
            Trends.between(
                    CountedResources.ALL,
                    snapshot(1, bucketsDenied(), complete("us-east-1", running(3))),
                    snapshot(2, bucketsDenied(), complete("us-east-1", risky(3))))
                .changes())
        .extracting(Trend.Change::metric)
        .containsExactlyElementsOf(
            InstanceFacts.COUNTED.metrics().stream().map(Metric::name).toList());
  }

  @Test
  void namesAMetricThatOneOfThemDoesNotKnow() {
    Counts known = risky(3);
    Map<String, Long> fewer = new HashMap<>(known.metrics());
    fewer.remove("publicIpv4");
    Snapshot earlier =
        snapshot(
            1, bucketsDenied(), complete("us-east-1", new Counts(3, known.breakdowns(), fewer)));
    Snapshot later = snapshot(2, bucketsDenied(), complete("us-east-1", known));

    Trend trend = Trends.between(CountedResources.ALL, earlier, later);

    assertThat(trend.unknown()).contains(List.of("publicIpv4"));
    assertThat(trend.changes()).isEmpty();
    assertThat(Trends.between(CountedResources.ALL, later, later).unknown()).isEmpty();
  }

  @Test
  void saysNothingOfTwoScansThatFoundTheSame() {
    Snapshot one = snapshot(1, buckets(Map.of()), complete("us-east-1", risky(3)));
    Snapshot two = snapshot(2, buckets(Map.of()), complete("us-east-1", risky(3)));

    assertThat(Trends.between(CountedResources.ALL, one, two).changes()).isEmpty();
  }
}
