package io.cloudoperator.scan;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import java.util.List;

/**
 * Of which regions a snapshot speaks.
 *
 * @param enabled regions that the account has enabled
 * @param complete how many of them were read to the end
 * @param unread the others, and why
 * @param notOptedIn regions that the account has not enabled: nothing can run there
 * @param bucketsRead whether the bucket list was read to the end
 */
public record Coverage(
    int enabled,
    int complete,
    List<UnreadRegion> unread,
    List<RegionName> notOptedIn,
    boolean bucketsRead) {
  /**
   * @throws IllegalArgumentException if the numbers do not add up
   */
  public Coverage {
    unread = List.copyOf(unread);
    notOptedIn = List.copyOf(notOptedIn);
    if (complete + unread.size() != enabled) {
      throw new IllegalArgumentException("complete and unread regions make up the enabled ones");
    }
  }

  /** Whether every region was read to its end, and the bucket list. */
  public boolean whole() {
    return unread.isEmpty() && bucketsRead;
  }

  /** A region that could not be read. */
  public record UnreadRegion(RegionName region, Reading.Reason reason, String code) {}
}
