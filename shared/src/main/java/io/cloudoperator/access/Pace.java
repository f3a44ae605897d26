package io.cloudoperator.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Leaves the customer at least half of each API quota: holds every attempt, retries included, until
 * a token bucket for its operation and region has a token. One for each account. Safe for use by
 * many threads.
 */
final class Pace implements ExecutionInterceptor {
  // Half of EC2's bucket for non-mutating calls, 100 and 20 a second, by operation and region.
  // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
  static final int BURST = 50;
  static final int PER_SECOND = 10;

  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  Pace(InstantSource clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes about) {
    String bucket =
        about.getAttribute(AwsExecutionAttribute.AWS_REGION)
            + ":"
            + about.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    Duration wait =
        buckets.computeIfAbsent(bucket, _ -> new Bucket(clock.instant())).take(clock.instant());
    if (wait.isZero()) {
      return;
    }
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while keeping to the pace", e);
    }
  }

  /** May owe tokens: who takes one that is not there yet is told how long until it is. */
  private static final class Bucket {
    private static final double NANOS_PER_TOKEN = 1e9 / PER_SECOND;

    private double tokens = BURST;
    private Instant filledAt;

    Bucket(Instant now) {
      filledAt = now;
    }

    synchronized Duration take(Instant now) {
      if (now.isAfter(filledAt)) {
        double grown = Duration.between(filledAt, now).toNanos() / NANOS_PER_TOKEN;
        tokens = Math.min(BURST, tokens + grown);
        filledAt = now;
      }
      tokens--;
      return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens * NANOS_PER_TOKEN));
    }
  }
}
