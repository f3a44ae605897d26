package io.cloudoperator.scan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many EC2 instances of each kind. States count every instance; all else leaves out those that
 * are shutting down or terminated.
 *
 * @param total of all states
 * @param byFamily by the part of the type before the dot, such as {@code m7g}
 * @param imdsV1Allowed whose metadata service takes requests without a token
 * @param publicIpv4 with a public IPv4 address
 * @param noInstanceProfile without a role of their own
 * @param launchWizardGroup in a security group that the launch wizard made
 * @param previousGeneration of a type that AWS calls previous generation
 * @param stoppedOver30Days stopped for more than 30 days
 * @param runningOverOneYear running for more than 365 days without a restart
 */
public record InstanceCounts(
    long total,
    SortedMap<String, Long> byState,
    SortedMap<String, Long> byFamily,
    SortedMap<String, Long> byArchitecture,
    SortedMap<String, Long> byPlatform,
    SortedMap<String, Long> byTenancy,
    long imdsV1Allowed,
    long publicIpv4,
    long noInstanceProfile,
    long launchWizardGroup,
    long previousGeneration,
    long stoppedOver30Days,
    long runningOverOneYear) {

  /** No instance at all. */
  public static final InstanceCounts NONE =
      new InstanceCounts(
          0,
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          0,
          0,
          0,
          0,
          0,
          0,
          0);

  public InstanceCounts {
    byState = copy(byState);
    byFamily = copy(byFamily);
    byArchitecture = copy(byArchitecture);
    byPlatform = copy(byPlatform);
    byTenancy = copy(byTenancy);
  }

  /** Those that are neither shutting down nor terminated: of these all but the states speaks. */
  public long live() {
    return total
        - byState.getOrDefault("shutting-down", 0L)
        - byState.getOrDefault("terminated", 0L);
  }

  /** The counts of both together. */
  public InstanceCounts plus(InstanceCounts other) {
    return new InstanceCounts(
        total + other.total,
        merged(byState, other.byState),
        merged(byFamily, other.byFamily),
        merged(byArchitecture, other.byArchitecture),
        merged(byPlatform, other.byPlatform),
        merged(byTenancy, other.byTenancy),
        imdsV1Allowed + other.imdsV1Allowed,
        publicIpv4 + other.publicIpv4,
        noInstanceProfile + other.noInstanceProfile,
        launchWizardGroup + other.launchWizardGroup,
        previousGeneration + other.previousGeneration,
        stoppedOver30Days + other.stoppedOver30Days,
        runningOverOneYear + other.runningOverOneYear);
  }

  private static SortedMap<String, Long> copy(Map<String, Long> counts) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  private static SortedMap<String, Long> merged(Map<String, Long> a, Map<String, Long> b) {
    SortedMap<String, Long> sum = new TreeMap<>(a);
    b.forEach((key, count) -> sum.merge(key, count, Long::sum));
    return sum;
  }
}
