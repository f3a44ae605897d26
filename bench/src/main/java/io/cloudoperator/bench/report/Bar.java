package io.cloudoperator.bench.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param least whether the limit is the least that will do, or else the most
 */
public record Bar(boolean least, double limit) {
  /** Met from this limit on. */
  public static Bar atLeast(double limit) {
    return new Bar(true, limit);
  }

  /** Met up to this limit. */
  public static Bar atMost(double limit) {
    return new Bar(false, limit);
  }

  boolean isMetBy(double value) {
    return least ? value >= limit : value <= limit;
  }

  @Override
  @JsonValue
  public String toString() {
    return (least ? "≥ " : "≤ ")
        + (limit == Math.rint(limit)
            ? String.format(Locale.ROOT, "%.0f", limit)
            : String.format(Locale.ROOT, "%.4g", limit).replaceFirst("0+$", ""));
  }
}
