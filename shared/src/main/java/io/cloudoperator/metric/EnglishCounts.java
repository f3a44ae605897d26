package io.cloudoperator.metric;

import java.util.Locale;

/** Numbers in sentences for people. */
public final class EnglishCounts {
  private static final long WHOLE = 100;

  private EnglishCounts() {}

  /** {@code 1,200}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 region}, {@code 1,200 regions}. */
  public static String count(long count, String thing) {
    return number(count) + " " + (count == 1 ? thing : thing + "s");
  }

  /** {@code The one region is}, {@code All 2 regions are}. */
  public static String all(long count, String thing) {
    return count == 1
        ? "The one %s is".formatted(thing)
        : "All %s are".formatted(count(count, thing));
  }

  /**
   * A share in percent, rounded, but never to nothing or to all where it is neither.
   *
   * @param whole more than 0
   */
  public static String percent(long part, long whole) {
    long rounded = Math.round((double) part * WHOLE / whole);
    if (rounded == 0 && part > 0) {
      return "less than 1%";
    }
    if (rounded == WHOLE && part < whole) {
      return "more than 99%";
    }
    return rounded + "%";
  }
}
