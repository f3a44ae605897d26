package io.cloudoperator.scan;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of which regions a snapshot speaks.
 *
 * @param enabled regions that the account has enabled
 * @param complete how many of them were read to the end
 * @param unread those that were to be read and were not, and why
 * @param notOptedIn regions that the account has not enabled: nothing can run there
 * @param notChosen enabled regions that the scan was told to leave out: what is there is unknown
 * @param bucketsRead whether the bucket list was read to the end
 */
public record Coverage(
    int enabled,
    int complete,
    List<UnreadRegion> unread,
    List<RegionName> notOptedIn,
    List<RegionName> notChosen,
    boolean bucketsRead) {
  /**
   * @throws IllegalArgumentException if the numbers do not add up
   */
  public Coverage {
    unread = List.copyOf(unread);
    notOptedIn = List.copyOf(notOptedIn);
    notChosen = List.copyOf(notChosen);
    if (complete + unread.size() + notChosen.size() != enabled) {
      throw new IllegalArgumentException(
          "complete, unread and unchosen regions make up the enabled ones");
    }
  }

  /** How many regions were to be read. */
  public int chosen() {
    return enabled - notChosen.size();
  }

  /** The enabled regions of which it says nothing. */
  public Set<RegionName> unknown() {
    return Stream.concat(unread.stream().map(UnreadRegion::region), notChosen.stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether every region that was to be read was, to its end, and the bucket list. */
  public boolean whole() {
    return unread.isEmpty() && bucketsRead;
  }

  /** A region that could not be read. */
  public record UnreadRegion(RegionName region, Reading.Reason reason, String code) {}
}
