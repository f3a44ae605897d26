package io.cloudoperator.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A result as a terminal shows it. */
public final class TextReport {
  private TextReport() {}

  /** The table, its verdicts and its notes; ends with a newline. */
  public static String of(String title, Result result) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(Stream.concat(Stream.of("", ""), result.subjects().stream()).toList());
    for (Result.Row row : result.rows()) {
      cells.add(
          Stream.concat(
                  Stream.of(row.what(), row.unit()),
                  result.subjects().stream().map(subject -> cell(row, subject)))
              .toList());
    }
    List<String> lines = new ArrayList<>(List.of(title));
    int[] widths =
        IntStream.range(0, cells.getFirst().size())
            .map(column -> cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        String gap = " ".repeat(widths[column] - cell.length());
        line.append("  ").append(column < 2 ? cell + gap : gap + cell);
      }
      lines.add(line.toString().stripTrailing());
    }
    for (Result.Row row : result.rows()) {
      row.verdicts().forEach(verdict -> lines.add("  " + sentence(row, verdict)));
    }
    result.notes().forEach(note -> lines.add("  " + note));
    return String.join("\n", lines) + "\n";
  }

  private static String cell(Result.Row row, String subject) {
    Result.Figure figure = row.figures().get(subject);
    return figure == null ? "·" : number(figure.median());
  }

  private static String sentence(Result.Row row, Result.Verdict verdict) {
    String mark = verdict.met().map(met -> met ? "✓" : "✗").orElse("·");
    String figure = number(verdict.value()) + " " + verdict.unit();
    String bar =
        verdict
            .bar()
            .map(limit -> "  (bar " + limit + (limit.isMetBy(verdict.value()) ? ")" : ", missed)"))
            .orElse("");
    return mark + " " + row.what() + ", " + verdict.what() + ": " + figure + bar;
  }

  /** Three digits that matter, and no fraction of what is large. */
  private static String number(double value) {
    double size = Math.abs(value);
    String format = size == 0 || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, size > 0 && size < 1 ? "%.3f" : format, value);
  }
}
