package io.cloudoperator.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes HTML in which every value is escaped: there is no way to add one that is not. */
final class Html {
  private final StringBuilder out = new StringBuilder(16_384);

  /** Text in an element, such as {@code h2}. */
  Html text(String element, String text) {
    out.append('<').append(element).append('>').append(escape(text));
    out.append("</").append(element).append(">\n");
    return this;
  }

  /** Opens a section with a heading; {@link #end} closes it. */
  Html section(String heading) {
    out.append("<section>\n");
    return text("h2", heading);
  }

  /** Closes a section. */
  Html end() {
    out.append("</section>\n");
    return this;
  }

  /** A list of sentences. */
  Html list(List<String> items) {
    out.append("<ul>\n");
    items.forEach(item -> text("li", item));
    out.append("</ul>\n");
    return this;
  }

  /**
   * A column of a table.
   *
   * @param cell what it shows of a row: text or a whole number
   */
  record Column<R>(String heading, Function<? super R, ?> cell) {}

  static <R> Column<R> column(String heading, Function<? super R, ?> cell) {
    return new Column<>(heading, cell);
  }

  /** A table whose first column names its rows; none without rows. */
  @SafeVarargs
  final <R> Html table(String caption, Collection<R> rows, Column<R>... columns) {
    List<Column<R>> all = new ArrayList<>();
    for (Column<R> column : columns) {
      all.add(column);
    }
    return table(caption, rows, all);
  }

  /** A table whose first column names its rows; none without rows. */
  <R> Html table(String caption, Collection<R> rows, List<Column<R>> columns) {
    if (rows.isEmpty()) {
      return this;
    }
    out.append("<table>\n");
    text("caption", caption);
    out.append("<thead><tr>");
    columns.forEach(column ->
        out.append("<th scope=\"col\">").append(escape(column.heading())).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    rows.forEach(
        row -> row(columns.stream().<Object>map(column -> column.cell().apply(row)).toList()));
    out.append("</tbody>\n</table>\n");
    return this;
  }

  private void row(List<Object> cells) {
    out.append("<tr><th scope=\"row\">").append(escape(cells.getFirst().toString()));
    out.append("</th>");
    cells.stream().skip(1).forEach(this::cell);
    out.append("</tr>\n");
  }

  private void cell(Object value) {
    switch (value) {
      case Number number -> out.append("<td class=\"number\">").append(number(number.longValue()));
      default -> out.append("<td>").append(escape(value.toString()));
    }
    out.append("</td>");
  }

  /** The page whose body this is, whole. */
  String page(String title) {
    return HtmlPage.of(escape(title), out);
  }

  /** A whole number in groups of three digits. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
