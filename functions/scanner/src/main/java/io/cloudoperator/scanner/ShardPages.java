package io.cloudoperator.scanner;

import io.cloudoperator.scan.RunStore;

/**
 * Into which page of a shard the next outcomes are written: the one that has got least, for a write
 * costs as much as the whole page (docs/decisions/050-what-a-scan-writes.md). A write that failed
 * may have come through, and is repeated into the same page.
 */
final class ShardPages {
  /** An outcome is some 500 bytes, a call some 30. */
  private static final int CALLS_OF_A_REGION = 16;

  private final int[] written;

  ShardPages(int pages) {
    written = new int[pages];
  }

  int next() {
    int least = 0;
    for (int page = 1; page < written.length; page++) {
      if (written[page] < written[least]) {
        least = page;
      }
    }
    return least;
  }

  /** These were written into {@link #next}. */
  void written(RunStore.Outcomes outcomes) {
    written[next()] += outcomes.calls().size() + CALLS_OF_A_REGION * outcomes.regions().size();
  }
}
