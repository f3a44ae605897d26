package io.cloudoperator.local.console;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A number over the scans that are kept, a character each, from zero to the largest.
 *
 * @param values oldest first; empty where a scan does not know it
 */
record Sparkline(String title, List<OptionalLong> values) {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  Sparkline {
    values = List.copyOf(values);
  }

  /** Whether two scans know it, so that there is something to compare. */
  boolean comparable() {
    return values.stream().filter(OptionalLong::isPresent).count() > 1;
  }

  boolean changes() {
    return values.stream().filter(OptionalLong::isPresent).distinct().count() > 1;
  }

  String bars() {
    long most = Math.max(1, values.stream().mapToLong(value -> value.orElse(0)).max().orElse(1));
    return values.stream()
        .map(value ->
            value.isEmpty()
                ? "?"
                : String.valueOf(
                    LEVELS.charAt((int) (value.getAsLong() * (LEVELS.length() - 1) / most))))
        .collect(Collectors.joining());
  }
}
