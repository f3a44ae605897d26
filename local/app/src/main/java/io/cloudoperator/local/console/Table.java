package io.cloudoperator.local.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows under headings, each column as wide as its widest text. Not thread-safe. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table. */
  public Table(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row; what a terminal would obey is shown as a question mark. */
  public void row(String... cells) {
    rows.add(Stream.of(cells).map(TerminalReport::printable).toList());
  }

  /** The rows that were added. */
  public int size() {
    return rows.size() - 1;
  }

  /** The table, with a line break at its end. */
  @Override
  public String toString() {
    List<Integer> widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .boxed()
            .toList();
    return rows.stream()
        .map(row ->
            IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), widths.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing())
        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
