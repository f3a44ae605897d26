package io.cloudoperator.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One quantity, measured of several subjects in the same run.
 *
 * @param figures by the name of the subject; one that was not measured is absent
 */
public record Row(String what, String unit, Map<String, Figure> figures, List<BarCheck> verdicts) {
  public Row {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    verdicts = List.copyOf(verdicts);
  }

  /** A row that samples are added to, round by round. */
  public static Builder of(String what, String unit) {
    return new Builder(what, unit);
  }

  /** Collects samples. */
  public static final class Builder {
    private final String what;
    private final String unit;
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();
    private final List<BarCheck> verdicts = new ArrayList<>();

    private Builder(String what, String unit) {
      this.what = what;
      this.unit = unit;
    }

    /** Adds what one round measured of a subject. */
    public Builder add(String subject, double sample) {
      samples.computeIfAbsent(subject, _ -> new ArrayList<>()).add(sample);
      return this;
    }

    /**
     * Asks this ratio of two subjects' figures to reach the bar. Nothing, if one was not measured.
     */
    public Builder ratio(String dividend, String divisor, Optional<Bar> bar) {
      List<Double> above = samples.getOrDefault(dividend, List.of());
      List<Double> below = samples.getOrDefault(divisor, List.of());
      if (!above.isEmpty() && !below.isEmpty()) {
        verdicts.add(new BarCheck(dividend + " ÷ " + divisor, ratio(above, below), "×", bar));
      }
      return this;
    }

    /** Asks a subject's own figure to reach the bar. Nothing, if it was not measured. */
    public Builder figure(String subject, Bar bar) {
      List<Double> measured = samples.getOrDefault(subject, List.of());
      if (!measured.isEmpty()) {
        verdicts.add(new BarCheck(subject, new Figure(measured).median(), unit, Optional.of(bar)));
      }
      return this;
    }

    /**
     * The median of each round's ratio: two things that ran one after the other had the same
     * neighbours, two medians may not have had.
     */
    private static double ratio(List<Double> above, List<Double> below) {
      if (above.size() != below.size()) {
        return new Figure(above).median() / new Figure(below).median();
      }
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < above.size(); round++) {
        ratios.add(above.get(round) / below.get(round));
      }
      return new Figure(ratios).median();
    }

    /** The row so far. */
    public Row build() {
      Map<String, Figure> figures = new LinkedHashMap<>();
      samples.forEach((subject, measured) -> figures.put(subject, new Figure(measured)));
      return new Row(what, unit, figures, verdicts);
    }
  }
}
