package io.cloudoperator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.reconcile.SkippedFile.Kind;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedEntriesTest {
  @Test
  void listsTheFirstInWhateverOrderTheyComeAndCountsAll() {
    CountedEntries<Kind, String> entries =
        new CountedEntries<>(2, Comparator.<String>naturalOrder());
    for (String entry : List.of("c", "a", "d", "b")) {
      entries.count(Kind.OTHER);
      entries.list(entry);
    }

    assertThat(entries.listed()).containsExactly("a", "b");
    assertThat(entries.counted(Kind.OTHER)).isEqualTo(4);
    assertThat(entries.counted(Kind.EMPTY)).isZero();
  }
}
