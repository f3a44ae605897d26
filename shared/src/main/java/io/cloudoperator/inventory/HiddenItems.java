package io.cloudoperator.inventory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of the sources of an inventory no scan has come to yet: an API may be of one of these. */
final class HiddenItems {
  private final Set<Inventory.Source> partly = new HashSet<>();
  private final Map<Inventory.Source, Set<Long>> read = new HashMap<>();

  HiddenItems(Inventory inventory) {
    for (Inventory.Progress progress : inventory.progress()) {
      if (progress.partly()) {
        partly.add(progress.source());
        for (ReadRound round : progress.of().rounds()) {
          read.computeIfAbsent(progress.source(), _ -> new HashSet<>())
              .addAll(round.fingerprints());
        }
      }
    }
  }

  /** Whether some of what the source lists has not been read. */
  boolean of(Inventory.Source source) {
    return partly.contains(source);
  }

  /**
   * Whether an API may be there that is not among those that were found. Where the list names APIs,
   * as it does those of API Gateway, those that were not read are among them.
   */
  boolean mayHave(ApiId absent) {
    return Optional.ofNullable(read.get(absent.source()))
        .filter(known -> !known.contains(ReadRound.fingerprint(absent.item())))
        .isPresent();
  }
}
