package io.cloudoperator.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows, in the order in which they were first spoken of. */
public final class Rows {
  private final Map<String, Row.Builder> rows = new LinkedHashMap<>();

  /** The row of that quantity. */
  public Row.Builder row(String what, String unit) {
    return rows.computeIfAbsent(what, _ -> Row.of(what, unit));
  }

  /** Adds what was measured of a subject. */
  public void add(String what, String unit, String subject, double sample) {
    row(what, unit).add(subject, sample);
  }

  /** The rows so far. */
  public List<Row> built() {
    return rows.values().stream().map(Row.Builder::build).toList();
  }
}
