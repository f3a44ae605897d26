package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The quotas of API Gateway's control plane, for each account and region: 10 requests a second over
 * all operations after a burst of 40, and GetResources 5 in 2 seconds. What is refused counts not.
 *
 * <p>https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
final class ControlPlaneQuota {

  private static final double ALL_BURST = 40;
  private static final double ALL_PER_SECOND = 10;
  private static final double RESOURCES_BURST = 5;
  private static final double RESOURCES_PER_SECOND = 2.5;

  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new HashMap<>();

  ControlPlaneQuota(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Lets a request pass.
   *
   * @throws AwsError TooManyRequestsException, if it is one too many
   */
  synchronized void take(String accountId, String region, String operation) {
    Instant now = clock.instant();
    String place = accountId + "/" + region;
    Bucket all = bucket(place, ALL_BURST, ALL_PER_SECOND);
    boolean passes = all.has(now);
    if (passes && operation.equals("GetResources")) {
      Bucket resources = bucket(place + "/GetResources", RESOURCES_BURST, RESOURCES_PER_SECOND);
      passes = resources.has(now);
      if (passes) {
        resources.tokens--;
      }
    }
    if (!passes) {
      throw new AwsError(429, "TooManyRequestsException", "Too Many Requests");
    }
    all.tokens--;
  }

  private Bucket bucket(String name, double burst, double perSecond) {
    return buckets.computeIfAbsent(name, _ -> new Bucket(burst, perSecond, clock.instant()));
  }

  private static final class Bucket {
    private final double burst;
    private final double perSecond;
    private double tokens;
    private Instant filled;

    Bucket(double burst, double perSecond, Instant now) {
      this.burst = burst;
      this.perSecond = perSecond;
      this.tokens = burst;
      this.filled = now;
    }

    boolean has(Instant now) {
      double seconds = Duration.between(filled, now).toNanos() / 1e9;
      tokens = Math.min(burst, tokens + Math.max(0, seconds) * perSecond);
      filled = now;
      return tokens >= 1;
    }
  }
}
