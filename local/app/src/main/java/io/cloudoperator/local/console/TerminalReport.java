package io.cloudoperator.local.console;

import java.nio.charset.Charset;
import java.util.Locale;

/** A report for a terminal, written line by line. Not thread-safe. */
public abstract class TerminalReport {
  final TerminalColors style;
  private final StringBuilder text = new StringBuilder();

  TerminalReport(TerminalColors style) {
    this.style = style;
  }

  /** What was written so far; each line ends with a line break. */
  final String text() {
    return text.toString();
  }

  final void heading(String title) {
    line("");
    line("  " + style.bold(title));
  }

  @SuppressWarnings("AnnotateFormatMethod")
  final void line(String format, Object... arguments) {
    text.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
        .append(System.lineSeparator());
  }

  /** Such as {@code 1 region} or {@code 1,200 regions}. */
  static String counted(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** Without what a terminal would obey, or show in another order than it is written. */
  public static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }

  /** In a character set that lacks bars and arrows, with what comes close to them in ASCII. */
  public static String within(Charset charset, String text) {
    if (charset.newEncoder().canEncode(text)) {
      return text;
    }
    return text.replaceAll("[▇█]", "#")
        .replace('░', '.')
        .replace('·', '-')
        .replace("→", "->")
        .replace("…", "...");
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
