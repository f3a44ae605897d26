package io.cloudoperator.local.console;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A report for a terminal, written line by line. Not thread-safe. */
public abstract class TerminalReport {
  private static final Pattern ESCAPES = Pattern.compile("\\u001b\\[[0-9;]*m");
  private static final Pattern WORD = Pattern.compile("\\s*\\S+");

  final TerminalColors style;
  private final StringBuilder text = new StringBuilder();

  TerminalReport(TerminalColors style) {
    this.style = style;
  }

  /**
   * A text with no line longer than this: those that are go on below themselves, two characters
   * further in.
   */
  static String wrapped(String text, int width) {
    return text.lines()
        .map(line -> wrappedLine(line, width))
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static String wrappedLine(String line, int width) {
    if (shown(line) <= width) {
      return line;
    }
    String indent = " ".repeat(line.length() - line.stripLeading().length() + 2);
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    // Each word with the spaces before it.
    Matcher words = WORD.matcher(line);
    while (words.find()) {
      String word = words.group();
      if (column > 0 && column + shown(word) > width) {
        wrapped.append(System.lineSeparator()).append(indent);
        column = indent.length();
        word = word.stripLeading();
      }
      wrapped.append(word);
      column += shown(word);
    }
    return wrapped.toString();
  }

  /** How wide it is on a terminal, which shows no escape sequence. */
  private static int shown(String text) {
    String shown = ESCAPES.matcher(text).replaceAll("");
    return shown.codePointCount(0, shown.length());
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
        .replace('▁', '_')
        .replace('▂', '.')
        .replace('▃', '-')
        .replace('▄', '=')
        .replace('▅', '+')
        .replace('▆', '*')
        .replace('·', '-')
        .replace("→", "->")
        .replace("…", "...");
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
