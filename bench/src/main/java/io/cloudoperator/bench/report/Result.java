package io.cloudoperator.bench.report;

import java.util.List;
import java.util.stream.Stream;

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

  /** The same with one more note. */
  public Result note(String note) {
    return new Result(subjects, rows, Stream.concat(notes.stream(), Stream.of(note)).toList());
  }
}
