package io.cloudoperator.service.ec2;

import io.cloudoperator.scan.InstanceCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts instances as they stream by and forgets them: its size does not depend on how many there
 * are. Not safe for use by several threads.
 */
public final class InstanceTally {
  /**
   * Families that AWS calls previous generation, or has retired.
   *
   * @see <a href="https://aws.amazon.com/ec2/previous-generation/">Previous Generation
   *     Instances</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html">{@code
   *     currentGeneration} of DescribeInstanceTypes</a>, which the minimal tier does not call
   */
  private static final Set<String> PREVIOUS_GENERATION =
      Set.of(
          "a1", "c1", "c3", "c4", "cc1", "cc2", "cg1", "cr1", "d2", "g2", "g3", "g3s", "hi1", "hs1",
          "i2", "m1", "m2", "m3", "m4", "p2", "r3", "r4", "t1");

  // States that AWS no longer bills and nobody can act on.
  private static final Set<String> GONE = Set.of("shutting-down", "terminated");

  private static final Duration LONG_STOPPED = Duration.ofDays(30);
  private static final Duration LONG_RUNNING = Duration.ofDays(365);

  // Several times the instance types that there are: what keeps the size of a tally bounded.
  static final int MOST_KINDS = 5000;
  static final String OTHER = "other";

  private final Instant now;
  private final Map<String, long[]> byState = new HashMap<>();
  private final Map<String, long[]> byType = new HashMap<>();
  private final Map<String, long[]> byArchitecture = new HashMap<>();
  private final Map<String, long[]> byPlatform = new HashMap<>();
  private final Map<String, long[]> byTenancy = new HashMap<>();
  private long total;
  private long imdsV1Allowed;
  private long publicIpv4;
  private long noInstanceProfile;
  private long launchWizardGroup;
  private long stoppedOver30Days;
  private long runningOverOneYear;

  /**
   * @param now what ages are measured against
   */
  public InstanceTally(Instant now) {
    this.now = now;
  }

  /** Counts one more instance. */
  public void add(InstanceFacts instance) {
    total++;
    count(byState, instance.state());
    if (GONE.contains(instance.state())) {
      return;
    }
    count(byType, instance.type());
    count(byArchitecture, instance.architecture());
    count(byPlatform, instance.platform());
    count(byTenancy, instance.tenancy());
    imdsV1Allowed += one(instance.imdsV1());
    publicIpv4 += one(instance.publicIpv4());
    noInstanceProfile += one(!instance.instanceProfile());
    launchWizardGroup += one(instance.launchWizardGroup());
    switch (instance.state()) {
      case "stopped" -> stoppedOver30Days += one(olderThan(LONG_STOPPED, instance.stoppedAt()));
      case "running" -> runningOverOneYear += one(olderThan(LONG_RUNNING, instance.launchedAt()));
      default -> {}
    }
  }

  /** What was counted so far. */
  public InstanceCounts counts() {
    SortedMap<String, Long> byFamily = byFamily();
    return new InstanceCounts(
        total,
        sorted(byState),
        byFamily,
        sorted(byArchitecture),
        sorted(byPlatform),
        sorted(byTenancy),
        imdsV1Allowed,
        publicIpv4,
        noInstanceProfile,
        launchWizardGroup,
        previousGeneration(byFamily),
        stoppedOver30Days,
        runningOverOneYear);
  }

  private SortedMap<String, Long> byFamily() {
    SortedMap<String, Long> sum = new TreeMap<>();
    for (Map.Entry<String, long[]> type : byType.entrySet()) {
      String family = family(type.getKey());
      sum.put(family, sum.getOrDefault(family, 0L) + type.getValue()[0]);
    }
    return sum;
  }

  private static long previousGeneration(SortedMap<String, Long> byFamily) {
    long instances = 0;
    for (Map.Entry<String, Long> family : byFamily.entrySet()) {
      if (PREVIOUS_GENERATION.contains(family.getKey())) {
        instances += family.getValue();
      }
    }
    return instances;
  }

  // An array of one is counted up in place, where a Long would be made anew for each instance.
  private static void count(Map<String, long[]> by, String key) {
    long[] count = by.get(key);
    if (count == null) {
      count = by.computeIfAbsent(by.size() < MOST_KINDS ? key : OTHER, _ -> new long[1]);
    }
    count[0]++;
  }

  private static SortedMap<String, Long> sorted(Map<String, long[]> counts) {
    SortedMap<String, Long> sorted = new TreeMap<>();
    for (Map.Entry<String, long[]> each : counts.entrySet()) {
      sorted.put(each.getKey(), each.getValue()[0]);
    }
    return sorted;
  }

  private boolean olderThan(Duration age, Optional<Instant> since) {
    return since.isPresent() && since.get().plus(age).isBefore(now);
  }

  private static String family(String type) {
    int dot = type.indexOf('.');
    return dot < 0 ? type : type.substring(0, dot);
  }

  private static long one(boolean counts) {
    return counts ? 1 : 0;
  }
}
