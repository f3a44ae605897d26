package io.cloudoperator.scan;

import java.util.List;

/**
 * Something in the account that its owner should look at.
 *
 * @param count how many instances
 * @param regions where, most first
 * @param title one line for people
 * @param why what may happen
 * @param remedy what to do
 */
public record RiskFlag(
    Kind kind,
    Severity severity,
    long count,
    List<RegionName> regions,
    String title,
    String why,
    String remedy) {
  public RiskFlag {
    regions = List.copyOf(regions);
  }

  /** Most severe first. */
  public enum Severity {
    HIGH,
    MEDIUM,
    LOW
  }

  /** What is looked for. */
  public enum Kind {
    IMDSV1_ALLOWED,
    PUBLIC_IPV4,
    LAUNCH_WIZARD_GROUP,
    NO_INSTANCE_PROFILE,
    PREVIOUS_GENERATION,
    STOPPED_OVER_30_DAYS,
    RUNNING_OVER_ONE_YEAR,
    SPARSE_REGIONS
  }
}
