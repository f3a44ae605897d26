package io.cloudoperator.local.cli;

import io.cloudoperator.local.console.ProgressBar;
import io.cloudoperator.local.console.TerminalColors;
import io.cloudoperator.local.console.TerminalReport;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;

/** Where a command writes: results on standard output, all else on standard error. */
record Terminal(PrintStream out, PrintStream err) {
  private static final int USUAL = 80;
  private static final int NARROWEST = 40;

  ProgressBar progressBar() {
    return new ProgressBar(err, interactive());
  }

  /** Prints a report as far as the stream's character set has it. */
  void print(String report) {
    out.print(TerminalReport.within(out.charset(), report));
  }

  /** How many characters a line of a report has at the most, as the shell or the launcher says. */
  static int width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{0,3}")
        ? Math.max(Integer.parseInt(columns), NARROWEST)
        : USUAL;
  }

  int width() {
    return width(System.getenv());
  }

  TerminalColors style() {
    return TerminalColors.of(System.getenv(), interactive());
  }

  /** Whether a person types just that, who is asked for it on standard error. */
  @SuppressWarnings("SystemConsoleNull") // As below.
  boolean typed(String question, String answer) {
    Console console = System.console();
    if (console == null || !interactive()) {
      return false;
    }
    err.print(question);
    err.flush();
    String line = console.readLine();
    return line != null && line.strip().equals(answer);
  }

  // It is null again on JDK 25, whose own console is the default:
  // https://bugs.openjdk.org/browse/JDK-8351435
  @SuppressWarnings("SystemConsoleNull")
  private static boolean interactive() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
