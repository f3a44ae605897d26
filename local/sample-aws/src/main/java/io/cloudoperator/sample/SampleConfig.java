package io.cloudoperator.sample;

import io.cloudoperator.sample.apis.ApiSize;
import io.cloudoperator.sample.control.Latency;
import java.time.InstantSource;

/**
 * What a sample AWS is like.
 *
 * @param seed decides everything about the customer's account that its size does not
 * @param instances how many, in whatever state, in all regions together
 * @param buckets how many
 * @param apis how many, and of which kinds
 * @param regions how many of AWS's 34 commercial regions the customer's account has enabled; those
 *     that need no opt-in come first
 * @param port 0 for any that is free
 * @param latency how long each region takes to answer
 * @param unevenPages whether some pages are short or empty though more follow, which AWS allows
 *     itself
 * @param apiQuotas whether the quotas of API Gateway's control plane and of CloudTrail's
 *     LookupEvents are enforced
 * @param trail whether the customer's account has a trail, which records all regions
 * @param clock ends sessions; signatures are always checked against the machine's own clock
 */
public record SampleConfig(
    long seed,
    int instances,
    int buckets,
    ApiSize apis,
    int regions,
    int port,
    Latency latency,
    boolean unevenPages,
    boolean apiQuotas,
    boolean trail,
    InstantSource clock) {

  /**
   * An account with 1,200 instances, 24 buckets and 60 APIs in 34 regions, and something of every
   * risk.
   */
  public static SampleConfig defaults() {
    return new SampleConfig(
        1,
        1200,
        24,
        new ApiSize(60, 0, 0),
        34,
        0,
        Latency.none(),
        true,
        false,
        false,
        InstantSource.system());
  }

  public SampleConfig withSeed(long value) {
    return new SampleConfig(
        value,
        instances,
        buckets,
        apis,
        regions,
        port,
        latency,
        unevenPages,
        apiQuotas,
        trail,
        clock);
  }

  public SampleConfig withInstances(int value) {
    return new SampleConfig(
        seed, value, buckets, apis, regions, port, latency, unevenPages, apiQuotas, trail, clock);
  }

  public SampleConfig withBuckets(int value) {
    return new SampleConfig(
        seed, instances, value, apis, regions, port, latency, unevenPages, apiQuotas, trail, clock);
  }

  /** Of every kind, and if there are 35 or more with every flaw. */
  public SampleConfig withApis(int value) {
    return new SampleConfig(
        seed,
        instances,
        buckets,
        new ApiSize(value, apis.alike(), apis.routes()),
        regions,
        port,
        latency,
        unevenPages,
        apiQuotas,
        trail,
        clock);
  }

  /** So many REST APIs besides, alike and in the largest region, with so many routes each. */
  public SampleConfig withRestApis(int count, int routes) {
    return new SampleConfig(
        seed,
        instances,
        buckets,
        new ApiSize(apis.mixed(), count, routes),
        regions,
        port,
        latency,
        unevenPages,
        apiQuotas,
        trail,
        clock);
  }

  public SampleConfig withRegions(int value) {
    return new SampleConfig(
        seed, instances, buckets, apis, value, port, latency, unevenPages, apiQuotas, trail, clock);
  }

  public SampleConfig withPort(int value) {
    return new SampleConfig(
        seed,
        instances,
        buckets,
        apis,
        regions,
        value,
        latency,
        unevenPages,
        apiQuotas,
        trail,
        clock);
  }

  public SampleConfig withLatency(Latency value) {
    return new SampleConfig(
        seed, instances, buckets, apis, regions, port, value, unevenPages, apiQuotas, trail, clock);
  }

  public SampleConfig withUnevenPages(boolean value) {
    return new SampleConfig(
        seed, instances, buckets, apis, regions, port, latency, value, apiQuotas, trail, clock);
  }

  public SampleConfig withApiQuotas(boolean value) {
    return new SampleConfig(
        seed, instances, buckets, apis, regions, port, latency, unevenPages, value, trail, clock);
  }

  public SampleConfig withTrail(boolean value) {
    return new SampleConfig(
        seed,
        instances,
        buckets,
        apis,
        regions,
        port,
        latency,
        unevenPages,
        apiQuotas,
        value,
        clock);
  }

  public SampleConfig withClock(InstantSource value) {
    return new SampleConfig(
        seed,
        instances,
        buckets,
        apis,
        regions,
        port,
        latency,
        unevenPages,
        apiQuotas,
        trail,
        value);
  }
}
