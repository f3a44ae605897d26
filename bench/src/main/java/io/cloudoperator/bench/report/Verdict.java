package io.cloudoperator.bench.report;

import java.util.Optional;

/**
 * A figure that decides something.
 *
 * @param what such as {@code ec2 module ÷ ours}
 * @param unit {@code ×} for a ratio
 * @param bar what issue 4 asks of it, where it asks
 */
public record Verdict(String what, double value, String unit, Optional<Bar> bar) {
  /** Whether the bar is met; empty without a bar. */
  public Optional<Boolean> met() {
    return bar.map(limit -> limit.isMetBy(value));
  }
}
