package io.cloudoperator.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the items of a source are read that one scan does not read whole: the list of them always
 * is, and what it does not come to is as earlier scans have read it, or unread.
 *
 * @param listed how many items there are
 * @param read how many of them were read, now or by an earlier scan
 * @param left some of those that no scan has come to yet, by their ids or names
 * @param oldest when the scan began that read the one that was read the longest ago; absent if all
 *     were read now
 * @param rounds when each was read, where the inventory does not say it of each
 */
public record SourceProgress(
    long listed, long read, List<String> left, Optional<Instant> oldest, List<ReadRound> rounds) {
  /** The most that are named of those that are left: their names stand in each snapshot. */
  public static final int MOST_NAMED = 10;

  public SourceProgress {
    left = List.copyOf(left);
    rounds = List.copyOf(rounds);
  }
}
