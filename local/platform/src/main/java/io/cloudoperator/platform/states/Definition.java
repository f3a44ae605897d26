package io.cloudoperator.platform.states;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A state machine's definition in Amazon States Language (JSONPath), checked whole when it is read.
 *
 * <p>Known are the states Task (by the {@code lambda:invoke} integration), Map (inline) and Pass,
 * with the fields that statemachine/scan.asl.json uses. Any other state, field, path or function is
 * refused and never left out.
 *
 * @see <a href="https://states-language.net">Amazon States Language</a>
 */
public final class Definition {
  private final String startAt;
  private final Map<String, AslState> states;
  private final Optional<Duration> timeout;

  Definition(String startAt, Map<String, AslState> states, Optional<Duration> timeout) {
    this.startAt = startAt;
    this.states = Map.copyOf(states);
    this.timeout = timeout;
  }

  /**
   * Reads a definition.
   *
   * @throws io.cloudoperator.cloudformation.TemplateException if it is wrong or uses what is not
   *     known here
   */
  public static Definition read(String json) {
    return DefinitionReader.read(json);
  }

  String startAt() {
    return startAt;
  }

  AslState state(String name) {
    AslState state = states.get(name);
    if (state == null) {
      throw new IllegalStateException("The definition was read without the state " + name);
    }
    return state;
  }

  /** How long an execution may take, if the definition says so. */
  public Optional<Duration> timeout() {
    return timeout;
  }
}
