package io.cloudoperator.bench.whole;

import io.cloudoperator.sample.control.Latency;
import io.cloudoperator.sample.data.Regions;
import io.cloudoperator.sample.data.SampleAccount;
import java.time.Instant;

/**
 * The least time that a scan of the sample's account can take, whoever makes it: what has to wait
 * for what, at the distances that the sample keeps. Nothing of ours is in it: no store, no key, no
 * state machine, no parsing.
 *
 * <ol>
 *   <li>Plan: a connection to STS, AssumeRole, then GetCallerIdentity and both DescribeRegions at
 *       once, EC2's connection being ready by then.
 *   <li>The shard of the slowest region: AssumeRole, while the connection to the region is set up;
 *       then its pages one after the other, for each names the next; each is sent no sooner than
 *       the pace of ten a second after a burst of fifty allows.
 * </ol>
 *
 * @param pageMillis what the sample takes to make and send a page of 1,000 instances
 */
record CriticalPath(SampleAccount account, double pageMillis) {
  /** The most that a page of DescribeInstances holds. */
  static final int PAGE = 1000;

  private static final String HOME = "us-east-1";

  /** A request takes one to its region, and a connection two more. */
  static final Latency TRIPS = Latency.fromUsEast1().withConnections();

  private static final int BURST = 50;
  private static final double PACE_MILLIS = 100;

  // Of SampleConfig.defaults, in which nothing but the number of instances is changed.
  private static final long SEED = 1;

  /** Of an account of so many instances. */
  static CriticalPath of(int instances, double pageMillis) {
    return new CriticalPath(account(instances), pageMillis);
  }

  private static SampleAccount account(int instances) {
    return new SampleAccount("", SEED, instances, 0, Regions.all().size(), Instant.EPOCH);
  }

  /** How many instances an account has whose largest region has so many full pages. */
  static int instances(int pages) {
    int instances = pages * PAGE;
    while (largest(account(instances)) < pages * PAGE) {
      instances += 1 + (pages * PAGE - largest(account(instances)));
    }
    while (largest(account(instances)) > pages * PAGE) {
      instances--;
    }
    return instances;
  }

  private static int largest(SampleAccount account) {
    return account.regions().stream().mapToInt(account::size).max().orElse(0);
  }

  double millis() {
    double home = trip(HOME);
    double plan = connection(HOME) + home + home;
    return plan + account.regions().stream().mapToDouble(this::region).max().orElse(0);
  }

  private double region(String region) {
    double connected = Math.max(trip(HOME), connection(region));
    int left = account.size(region);
    double now = 0;
    int page = 0;
    do {
      double paced = Math.max(0, page + 1 - BURST) * PACE_MILLIS;
      now = Math.max(now, paced) + trip(region) + Math.min(left, PAGE) * pageMillis / PAGE;
      left -= PAGE;
      page++;
    } while (left > 0);
    return connected + now;
  }

  private static double trip(String region) {
    return TRIPS.of(region).toNanos() / 1e6;
  }

  private static double connection(String region) {
    return TRIPS.toConnect(region).toNanos() / 1e6;
  }
}
