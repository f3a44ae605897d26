package io.cloudoperator.sample;

import io.cloudoperator.sample.control.Latency;
import java.time.InstantSource;

/**
 * What a sample AWS is like.
 *
 * @param seed decides everything about the customer's account that its size does not
 * @param instances how many, in whatever state, in all regions together
 * @param buckets how many
 * @param regions how many of AWS's 34 commercial regions the customer's account has enabled; those
 *     that need no opt-in come first
 * @param port 0 for any that is free
 * @param latency how long each region takes to answer
 * @param unevenPages whether some pages of DescribeInstances are short or empty though more follow,
 *     which AWS allows itself
 * @param clock ends sessions; signatures are always checked against the machine's own clock
 */
public record SampleConfig(
    long seed,
    int instances,
    int buckets,
    int regions,
    int port,
    Latency latency,
    boolean unevenPages,
    InstantSource clock) {

  /** An account with 1,200 instances and 24 buckets in 34 regions, and something of every risk. */
  public static SampleConfig defaults() {
    return new SampleConfig(1, 1200, 24, 34, 0, Latency.none(), true, InstantSource.system());
  }

  public SampleConfig withSeed(long value) {
    return new SampleConfig(value, instances, buckets, regions, port, latency, unevenPages, clock);
  }

  public SampleConfig withInstances(int value) {
    return new SampleConfig(seed, value, buckets, regions, port, latency, unevenPages, clock);
  }

  public SampleConfig withBuckets(int value) {
    return new SampleConfig(seed, instances, value, regions, port, latency, unevenPages, clock);
  }

  public SampleConfig withRegions(int value) {
    return new SampleConfig(seed, instances, buckets, value, port, latency, unevenPages, clock);
  }

  public SampleConfig withPort(int value) {
    return new SampleConfig(seed, instances, buckets, regions, value, latency, unevenPages, clock);
  }

  public SampleConfig withLatency(Latency value) {
    return new SampleConfig(seed, instances, buckets, regions, port, value, unevenPages, clock);
  }

  public SampleConfig withUnevenPages(boolean value) {
    return new SampleConfig(seed, instances, buckets, regions, port, latency, value, clock);
  }

  public SampleConfig withClock(InstantSource value) {
    return new SampleConfig(seed, instances, buckets, regions, port, latency, unevenPages, value);
  }
}
