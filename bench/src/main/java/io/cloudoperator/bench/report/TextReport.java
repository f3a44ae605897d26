package io.cloudoperator.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A result as a terminal shows it. */
public final class TextReport {
  private TextReport() {}

  /** The table, its verdicts and its notes; ends with a newline. */
  public static String of(String title, Result result) {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("", ""));
    head.addAll(result.subjects());
    lines.add(head);
    for (Row row : result.rows()) {
      List<String> line = new ArrayList<>(List.of(row.what(), row.unit()));
      for (String subject : result.subjects()) {
        Figure figure = row.figures().get(subject);
        line.add(figure == null ? "·" : number(figure.median()));
      }
      lines.add(line);
    }
    StringBuilder text = new StringBuilder(title).append('\n');
    int[] widths = widths(lines);
    for (List<String> line : lines) {
      StringBuilder out = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String cell = line.get(column);
        String gap = " ".repeat(widths[column] - cell.length());
        out.append("  ").append(column < 2 ? cell + gap : gap + cell);
      }
      text.append(out.toString().stripTrailing()).append('\n');
    }
    for (Row row : result.rows()) {
      for (BarCheck verdict : row.verdicts()) {
        text.append("  ").append(sentence(row, verdict)).append('\n');
      }
    }
    result.notes().forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  private static String sentence(Row row, BarCheck verdict) {
    String mark = verdict.met().map(met -> met ? "✓" : "✗").orElse("·");
    String figure = number(verdict.value()) + " " + verdict.unit();
    String bar =
        verdict
            .bar()
            .map(limit -> "  (bar " + limit + (limit.isMetBy(verdict.value()) ? ")" : ", missed)"))
            .orElse("");
    return mark + " " + row.what() + ", " + verdict.what() + ": " + figure + bar;
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    return widths;
  }

  /** Three digits that matter, and no fraction of what is large. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size == 0 || size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }
}
