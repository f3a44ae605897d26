package io.cloudoperator.scan;

import java.time.Duration;
import java.time.Instant;
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

  private final Instant now;
  private final SortedMap<String, Long> byState = new TreeMap<>();
  private final SortedMap<String, Long> byFamily = new TreeMap<>();
  private final SortedMap<String, Long> byArchitecture = new TreeMap<>();
  private final SortedMap<String, Long> byPlatform = new TreeMap<>();
  private final SortedMap<String, Long> byTenancy = new TreeMap<>();
  private long total;
  private long imdsV1Allowed;
  private long publicIpv4;
  private long noInstanceProfile;
  private long launchWizardGroup;
  private long previousGeneration;
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
    byState.merge(instance.state(), 1L, Long::sum);
    if (GONE.contains(instance.state())) {
      return;
    }
    String family = family(instance.type());
    byFamily.merge(family, 1L, Long::sum);
    byArchitecture.merge(instance.architecture(), 1L, Long::sum);
    byPlatform.merge(instance.platform(), 1L, Long::sum);
    byTenancy.merge(instance.tenancy(), 1L, Long::sum);
    imdsV1Allowed += one(instance.imdsV1());
    publicIpv4 += one(instance.publicIpv4());
    noInstanceProfile += one(!instance.instanceProfile());
    launchWizardGroup += one(instance.launchWizardGroup());
    previousGeneration += one(PREVIOUS_GENERATION.contains(family));
    switch (instance.state()) {
      case "stopped" -> stoppedOver30Days += one(olderThan(LONG_STOPPED, instance.stoppedAt()));
      case "running" -> runningOverOneYear += one(olderThan(LONG_RUNNING, instance.launchedAt()));
      default -> {}
    }
  }

  /** What was counted so far. */
  public InstanceCounts counts() {
    return new InstanceCounts(
        total,
        byState,
        byFamily,
        byArchitecture,
        byPlatform,
        byTenancy,
        imdsV1Allowed,
        publicIpv4,
        noInstanceProfile,
        launchWizardGroup,
        previousGeneration,
        stoppedOver30Days,
        runningOverOneYear);
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
