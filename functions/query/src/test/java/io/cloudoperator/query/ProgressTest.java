package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void beginsWithEveryRegionStillToDo() {
    assertThat(Progress.of(Example.progress())).isEqualTo(new Progress(0, 3, 0, 0));
  }

  @Test
  void countsInstancesOfTheRegionsThatWereReadAndSaysOfHowMany() {
    assertThat(Progress.of(Example.progress(Example.frankfurt(), Example.tokyo())))
        .isEqualTo(new Progress(2, 3, 3, 1));
  }

  @Test
  void addsUpTheShards() {
    assertThat(
            Progress.of(
                List.of(
                    Example.progress(Example.frankfurt()).getFirst(),
                    Example.progress(Example.ohio()).getFirst())))
        .isEqualTo(new Progress(2, 6, 12, 2));
  }
}
