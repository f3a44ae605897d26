package io.cloudoperator.query.report;

import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.query.html.BarChart;
import io.cloudoperator.query.html.Html;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The bars of a report: what a snapshot counted, as charts. */
final class ReportCharts {
  // More than these are told apart in the table alone.
  private static final int MOST_BARS = 10;

  private ReportCharts() {}

  /**
   * A count by region.
   *
   * @param chart regions that have some, most first, and then those that could not be read
   * @param unread whether there are any of the latter
   * @param none regions that were read and have none
   */
  record ByRegion(BarChart chart, boolean unread, List<String> none) {}

  static ByRegion byRegion(CountedResource<?> resource, Snapshot snapshot) {
    List<BarChart.Bar> some = new ArrayList<>();
    List<BarChart.Bar> unread = new ArrayList<>();
    List<String> none = new ArrayList<>();
    for (RegionOutcome outcome : snapshot.regions()) {
      String region = outcome.region().value();
      Optional<Counts> counts = outcome.complete(resource.name());
      if (counts.isEmpty()) {
        unread.add(
            BarChart.Bar.unread(region, ReportWords.reason(outcome.counts().get(resource.name()))));
      } else if (counts.get().total() == 0) {
        none.add(region);
      } else {
        some.add(BarChart.Bar.of(region, counts.get().total()));
      }
    }
    some.sort(Comparator.comparingLong((BarChart.Bar bar) -> bar.value().orElse(0)).reversed());
    some.addAll(unread);
    String title =
        "%s by region: %d of %d regions were read"
            .formatted(
                Html.capitalized(resource.name()),
                snapshot.totals().regionsCounted(),
                snapshot.totals().regionsEnabled());
    return new ByRegion(new BarChart(title, some), !unread.isEmpty(), none);
  }

  static BarChart severities(List<RiskFlag> flags) {
    return new BarChart(
        "Risk flags by severity",
        Arrays.stream(Severity.values())
            .map(severity ->
                new BarChart.Bar(
                    Html.capitalized(ReportWords.words(severity)),
                    OptionalLong.of(severity(flags, severity)),
                    "",
                    ReportWords.words(severity)))
            .toList());
  }

  static long severity(List<RiskFlag> flags, Severity severity) {
    return flags.stream().filter(flag -> flag.severity() == severity).count();
  }

  /** The values that most have, and all others as one. */
  static BarChart breakdown(String title, Map<String, Long> counts) {
    List<Map.Entry<String, Long>> most = mostFirst(counts);
    List<BarChart.Bar> bars =
        most.stream()
            .limit(MOST_BARS)
            .map(each -> BarChart.Bar.of(each.getKey(), each.getValue()))
            .collect(Collectors.toCollection(ArrayList::new));
    if (most.size() > MOST_BARS) {
      List<Map.Entry<String, Long>> rest = most.subList(MOST_BARS, most.size());
      bars.add(
          new BarChart.Bar(
              rest.size() + " others",
              OptionalLong.of(rest.stream().mapToLong(Map.Entry::getValue).sum()),
              "",
              "bar past"));
    }
    return new BarChart(title, bars);
  }

  static List<Map.Entry<String, Long>> mostFirst(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .toList();
  }
}
