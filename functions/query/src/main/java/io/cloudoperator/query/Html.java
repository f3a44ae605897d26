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
    out.append("<table role=\"table\">\n");
    text("caption", caption);
    out.append("<thead role=\"rowgroup\"><tr role=\"row\">");
    columns.forEach(column ->
        out.append("<th scope=\"col\" role=\"columnheader\">")
            .append(escape(column.heading()))
            .append("</th>"));
    out.append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (R row : rows) {
      out.append("<tr role=\"row\">");
      for (int place = 0; place < columns.size(); place++) {
        cell(place, columns.get(place), row);
      }
      out.append("</tr>\n");
    }
    out.append("</tbody>\n</table>\n");
    return this;
  }

  private <R> void cell(int place, Column<R> column, R row) {
    Object value = column.cell().apply(row);
    String shown = value instanceof Number number ? number(number.longValue()) : value.toString();
    out.append(cellStart(place, column.heading(), value instanceof Number));
    out.append(escape(shown)).append(cellEnd(place));
  }

  /**
   * How a cell begins. The first of a row names it. The roles are those that the elements have: a
   * browser forgets them where a small screen shows the cells one below the other, each after the
   * heading of its column.
   */
  static String cellStart(int place, String heading, boolean number) {
    if (place == 0) {
      return "<th scope=\"row\" role=\"rowheader\">";
    }
    return "<td role=\"cell\"%s data-column=\"%s\">"
        .formatted(number ? " class=\"number\"" : "", escape(heading));
  }

  /** How a cell ends. */
  static String cellEnd(int place) {
    return place == 0 ? "</th>" : "</td>";
  }

  /** A text in the letters of code, behind a label that opens it. */
  Html details(String label, String code) {
    out.append("<details>\n");
    text("summary", label);
    out.append("<pre tabindex=\"0\"><code>").append(escape(code)).append("</code></pre>\n");
    out.append("</details>\n");
    return this;
  }

  /** What was written so far. */
  CharSequence html() {
    return out;
  }

  /** The page whose body this is, whole. */
  String page(String title) {
    return HtmlPage.of(title, "", List.of(), out);
  }

  /** A whole number in groups of three digits. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Text as HTML, in which every character that shows nothing is shown. */
  static String escape(String text) {
    return VisibleText.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
