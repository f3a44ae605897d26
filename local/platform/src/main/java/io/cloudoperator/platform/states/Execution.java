package io.cloudoperator.platform.states;

import java.time.Instant;
import java.util.List;

/**
 * An execution that has ended.
 *
 * @param output JSON; empty unless it succeeded
 * @param error the error's name; empty if it succeeded
 * @param steps each state that was left, in that order, Map iterations included
 */
public record Execution(
    String arn,
    Status status,
    Instant started,
    Instant ended,
    String input,
    String output,
    String error,
    String cause,
    List<Step> steps) {

  public Execution {
    steps = List.copyOf(steps);
  }

  /** How it ended. */
  public enum Status {
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
  }

  /**
   * A state that was left, by its output or by an error.
   *
   * @param input JSON, as the state got it
   * @param payload JSON, what a Task gave its function; empty for another state
   * @param output JSON; the output that a Catch makes of an error too; empty if the error was not
   *     caught
   * @param error the error's name and cause; empty without one
   */
  public record Step(String state, String input, String payload, String output, String error) {}
}
