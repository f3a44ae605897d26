package io.cloudoperator.bench.report;

import java.util.List;

/** What was measured of one subject, as often as it was. */
public record Figure(List<Double> samples) {
  /**
   * @throws IllegalArgumentException if nothing was measured
   */
  public Figure {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a figure has a sample or more");
    }
  }

  /** The one in the middle, or the mean of the two that are. */
  public double median() {
    List<Double> sorted = samples.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
