package io.cloudoperator.bench.report;

import java.util.Optional;

/**
 * A figure that decides something.
 *
 * @param what such as {@code ec2 module ÷ ours}
 * @param unit {@code ×} for a ratio
 * @param bar what it has to reach, if anything
 */
public record BarCheck(String what, double value, String unit, Optional<Bar> bar) {
  /** Whether the bar is met; empty without a bar. */
  public Optional<Boolean> met() {
    return bar.map(limit -> limit.isMetBy(value));
  }
}
