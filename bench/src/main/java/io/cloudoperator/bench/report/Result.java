package io.cloudoperator.bench.report;

import java.util.ArrayList;
import java.util.List;

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
}
