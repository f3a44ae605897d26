package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.NOON;
import static io.cloudoperator.scan.Sample.key;
import static io.cloudoperator.scan.Sample.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.scan.Run.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunTest {
  private static final Run.Failure OTHER =
      new Run.Failure("role_not_assumable", "The role cannot be assumed.");

  @ParameterizedTest
  @CsvSource({"PT0S, RUNNING", "PT6M, RUNNING", "PT6M0.001S, TIMED_OUT"})
  void hasTimedOutAfterItsDeadline(Duration after, State state) {
    assertThat(run(1).stateAt(NOON.plus(after))).isEqualTo(state);
  }

  @Test
  void isReadAsItEndedWheneverItIsRead() {
    Instant late = NOON.plus(Duration.ofHours(1));

    assertThat(ended(State.CONCLUDED, Optional.empty()).stateAt(late)).isEqualTo(State.CONCLUDED);
    assertThat(ended(State.FAILED, Optional.of(OTHER)).stateAt(late)).isEqualTo(State.FAILED);
    assertThat(ended(State.FAILED, Optional.of(Run.CANCELLED)).stateAt(late))
        .isEqualTo(State.CANCELLED);
  }

  @Test
  void hasAFailureExactlyWhenItFailed() {
    assertThatThrownBy(() -> ended(State.FAILED, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ended(State.CONCLUDED, Optional.of(OTHER)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Run ended(State state, Optional<Run.Failure> failure) {
    return new Run(
        key(1),
        0,
        Run.Trigger.SCHEDULE,
        RegionChoice.ALL,
        NOON,
        NOON.plus(Run.LONGEST),
        state,
        failure);
  }
}
