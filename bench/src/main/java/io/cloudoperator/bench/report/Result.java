package io.cloudoperator.bench.report;

import java.util.List;

/**
 * What a table has measured.
 *
 * @param subjects the columns, in their order
 * @param notes what a reader has to know to read it right, a sentence each
 */
public record Result(List<String> subjects, List<Row> rows, List<String> notes) {
  public Result {
    subjects = List.copyOf(subjects);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }
}
