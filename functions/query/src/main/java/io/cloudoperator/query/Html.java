package io.cloudoperator.query;

import java.util.List;
import java.util.Locale;

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
   * A table whose first column names its rows.
   *
   * @param rows of text and whole numbers, each as long as {@code columns}
   */
  Html table(String caption, List<String> columns, List<List<Object>> rows) {
    out.append("<table>\n");
    text("caption", caption);
    out.append("<thead><tr>");
    columns.forEach(
        column -> out.append("<th scope=\"col\">").append(escape(column)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    rows.forEach(this::row);
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
