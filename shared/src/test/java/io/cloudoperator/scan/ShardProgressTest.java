package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.NOON;
import static io.cloudoperator.scan.Sample.buckets;
import static io.cloudoperator.scan.Sample.bucketsDenied;
import static io.cloudoperator.scan.Sample.call;
import static io.cloudoperator.scan.Sample.complete;
import static io.cloudoperator.scan.Sample.progress;
import static io.cloudoperator.scan.Sample.region;
import static io.cloudoperator.scan.Sample.running;
import static io.cloudoperator.scan.Sample.unread;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ShardProgressTest {
  private static final Call ONE = call("us-east-1", "ec2", "DescribeInstances");
  private static final Call OTHER = call("eu-west-1", "ec2", "DescribeInstances");

  @Test
  void prefersOfTwoPagesTheRegionThatWasReadAndElseTheEarlierOne() {
    RegionOutcome failed = unread("us-east-1", Reason.FAILED, "InternalError");
    RegionOutcome throttled = unread("us-east-1", Reason.THROTTLED, "Throttling");
    RegionOutcome three = complete("us-east-1", running(3));
    RegionOutcome four = complete("us-east-1", running(4));

    assertThat(joined(failed, throttled)).isEqualTo(failed);
    assertThat(joined(failed, three)).isEqualTo(three);
    assertThat(joined(three, failed)).isEqualTo(three);
    assertThat(joined(three, four)).isEqualTo(three);
  }

  @Test
  void joinsWhatEachPageHas() {
    ShardProgress earlier = progress(0, buckets(Map.of()), complete("us-east-1", running(1)));
    ShardProgress later = progress(0, bucketsDenied(), complete("eu-west-1", running(2)));

    ShardProgress both = earlier.and(later).and(later);

    assertThat(both.pages()).isEqualTo(3);
    assertThat(both.regions())
        .containsOnlyKeys(region("eu-west-1"), region("us-east-1"))
        .containsValues(complete("us-east-1", running(1)), complete("eu-west-1", running(2)));
    assertThat(both.buckets()).contains(buckets(Map.of()));
  }

  @Test
  void countsACallThatWasWrittenAgainOnceAndTwoOfABatchTwice() {
    assertThat(ShardProgress.calls(List.of(List.of(ONE, ONE), List.of(OTHER, ONE))))
        .containsExactlyInAnyOrder(ONE, ONE, OTHER);
  }

  @Test
  void putsCallsInTheOrderOfTheirTimes() {
    Call first =
        new Call(
            NOON.minusSeconds(1), "us-east-1", "sts", "AssumeRole", "id", 200, "", false, false);

    assertThat(ShardProgress.calls(List.of(List.of(ONE), List.of(first))))
        .containsExactly(first, ONE);
  }

  private static RegionOutcome joined(RegionOutcome earlier, RegionOutcome later) {
    return Objects.requireNonNull(
        progress(0, bucketsDenied(), earlier)
            .and(progress(0, bucketsDenied(), later))
            .regions()
            .get(region("us-east-1")));
  }
}
