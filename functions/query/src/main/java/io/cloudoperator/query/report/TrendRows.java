package io.cloudoperator.query.report;

import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.query.html.Html;
import io.cloudoperator.query.html.TrendChart;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.service.CountedResources;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every number that is counted, over the snapshots that are kept: a row for each number, and in it
 * a point for each snapshot, oldest first.
 */
final class TrendRows {
  private static final List<DateTimeFormatter> TIMES =
      Stream.of("d MMM", "HH:mm", "d MMM HH:mm")
          .map(pattern ->
              DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC))
          .toList();

  private final List<Snapshot> snapshots;
  private final Snapshot reported;
  private final List<String> labels;
  private final List<TrendChart> rows = new ArrayList<>();

  private TrendRows(Snapshot reported, List<Snapshot> kept) {
    SequencedMap<Object, Snapshot> all = new LinkedHashMap<>();
    kept.forEach(snapshot -> all.put(snapshot.key(), snapshot));
    all.put(reported.key(), reported);
    this.reported = reported;
    this.snapshots =
        all.values().stream().sorted(Comparator.comparing(Snapshot::finishedAt)).toList();
    this.labels = labels(snapshots.stream().map(Snapshot::finishedAt).toList());
  }

  /**
   * The rows.
   *
   * @param kept the snapshots of the connection, in any order
   */
  static List<TrendChart> of(Snapshot reported, List<Snapshot> kept) {
    TrendRows trends = new TrendRows(reported, kept);
    CountedResources.ALL.forEach(trends::resource);
    trends.row("Risk flags", snapshot -> OptionalLong.of(snapshot.flags().size()), true);
    if (reported.apis().isPresent()) {
      trends.row("APIs", apis(found -> sum(found.apis())), true);
      trends.row("Routes", apis(found -> sum(found.routes())), true);
      trends.row(
          "Public routes without authorization",
          apis(ApiSummary::publicRoutesWithoutAuthorization),
          true);
    }
    return List.copyOf(trends.rows);
  }

  /** As short as tells them apart. */
  private static List<String> labels(List<Instant> times) {
    return TIMES.stream()
        .map(format -> times.stream().map(format::format).toList())
        .filter(texts -> texts.stream().distinct().count() == texts.size())
        .findFirst()
        .orElseGet(() -> times.stream().map(Instant::toString).toList());
  }

  private void resource(CountedResource<?> resource) {
    boolean regional = resource.scope() == CountedResource.Scope.REGION;
    String name = Html.capitalized(resource.name());
    row(name, of(resource, counts -> OptionalLong.of(counts.total())), regional);
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      if (breakdown.trended()) {
        for (String value : values(resource, breakdown)) {
          row(
              name + ": " + value,
              of(resource, counts -> valueOf(counts, breakdown, value)),
              regional);
        }
      }
    }
    for (Metric<?> metric : resource.metrics()) {
      row(metric.words(), of(resource, counts -> counts.metric(metric.name())), regional);
    }
  }

  private SequencedSet<String> values(CountedResource<?> resource, Breakdown<?> breakdown) {
    SequencedSet<String> values = new TreeSet<>();
    for (Snapshot snapshot : snapshots) {
      snapshot
          .totals()
          .of(resource.name())
          .ifPresent(counts -> values.addAll(counts.by(breakdown.name()).keySet()));
    }
    return values;
  }

  /** Where there is nothing to break down, there is none of any value. */
  private static OptionalLong valueOf(Counts counts, Breakdown<?> breakdown, String value) {
    return counts.total() > 0 && counts.by(breakdown.name()).isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(counts.of(breakdown.name(), value));
  }

  /** A sum over no region at all is no number. */
  private static Function<Snapshot, OptionalLong> of(
      CountedResource<?> resource, Function<Counts, OptionalLong> number) {
    return snapshot -> {
      Totals totals = snapshot.totals();
      if (resource.scope() == CountedResource.Scope.REGION
          && totals.regionsCounted() == 0
          && totals.regionsEnabled() > 0) {
        return OptionalLong.empty();
      }
      return totals.of(resource.name()).map(number).orElseGet(OptionalLong::empty);
    };
  }

  private static Function<Snapshot, OptionalLong> apis(Function<ApiSummary, Long> number) {
    return snapshot ->
        snapshot
            .apis()
            .map(found -> OptionalLong.of(number.apply(found)))
            .orElseGet(OptionalLong::empty);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private void row(String title, Function<Snapshot, OptionalLong> number, boolean regional) {
    List<TrendChart.Point> points = new ArrayList<>();
    for (int place = 0; place < snapshots.size(); place++) {
      Snapshot snapshot = snapshots.get(place);
      Totals totals = snapshot.totals();
      points.add(
          new TrendChart.Point(
              labels.get(place),
              number.apply(snapshot),
              regional ? totals.regionsCounted() : 0,
              regional ? totals.regionsEnabled() : 0,
              snapshot.key().equals(reported.key())));
    }
    rows.add(new TrendChart(title, points));
  }
}
