package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.NOW;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Inventories of sources that one scan does not read whole. */
final class PartlyRead {
  private PartlyRead() {}

  /**
   * The same in Ireland, where of a source so many items are listed, and these were read.
   *
   * @param left the names of the first that were not
   */
  static Inventory of(
      Inventory whole, ApiSource<?> source, long listed, List<String> left, String... read) {
    ReadRound round = ReadRound.of(NOW, Arrays.stream(read).map(ReadRound::fingerprint).toList());
    return new Inventory(
        whole.read(),
        whole.unread(),
        whole.apis(),
        List.of(
            new Inventory.Progress(
                new Inventory.Source("eu-west-1", source),
                new SourceProgress(listed, read.length, left, Optional.of(NOW), List.of(round)))));
  }
}
