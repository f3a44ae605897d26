package io.cloudoperator.platform.states;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A state of a definition, checked. {@code next} is empty where the flow ends. */
sealed interface AslState {

  /** Invokes a function by the {@code lambda:invoke} integration. */
  record Task(
      String function,
      PayloadTemplate parameters,
      Flow flow,
      Duration timeout,
      ErrorHandling errors,
      Optional<String> next)
      implements AslState {}

  /** The Map state: runs the processor for each item. */
  record ForEach(
      JsonPath itemsPath,
      PayloadTemplate itemSelector,
      int maxConcurrency,
      Definition processor,
      Flow flow,
      ErrorHandling errors,
      Optional<String> next)
      implements AslState {}

  record Pass(PayloadTemplate parameters, Flow flow, Optional<String> next) implements AslState {}

  record ErrorHandling(List<Retrier> retriers, List<Catcher> catchers) {}

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
