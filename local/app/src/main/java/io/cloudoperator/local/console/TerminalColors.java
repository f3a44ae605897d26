package io.cloudoperator.local.console;

import java.util.Map;

/** Terminal colours, or none: on a pipe, under NO_COLOR, on a dumb terminal. */
public final class TerminalColors {
  private final boolean colours;

  private TerminalColors(boolean colours) {
    this.colours = colours;
  }

  public static TerminalColors plain() {
    return new TerminalColors(false);
  }

  /**
   * Colours if standard output is a terminal that wants them.
   *
   * @see <a href="https://no-color.org">NO_COLOR</a>
   */
  public static TerminalColors of(Map<String, String> environment, boolean terminal) {
    return new TerminalColors(
        terminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb"));
  }

  String bold(String text) {
    return with("1", text);
  }

  String faint(String text) {
    return with("2", text);
  }

  String red(String text) {
    return with("31", text);
  }

  String green(String text) {
    return with("32", text);
  }

  String yellow(String text) {
    return with("33", text);
  }

  private String with(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
