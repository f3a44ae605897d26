package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which of an account's enabled regions a scan is to read. What has no region, such as the list of
 * buckets, is read by every scan.
 *
 * @param regions that are named; none if all are to be read
 */
public record RegionChoice(Kind kind, SortedSet<RegionName> regions) {
  /** Every enabled region. */
  public static final RegionChoice ALL = new RegionChoice(Kind.ALL, new TreeSet<>());

  /** The most regions that a choice may name: more than AWS has in any partition. */
  public static final int MOST = 64;

  /** What becomes of the regions that are named. */
  public enum Kind {
    ALL,
    /** They are read, and no other. */
    ONLY,
    /** They are left out, and all others read. */
    EXCEPT
  }

  /**
   * @throws IllegalArgumentException unless regions are named exactly where it takes some, and no
   *     more than {@link #MOST}
   */
  public RegionChoice {
    regions = Collections.unmodifiableSortedSet(new TreeSet<>(regions));
    if (regions.isEmpty() != (kind == Kind.ALL) || regions.size() > MOST) {
      throw new IllegalArgumentException("it names 1 to " + MOST + " regions");
    }
  }

  /** These regions and no other. */
  public static RegionChoice only(Collection<RegionName> regions) {
    return new RegionChoice(Kind.ONLY, new TreeSet<>(regions));
  }

  /** All regions but these. */
  public static RegionChoice except(Collection<RegionName> regions) {
    return new RegionChoice(Kind.EXCEPT, new TreeSet<>(regions));
  }

  /** Whether it takes a region that is enabled. */
  public boolean takes(RegionName region) {
    return switch (kind) {
      case ALL -> true;
      case ONLY -> regions.contains(region);
      case EXCEPT -> !regions.contains(region);
    };
  }

  /**
   * The regions that it names and cannot mean. One that the account has not enabled can be left
   * out, for nothing is read there; it cannot be read.
   */
  public List<RegionName> unknown(Set<RegionName> enabled, Set<RegionName> notOptedIn) {
    return regions.stream()
        .filter(region -> !enabled.contains(region))
        .filter(region -> kind == Kind.ONLY || !notOptedIn.contains(region))
        .toList();
  }
}
