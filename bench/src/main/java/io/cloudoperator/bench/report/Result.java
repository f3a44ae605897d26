package io.cloudoperator.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a table has measured, sample by sample.
 *
 * @param subjects the columns, in their order
 * @param rows in the order in which they were first spoken of
 * @param notes what a reader has to know to read it right, a sentence each
 */
public record Result(List<String> subjects, List<Row> rows, List<String> notes) {
  /** Nothing so far, of these subjects. */
  public Result(List<String> subjects) {
    this(subjects, new ArrayList<>(), new ArrayList<>());
  }

  /** The row of that quantity. */
  public Row row(String what, String unit) {
    return rows.stream()
        .filter(row -> row.what().equals(what))
        .findFirst()
        .orElseGet(() -> {
          rows.add(new Row(what, unit));
          return rows.getLast();
        });
  }

  /** Adds what one round measured of a subject. */
  public void add(String what, String unit, String subject, Number sample) {
    row(what, unit).add(subject, sample);
  }

  /** Adds sentences, one a line, with the values in them that they speak of. */
  @SuppressWarnings("AnnotateFormatMethod")
  public Result notes(String format, Object... values) {
    format.formatted(values).lines().forEach(notes::add);
    return this;
  }

  /**
   * One quantity, measured of several subjects in the same run.
   *
   * @param figures by the name of the subject; one that was not measured is absent
   */
  public record Row(String what, String unit, Map<String, Figure> figures, List<Verdict> verdicts) {
    Row(String what, String unit) {
      this(what, unit, new LinkedHashMap<>(), new ArrayList<>());
    }

    /** Adds what one round measured of a subject. */
    public Row add(String subject, Number sample) {
      figures
          .computeIfAbsent(subject, _ -> new Figure(new ArrayList<>()))
          .samples
          .add(sample.doubleValue());
      return this;
    }

    /** Says the ratio of two subjects' figures. Nothing, if one was not measured. */
    public Row ratio(String dividend, String divisor) {
      return ratio(dividend, divisor, Optional.empty());
    }

    /**
     * Asks this ratio of two subjects' figures to reach the bar. Nothing, if one was not measured.
     */
    public Row ratio(String dividend, String divisor, Bar bar) {
      return ratio(dividend, divisor, Optional.of(bar));
    }

    private Row ratio(String dividend, String divisor, Optional<Bar> bar) {
      Figure above = figures.get(dividend);
      Figure below = figures.get(divisor);
      if (above != null && below != null) {
        verdicts.add(new Verdict(dividend + " ÷ " + divisor, above.over(below), "×", bar));
      }
      return this;
    }

    /** Asks a subject's own figure to reach the bar. Nothing, if it was not measured. */
    public Row figure(String subject, Bar bar) {
      Figure measured = figures.get(subject);
      if (measured != null) {
        verdicts.add(new Verdict(subject, measured.median(), unit, Optional.of(bar)));
      }
      return this;
    }
  }

  /** What was measured of one subject, as often as it was. */
  public record Figure(List<Double> samples) {
    /** The one in the middle, or the mean of the two that are. */
    @JsonProperty
    public double median() {
      List<Double> sorted = samples.stream().sorted().toList();
      int half = sorted.size() / 2;
      return (sorted.get(half) + sorted.get((sorted.size() - 1) / 2)) / 2;
    }

    /**
     * The median of each round's ratio: two things that ran one after the other had the same
     * neighbours, two medians may not have had.
     */
    private double over(Figure below) {
      if (samples.size() != below.samples.size()) {
        return median() / below.median();
      }
      return new Figure(
              IntStream.range(0, samples.size())
                  .mapToObj(round -> samples.get(round) / below.samples.get(round))
                  .toList())
          .median();
    }
  }

  /**
   * A figure that decides something.
   *
   * @param what such as {@code ec2 module ÷ ours}
   * @param unit {@code ×} for a ratio
   * @param bar what it has to reach, if anything
   */
  public record Verdict(String what, double value, String unit, Optional<Bar> bar) {
    /** Whether the bar is met; empty without a bar. */
    @JsonProperty
    public Optional<Boolean> met() {
      return bar.map(limit -> limit.isMetBy(value));
    }
  }
}
