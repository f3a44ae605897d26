package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A state of a definition, checked. {@code next} is empty where the flow ends. */
sealed interface State {

  /**
   * Invokes a function.
   *
   * @param function its ARN, if the resource is the function itself; empty for the {@code
   *     lambda:invoke} integration
   */
  record Task(
      Optional<String> function,
      Flow flow,
      Duration timeout,
      ErrorHandling errors,
      Optional<String> next)
      implements State {}

  /** Runs the processor for each item. {@code maxConcurrency} 0 stands for no limit. */
  record ForEach(
      JsonPath itemsPath,
      Optional<PayloadTemplate> itemSelector,
      int maxConcurrency,
      Definition processor,
      Flow flow,
      ErrorHandling errors,
      Optional<String> next)
      implements State {}

  record Pass(Optional<JsonNode> result, Flow flow, Optional<String> next) implements State {}

  record Choice(List<Branch> branches, Optional<String> otherwise, Flow flow) implements State {}

  record Branch(ChoiceRule rule, String next) {}

  record Succeed(Flow flow) implements State {}

  record Fail(String error, String cause) implements State {}

  record ErrorHandling(List<Retrier> retriers, List<Catcher> catchers) {
    static final ErrorHandling NONE = new ErrorHandling(List.of(), List.of());
  }

  /** {@code maxDelay} bounds the wait before any retry. */
  record Retrier(
      Set<String> errors,
      Duration interval,
      double backoffRate,
      int maxAttempts,
      Duration maxDelay,
      boolean fullJitter) {

    Duration delay(int attempt) {
      double millis = interval.toMillis() * Math.pow(backoffRate, attempt - 1.0);
      return Duration.ofMillis((long) Math.min(millis, (double) maxDelay.toMillis()));
    }
  }

  record Catcher(Set<String> errors, Optional<JsonPath> resultPath, String next) {}

  /** Whether a list of error names speaks of this error. */
  static boolean matches(Set<String> names, String error) {
    return switch (error) {
      case StateFailure.RUNTIME -> false;
      case StateFailure.DATA_LIMIT -> names.contains(error);
      case StateFailure.TIMEOUT -> names.contains(error) || names.contains("States.ALL");
      default ->
          names.contains(error)
              || names.contains("States.ALL")
              || names.contains("States.TaskFailed");
    };
  }
}
