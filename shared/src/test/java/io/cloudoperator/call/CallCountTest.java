package io.cloudoperator.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallCountTest {
  private static final Instant AT = Instant.parse("2026-01-31T00:00:00.123456789Z");

  @Test
  void countsTheAttemptsOfEachOperationAndWhichOfThemWereRepeatedOrThrottled() {
    List<Call> calls =
        List.of(
            call("ec2", "DescribeInstances", true, false),
            call("sts", "AssumeRole", false, false),
            call("ec2", "DescribeInstances", true, true),
            call("ec2", "DescribeRegions", false, false),
            call("ec2", "DescribeInstances", false, true));

    assertThat(CallCount.of(calls))
        .containsExactly(
            new CallCount("ec2", "DescribeInstances", 3, 2, 2),
            new CallCount("sts", "AssumeRole", 1, 0, 0),
            new CallCount("ec2", "DescribeRegions", 1, 0, 0));
    assertThat(CallCount.of(List.of())).isEmpty();
  }

  @Test
  void knowsWhenACallWasSentToTheMillisecond() {
    assertThat(call("ec2", "DescribeInstances", false, false).at())
        .isEqualTo("2026-01-31T00:00:00.123Z");
  }

  private static Call call(String service, String operation, boolean throttled, boolean retry) {
    return new Call(AT, "eu-west-1", service, operation, "id", 200, "", throttled, retry);
  }
}
