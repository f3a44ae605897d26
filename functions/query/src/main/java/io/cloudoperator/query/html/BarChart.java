package io.cloudoperator.query.html;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Numbers as bars one below the other, each under its name.
 *
 * @param bars in the order in which they are shown
 */
public record BarChart(String title, List<Bar> bars) implements Chart {
  private static final int ROW = 38;
  private static final int THICKNESS = 12;

  public BarChart {
    bars = List.copyOf(bars);
  }

  /**
   * A number.
   *
   * @param value empty if it is unknown: it is drawn hatched over the whole width, for it may be
   *     anything
   * @param note why it is unknown, or what else is to be said; may be empty
   * @param type the class of the page's style that it is filled by
   */
  public record Bar(String name, OptionalLong value, String note, String type) {
    public static Bar of(String name, long value) {
      return new Bar(name, OptionalLong.of(value), "", "bar");
    }

    public static Bar unread(String name, String why) {
      return new Bar(name, OptionalLong.empty(), why, "hatched");
    }

    private String words() {
      String number = value.isPresent() ? Html.number(value.getAsLong()) : "unread";
      return note.isEmpty() ? number : number + ", " + note;
    }
  }

  @Override
  public String description() {
    return bars.stream()
        .map(bar -> bar.name() + ": " + bar.words())
        .collect(Collectors.joining("; ", "", "."));
  }

  @Override
  public int height() {
    return bars.size() * ROW;
  }

  @Override
  public String drawing() {
    long most = Math.max(1, bars.stream().mapToLong(bar -> bar.value().orElse(0)).max().orElse(1));
    StringBuilder drawing = new StringBuilder();
    int y = 0;
    for (Bar bar : bars) {
      drawing.append(Chart.text("name", "start", "0", y + 14, bar.name()));
      drawing.append(Chart.text("value", "end", "100%", y + 14, bar.words()));
      drawing.append(Chart.rectangle("track", 0, y + 20, 100, THICKNESS));
      double width = bar.value().isPresent() ? 100.0 * bar.value().getAsLong() / most : 100;
      // What there is can be seen, however little it is beside the most.
      double visible = bar.value().orElse(1) == 0 ? 0 : Math.max(width, 0.5);
      drawing.append(Chart.rectangle(bar.type(), 0, y + 20, visible, THICKNESS));
      y += ROW;
    }
    return drawing.toString();
  }
}
