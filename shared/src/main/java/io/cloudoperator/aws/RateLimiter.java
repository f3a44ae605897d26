package io.cloudoperator.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Leaves the customer most of each API quota: holds every attempt, retries included, until each
 * token bucket that it draws on has a token. One for each account. Safe for use by many threads.
 *
 * @see ReadOperation#limits
 */
public final class RateLimiter implements ExecutionInterceptor {
  /** The buckets that a call draws on: {@link AwsClient} says them of each. */
  static final ExecutionAttribute<List<RateLimit>> LIMITS =
      new ExecutionAttribute<>(RateLimiter.class.getName());

  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  public RateLimiter(InstantSource clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes about) {
    String region = about.getAttribute(AwsExecutionAttribute.AWS_REGION).id();
    Instant now = clock.instant();
    Duration wait = Duration.ZERO;
    for (RateLimit limit : about.getAttribute(LIMITS)) {
      Duration untilToken =
          buckets
              .computeIfAbsent(region + ':' + limit.name(), _ -> new Bucket(limit, now))
              .take(now);
      wait = wait.compareTo(untilToken) < 0 ? untilToken : wait;
    }
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
    private final int burst;
    private final double nanosPerToken;
    private double tokens;
    private Instant filledAt;

    Bucket(RateLimit limit, Instant now) {
      burst = limit.burst();
      nanosPerToken = 1e9 / limit.perSecond();
      tokens = burst;
      filledAt = now;
    }

    synchronized Duration take(Instant now) {
      if (now.isAfter(filledAt)) {
        double grown = Duration.between(filledAt, now).toNanos() / nanosPerToken;
        tokens = Math.min(burst, tokens + grown);
        filledAt = now;
      }
      tokens--;
      return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens * nanosPerToken));
    }
  }
}
