package io.cloudoperator.query.html;

import io.cloudoperator.scan.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * One number over the snapshots that are kept, oldest first. Where a snapshot does not know it
 * there is a gap, and where regions were unread there is a hatched part above what was counted: how
 * much is in them is unknown.
 */
public record TrendChart(String title, List<Point> points) implements Chart {
  private static final int PLOT = 72;
  private static final int TOP = 18;
  private static final int BASE = TOP + PLOT;
  private static final int CAP = 12;
  // Five snapshots fill the width, and fewer leave the rest empty.
  private static final int SLOTS = Snapshot.KEPT;

  public TrendChart {
    points = List.copyOf(points);
  }

  /**
   * What one snapshot says.
   *
   * @param when a few letters, such as {@code 22 Nov}
   * @param value empty if the snapshot does not know it
   * @param counted of how many regions it speaks
   * @param enabled how many there were; zero where it does not speak of regions
   * @param reported whether the report is of this snapshot
   */
  public record Point(String when, OptionalLong value, int counted, int enabled, boolean reported) {
    boolean partial() {
      return counted < enabled;
    }

    String words() {
      return when + ": " + number();
    }

    /** With of how many regions it speaks. */
    public String number() {
      if (value.isEmpty()) {
        return "unknown";
      }
      String number = Html.number(value.getAsLong());
      return enabled == 0 ? number : "%s in %d of %d regions".formatted(number, counted, enabled);
    }
  }

  @Override
  public String description() {
    return points.stream().map(Point::words).collect(Collectors.joining("; ", "", "."));
  }

  @Override
  public int height() {
    return BASE + 22;
  }

  @Override
  public String drawing() {
    long most =
        Math.max(1, points.stream().mapToLong(point -> point.value().orElse(0)).max().orElse(1));
    double slot = 100.0 / Math.max(SLOTS, points.size());
    StringBuilder drawing = new StringBuilder();
    for (int place = 0; place < points.size(); place++) {
      Point point = points.get(place);
      double x = place * slot + slot * 0.15;
      double width = slot * 0.7;
      String middle = Chart.percent(place * slot + slot / 2);
      if (point.value().isPresent()) {
        long value = point.value().getAsLong();
        int room = PLOT - CAP;
        int height = value == 0 ? 0 : (int) Math.max(2, Math.round((double) room * value / most));
        drawing.append(
            Chart.rectangle(
                point.reported() ? "bar" : "bar past", x, BASE - height, width, height));
        int cap = point.partial() ? CAP : 0;
        if (point.partial()) {
          drawing.append(Chart.rectangle("hatched", x, BASE - height - CAP, width, CAP));
        }
        drawing.append(
            Chart.text("value", "middle", middle, BASE - height - cap - 5, shortened(value)));
      } else {
        drawing.append(Chart.text("gap", "middle", middle, BASE - 5, "?"));
      }
      drawing.append(
          Chart.text(
              point.reported() ? "name" : "tick", "middle", middle, BASE + 15, point.when()));
    }
    drawing.append(
        "<line class=\"base\" x1=\"0\" x2=\"100%%\" y1=\"%1$d\" y2=\"%1$d\"/>\n".formatted(BASE));
    return drawing.toString();
  }

  /** In at most five characters: the whole number stands in the table. */
  private static String shortened(long value) {
    if (value < 10_000) {
      return Html.number(value);
    }
    if (value < 1_000_000) {
      return value / 1000 + "k";
    }
    return String.format(Locale.ROOT, "%.1fM", value / 1_000_000.0);
  }
}
