package io.cloudoperator.query.html;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes HTML in which every value is escaped: there is no way to add one that is not. */
public final class Html {
  // What people read without turning a screen on its side; wider tables are scrolled.
  private static final int MOST_COLUMNS = 6;

  private final StringBuilder out = new StringBuilder(16_384);
  private final List<HtmlPage.Link> contents = new ArrayList<>();
  private int introduction;
  private int charts;

  /** Text in an element, such as {@code h2}. */
  public Html text(String element, String text) {
    out.append('<').append(element).append('>').append(escape(text));
    out.append("</").append(element).append(">\n");
    return this;
  }

  /** Opens a section with a heading; {@link #end} closes it. */
  public Html section(String heading) {
    if (contents.isEmpty()) {
      introduction = out.length();
    }
    HtmlPage.Link place = HtmlPage.Link.to(heading);
    contents.add(place);
    out.append("<section>\n<h2 id=\"").append(place.id()).append("\">");
    out.append(escape(heading)).append("</h2>\n");
    return this;
  }

  /**
   * A number that is read first.
   *
   * @param note of how many regions it speaks, or what else is to be known of it
   */
  public record Figure(String number, String name, String note) {}

  /** Numbers that are read first. */
  public Html figures(List<Figure> figures) {
    out.append("<ul class=\"figures\">\n");
    for (Figure figure : figures) {
      out.append("<li><strong>").append(escape(figure.number())).append("</strong> ");
      out.append(escape(figure.name())).append(" <small>").append(escape(figure.note()));
      out.append("</small></li>\n");
    }
    out.append("</ul>\n");
    return this;
  }

  /** Pictures, beside each other where there is room. */
  public Html charts(String type, List<? extends Chart> pictures) {
    out.append("<div class=\"charts ").append(type).append("\">\n");
    pictures.forEach(this::chart);
    out.append("</div>\n");
    return this;
  }

  /** The patterns that pictures of the page are filled by; the page's style names them. */
  public Html patterns() {
    out.append(
        """
        <svg class="patterns" aria-hidden="true" width="0" height="0">
        <defs>
        <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="unread" x1="0" y1="0" x2="0" y2="7"/>
        </pattern>
        <pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect class="medium-ground" width="6" height="6"/><rect class="stroke" width="2" height="6"/>
        </pattern>
        <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect class="low-ground" width="6" height="6"/><circle class="stroke" cx="3" cy="3" r="1.5"/>
        </pattern>
        </defs>
        </svg>
        """);
    return this;
  }

  /** A picture, which says what it shows to those who do not see it. */
  private void chart(Chart chart) {
    charts++;
    out.append(
        """
        <figure>
        <figcaption aria-hidden="true">%1$s</figcaption>
        <svg role="img" aria-labelledby="chart-%2$d chart-%2$d-numbers" width="100%%" height="%3$d">
        <title id="chart-%2$d">%1$s</title>
        <desc id="chart-%2$d-numbers">%4$s</desc>
        %5$s</svg>
        </figure>
        """
            .formatted(
                escape(chart.title()),
                charts,
                chart.height(),
                escape(chart.description()),
                chart.drawing()));
  }

  /** Closes a section. */
  public Html end() {
    out.append("</section>\n");
    return this;
  }

  /** A list of sentences. */
  public Html list(List<String> items) {
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
  public record Column<R>(String heading, Function<? super R, ?> cell) {}

  public static <R> Column<R> column(String heading, Function<? super R, ?> cell) {
    return new Column<>(heading, cell);
  }

  /** A table whose first column names its rows; none without rows. */
  @SafeVarargs
  public final <R> Html table(String caption, Collection<R> rows, Column<R>... columns) {
    List<Column<R>> all = new ArrayList<>();
    for (Column<R> column : columns) {
      all.add(column);
    }
    return table(caption, rows, all);
  }

  /**
   * A table whose rows are longer than wide: each is shown as a card. The columns are those of risk
   * flags.
   */
  public <R> Html cards(String caption, Collection<R> rows, List<Column<R>> columns) {
    out.append("<div class=\"rows flags\">\n");
    table(caption, rows, columns);
    out.append("</div>\n");
    return this;
  }

  /** A table whose first column names its rows; none without rows. */
  public <R> Html table(String caption, Collection<R> rows, List<Column<R>> columns) {
    if (rows.isEmpty()) {
      return this;
    }
    boolean wide = columns.size() > MOST_COLUMNS;
    if (wide) {
      out.append("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
      out.append(escape(caption)).append("\">\n");
    }
    out.append("<table role=\"table\">\n");
    text("caption", caption);
    out.append("<thead role=\"rowgroup\"><tr role=\"row\">");
    for (Column<R> column : columns) {
      boolean numbers = rows.stream().anyMatch(row -> column.cell().apply(row) instanceof Number);
      out.append("<th scope=\"col\" role=\"columnheader\"");
      out.append(numbers ? " class=\"number\">" : ">");
      out.append(escape(column.heading())).append("</th>");
    }
    out.append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (R row : rows) {
      out.append("<tr role=\"row\">");
      for (int place = 0; place < columns.size(); place++) {
        cell(place, columns.get(place), row);
      }
      out.append("</tr>\n");
    }
    out.append("</tbody>\n</table>\n").append(wide ? "</div>\n" : "");
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
  public static String cellStart(int place, String heading, boolean number) {
    if (place == 0) {
      return "<th scope=\"row\" role=\"rowheader\">";
    }
    return "<td role=\"cell\"%s data-column=\"%s\">"
        .formatted(number ? " class=\"number\"" : "", escape(heading));
  }

  /** How a cell ends. */
  public static String cellEnd(int place) {
    return place == 0 ? "</th>" : "</td>";
  }

  /** A text in the letters of code, behind a label that opens it. */
  public Html details(String label, String code) {
    out.append("<details>\n");
    text("summary", label);
    out.append("<pre tabindex=\"0\"><code>").append(escape(code)).append("</code></pre>\n");
    out.append("</details>\n");
    return this;
  }

  /** Opens what is shown behind a label; {@link #endDetails} closes it. */
  public Html details(String label) {
    out.append("<details>\n");
    return text("summary", label);
  }

  /** Closes what is shown behind a label. */
  public Html endDetails() {
    out.append("</details>\n");
    return this;
  }

  /** What was written so far. */
  public CharSequence html() {
    return out;
  }

  /** The page whose body this is, whole. */
  public String page(String title) {
    return HtmlPage.of(
        title, out.substring(0, introduction), contents, out.substring(introduction));
  }

  /** A word that begins a line. */
  public static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** A whole number in groups of three digits. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Text as HTML, in which every character that shows nothing is shown. */
  public static String escape(String text) {
    return VisibleText.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
