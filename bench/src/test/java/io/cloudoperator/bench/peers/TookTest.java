package io.cloudoperator.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TookTest {
  @Test
  void isSaidLast() {
    assertThat(Took.read(List.of("buckets 7", "process 2.5 1.25 143.0")))
        .isEqualTo(new Took(List.of("buckets 7"), 2.5, 1.25, 143, Optional.empty()));
  }

  @Test
  void hasThePartAfterTheImportsWhereItIsSaid() {
    Took took = Took.read(List.of("buckets 7", "reading 2.0 1.5", "process 2.5 1.75 143.0"));

    assertThat(took.reading()).contains(new Took.Reading(2, 1.5));
    assertThat(took.output()).containsExactly("buckets 7");
  }

  @Test
  void isUnknownOfAProcessThatWasNotMeasured() {
    assertThatIllegalArgumentException().isThrownBy(() -> Took.read(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Took.read(List.of("buckets 7")));
  }
}
