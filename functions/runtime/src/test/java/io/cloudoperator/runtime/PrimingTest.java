package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrimingTest {
  @Test
  void goesOnWhenOneActionFails() {
    List<String> done = new ArrayList<>();

    Priming.of(
            Telemetry.logsOnly(),
            () -> {
              throw new IllegalStateException("cold");
            },
            () -> done.add("warm"))
        .warmUp();

    assertThat(done).containsExactly("warm");
  }
}
