package io.cloudoperator.sample;

import io.cloudoperator.sample.control.Latency;
import io.cloudoperator.sample.data.ApiSize;
import io.cloudoperator.sample.kms.KmsKey;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** What a sample AWS is like. Immutable: each setting makes a changed copy. */
public final class SampleConfig implements Cloneable {

  long seed = 1;
  int instances = 1200;
  int buckets = 24;
  int regions = 34;
  int port = 0;
  Latency latency = Latency.none();
  boolean unevenPages = true;
  boolean apiQuotas = false;
  boolean trail = false;
  InstantSource clock = InstantSource.system();
  ApiSize apis = new ApiSize(60, 0, 0, 0);
  List<KmsKey> keys = List.of();

  private SampleConfig() {}

  /**
   * An account with 1,200 instances, 24 buckets and 60 APIs in 34 regions, and something of every
   * risk.
   */
  public static SampleConfig defaults() {
    return new SampleConfig();
  }

  private SampleConfig with(Consumer<SampleConfig> setting) {
    try {
      SampleConfig copy = (SampleConfig) clone();
      setting.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Decides everything about the customer's account that its size does not. */
  public SampleConfig withSeed(long value) {
    return with(copy -> copy.seed = value);
  }

  /** How many, in whatever state, in all regions together. */
  public SampleConfig withInstances(int value) {
    return with(copy -> copy.instances = value);
  }

  public SampleConfig withBuckets(int value) {
    return with(copy -> copy.buckets = value);
  }

  /**
   * How many of AWS's 34 commercial regions the customer's account has enabled; those that need no
   * opt-in come first.
   */
  public SampleConfig withRegions(int value) {
    return with(copy -> copy.regions = value);
  }

  /** Zero for any that is free. */
  public SampleConfig withPort(int value) {
    return with(copy -> copy.port = value);
  }

  /** How long each region takes to answer. */
  public SampleConfig withLatency(Latency value) {
    return with(copy -> copy.latency = value);
  }

  /** Whether some pages are short or empty though more follow, which AWS allows itself. */
  public SampleConfig withUnevenPages(boolean value) {
    return with(copy -> copy.unevenPages = value);
  }

  /**
   * Whether the quotas of API Gateway's control plane and of CloudTrail's LookupEvents are
   * enforced.
   */
  public SampleConfig withApiQuotas(boolean value) {
    return with(copy -> copy.apiQuotas = value);
  }

  /** Whether the customer's account has a trail, which records all regions. */
  public SampleConfig withTrail(boolean value) {
    return with(copy -> copy.trail = value);
  }

  /** Ends sessions; signatures are always checked against the machine's own clock. */
  public SampleConfig withClock(InstantSource value) {
    return with(copy -> copy.clock = value);
  }

  /** The broker's KMS keys; of either usage a new one is made if none is among them. */
  public SampleConfig withKeys(List<KmsKey> value) {
    return with(copy -> copy.keys = List.copyOf(value));
  }

  /** Of every kind, and if there are 35 or more with every flaw. */
  public SampleConfig withApis(int value) {
    return with(
        copy -> copy.apis = new ApiSize(value, apis.alike(), apis.routes(), apis.functions()));
  }

  /** So many REST APIs besides, alike and in the largest region, with so many routes each. */
  public SampleConfig withRestApis(int count, int routes) {
    return with(copy -> copy.apis = new ApiSize(apis.mixed(), count, routes, apis.functions()));
  }

  /** So many functions besides, in the largest region; each twentieth has a URL. */
  public SampleConfig withFunctions(int count) {
    return with(copy -> copy.apis = new ApiSize(apis.mixed(), apis.alike(), apis.routes(), count));
  }
}
