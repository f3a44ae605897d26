package io.cloudoperator.bench.report;

import java.util.Locale;

/** What a figure has to reach. */
public record Bar(Sense sense, double limit) {
  /** On which side of the limit a figure has to be. */
  public enum Sense {
    AT_LEAST("≥"),
    AT_MOST("≤");

    private final String sign;

    Sense(String sign) {
      this.sign = sign;
    }
  }

  /** Met from this limit on. */
  public static Bar atLeast(double limit) {
    return new Bar(Sense.AT_LEAST, limit);
  }

  /** Met up to this limit. */
  public static Bar atMost(double limit) {
    return new Bar(Sense.AT_MOST, limit);
  }

  boolean isMetBy(double value) {
    return switch (sense) {
      case AT_LEAST -> value >= limit;
      case AT_MOST -> value <= limit;
    };
  }

  @Override
  public String toString() {
    return sense.sign
        + " "
        + (limit == Math.rint(limit)
            ? String.format(Locale.ROOT, "%.0f", limit)
            : String.format(Locale.ROOT, "%.4g", limit).replaceFirst("0+$", ""));
  }
}
