package io.cloudoperator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {
  private final FingerprintSet set = new FingerprintSet();

  @Test
  void knowsWhatWasAddedHoweverManyCameAfterIt() {
    add(5_000);

    for (int i = 0; i < 5_000; i++) {
      assertThat(set.contains("text-" + i)).isTrue();
      assertThat(set.add("text-" + i)).isFalse();
    }
    assertThat(set.contains("another")).isFalse();
    assertThat(set.full()).isFalse();
  }

  @Test
  @Tag("large")
  void saysThatItKnowsNoNewOneAfterAMillion() {
    add(1_000_000);
    assertThat(set.full()).isFalse();

    assertThat(set.add("another")).isTrue();
    assertThat(set.add("another")).isTrue();
    assertThat(set.full()).isTrue();
    assertThat(set.contains("another")).isFalse();
    assertThat(set.add("text-999999")).isFalse();
  }

  private void add(int most) {
    for (int i = 0; i < most; i++) {
      assertThat(set.add("text-" + i)).isTrue();
    }
  }
}
