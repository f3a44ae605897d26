package io.cloudoperator.query.html;

/**
 * A picture of numbers as SVG. Widths are percentages and heights pixels, so that text keeps its
 * size on any screen; colours and patterns are those of the page's style. What it shows stands in
 * its description too, and {@link Html} adds it to a page.
 */
sealed interface Chart permits BarChart, TrendChart {
  /** What it shows, in a few words. */
  String title();

  /** Every number that it shows, as a sentence or several. */
  String description();

  /** In pixels. */
  int height();

  /** What is drawn, as elements of SVG in which nothing is left to escape. */
  String drawing();

  /** A position or a width, such as {@code 12.5%}. */
  static String percent(double value) {
    return "%s%%".formatted(Math.round(value * 100) / 100.0);
  }

  /** Text at a place. */
  static String text(String type, String anchor, String x, int y, String text) {
    return "<text class=\"%s\" text-anchor=\"%s\" x=\"%s\" y=\"%d\">%s</text>\n"
        .formatted(type, anchor, x, y, Html.escape(text));
  }

  /** A rectangle, of a class of the page's style. */
  static String rectangle(String type, double x, int y, double width, int height) {
    return "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n"
        .formatted(type, percent(x), y, percent(width), height);
  }
}
