package io.cloudoperator.query;

import static io.cloudoperator.query.Html.column;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.EnglishCounts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.query.Html.Column;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.RoleCheck;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.scan.Trend;
import io.cloudoperator.service.CountedResources;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A snapshot as one page to read and to print: no script, no address outside it. */
final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String UNKNOWN = "unknown";

  // More than these are told apart in the table alone.
  private static final int MOST_BARS = 10;

  private final Html html = new Html();

  private HtmlReport() {}

  /**
   * The report.
   *
   * @param kept the snapshots of the connection, in any order
   */
  static String write(String connectionName, Snapshot snapshot, List<Snapshot> kept) {
    HtmlReport report = new HtmlReport();
    report.head(connectionName, snapshot);
    report.glance(snapshot);
    report.coverage(snapshot);
    report.flags(snapshot.flags());
    report.byRegion(snapshot);
    report.totals(snapshot.totals());
    snapshot.apis().ifPresent(report::apis);
    report.insights(snapshot.insights());
    report.trends(TrendRows.of(snapshot, kept));
    snapshot.trend().ifPresent(report::trend);
    report.role(snapshot);
    report.regions(snapshot);
    report.calls(snapshot.calls());
    return report.html.page("%s: AWS account %s".formatted(connectionName, snapshot.account()));
  }

  private void head(String connectionName, Snapshot snapshot) {
    html.patterns()
        .text("h1", connectionName)
        .text(
            "p",
            "AWS account %s, scanned read-only from %s to %s."
                .formatted(
                    snapshot.account(),
                    TIME.format(snapshot.startedAt()),
                    TIME.format(snapshot.finishedAt())))
        .text(
            "p",
            "Scan %s of connection %s."
                .formatted(snapshot.key().scan(), snapshot.key().connection()));
  }

  private void glance(Snapshot snapshot) {
    Totals totals = snapshot.totals();
    List<Html.Figure> figures = new ArrayList<>();
    for (CountedResource<?> resource : CountedResources.ALL) {
      boolean regional = resource.scope() == CountedResource.Scope.REGION;
      boolean read =
          totals.of(resource.name()).isPresent() && !(regional && totals.regionsCounted() == 0);
      figures.add(
          new Html.Figure(
              read
                  ? totals.of(resource.name()).map(c -> Html.number(c.total())).orElse(UNKNOWN)
                  : UNKNOWN,
              resource.name(),
              regional
                  ? "in %d of %d regions"
                      .formatted(totals.regionsCounted(), totals.regionsEnabled())
                  : read ? "in the account" : "the list could not be read"));
    }
    figures.add(
        new Html.Figure(
            Html.number(snapshot.flags().size()),
            "risk flags",
            Arrays.stream(Severity.values())
                .map(severity -> severity(snapshot.flags(), severity) + " " + words(severity))
                .collect(Collectors.joining(", "))));
    snapshot
        .apis()
        .ifPresent(apis ->
            figures.add(
                new Html.Figure(
                    Html.number(apis.publicRoutesWithoutAuthorization()),
                    "public routes without authorization",
                    apis.unread().isEmpty() ? "everything was read" : "of what could be read")));
    html.section("At a glance").figures(figures).end();
  }

  private static long severity(List<RiskFlag> flags, Severity severity) {
    return flags.stream().filter(flag -> flag.severity() == severity).count();
  }

  /** Regions that have some, most first; those that could not be read; the names of the others. */
  private void byRegion(Snapshot snapshot) {
    for (CountedResource<?> resource : CountedResources.ALL) {
      if (resource.scope() == CountedResource.Scope.REGION) {
        byRegion(resource, snapshot);
      }
    }
  }

  private void byRegion(CountedResource<?> resource, Snapshot snapshot) {
    List<BarChart.Bar> some = new ArrayList<>();
    List<BarChart.Bar> unread = new ArrayList<>();
    List<String> none = new ArrayList<>();
    for (RegionOutcome outcome : snapshot.regions()) {
      String region = outcome.region().value();
      Optional<Counts> counts = outcome.complete(resource.name());
      if (counts.isEmpty()) {
        unread.add(BarChart.Bar.unread(region, reason(outcome.counts().get(resource.name()))));
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
    html.section(Html.capitalized(resource.name()) + " by region")
        .charts("bars", List.of(new BarChart(title, some)));
    if (!unread.isEmpty()) {
      html.text("p", "Hatched: could not be read. How many there are is unknown; it is not zero.");
    }
    if (!none.isEmpty()) {
      html.text(
          "p",
          "None in %d %s that were read: %s."
              .formatted(
                  none.size(), none.size() == 1 ? "region" : "regions", String.join(", ", none)));
    }
    html.end();
  }

  private static String regionsRead(List<TrendChart> rows) {
    return rows.getFirst().points().stream()
        .map(point -> "%s: %d of %d".formatted(point.when(), point.counted(), point.enabled()))
        .collect(Collectors.joining(", ", "Regions that were read: ", "."));
  }

  private void trends(List<TrendChart> rows) {
    html.section("Over the snapshots that are kept")
        .text(
            "p",
            "Each bar is a snapshot, oldest first; this report's is the darkest. Hatched: regions that"
                + " were not read, with an unknown number in them. A question mark: the snapshot does"
                + " not know the number.")
        .text("p", regionsRead(rows))
        .charts("small", rows);
    List<Column<TrendChart>> columns = new ArrayList<>();
    columns.add(column("Number", TrendChart::title));
    for (int place = 0; place < rows.getFirst().points().size(); place++) {
      int point = place;
      columns.add(
          column(
              rows.getFirst().points().get(place).when(), row -> row.points().get(point).number()));
    }
    html.details("The same as a table")
        .table("Every number, in each snapshot that is kept", rows, columns)
        .endDetails()
        .end();
  }

  private void coverage(Snapshot snapshot) {
    Coverage coverage = snapshot.coverage();
    html.section("Coverage")
        .text(
            "p",
            "%d of %d enabled regions were read to the end; every number that is counted in regions speaks of these."
                    .formatted(coverage.complete(), coverage.enabled())
                + " Not enabled in the account, so that nothing can run there: %s. %s"
                    .formatted(
                        EnglishCounts.count(coverage.notOptedIn().size(), "region"),
                        bucketCoverage(snapshot)));
    if (!coverage.notChosen().isEmpty()) {
      html.text(
          "p",
          "Not chosen for this scan, so that nothing is known of what is there: %s (%s)."
              .formatted(
                  EnglishCounts.count(coverage.notChosen().size(), "region"),
                  coverage.notChosen().stream()
                      .map(RegionName::value)
                      .collect(Collectors.joining(", "))));
    }
    html.table(
        "Regions that could not be read",
        coverage.unread(),
        column("Region", unread -> unread.region()),
        column("Reason", unread -> words(unread.reason())),
        column("AWS error code", unread -> unread.code()));
    html.end();
  }

  private static String bucketCoverage(Snapshot snapshot) {
    return snapshot
        .buckets()
        .buckets()
        .unread()
        .map(unread -> "The buckets could not be read: %s.".formatted(why(unread)))
        .orElse("The list of buckets was read to the end.");
  }

  private static String why(Reading.Unread<?> unread) {
    return "%s (%s)".formatted(words(unread.reason()), unread.code());
  }

  private void flags(List<RiskFlag> flags) {
    html.section("Risk flags");
    if (flags.isEmpty()) {
      html.text("p", "None in the regions that were read.");
    } else {
      html.charts(
          "bars",
          List.of(
              new BarChart(
                  "Risk flags by severity",
                  Arrays.stream(Severity.values())
                      .map(severity ->
                          new BarChart.Bar(
                              Html.capitalized(words(severity)),
                              OptionalLong.of(severity(flags, severity)),
                              "",
                              words(severity)))
                      .toList())));
      html.cards(
          "What the account's owner should look at, most severe first",
          flags,
          List.of(
              column("Flag", RiskFlag::title),
              column("Severity", flag -> words(flag.severity())),
              column("Count", RiskFlag::count),
              column("Regions", flag -> String.join(", ", flag.places())),
              column("Why", RiskFlag::why),
              column("What to do", RiskFlag::remedy)));
    }
    html.end();
  }

  private void role(Snapshot snapshot) {
    html.section("The role that we use")
        .table(
            "Whether it is as it was asked for, point by point",
            RoleCheck.of(snapshot),
            column("Point", check -> words(check.point())),
            column("Result", check -> words(check.result())),
            column("Checked", check -> check.at().map(TIME::format).orElse("")),
            column("How", RoleCheck::how))
        .end();
  }

  private void totals(Totals totals) {
    Counts instances = totals.instances();
    html.section("Totals")
        .text(
            "p",
            "%s instances in %d of %d regions. %s"
                .formatted(
                    Html.number(instances.total()),
                    totals.regionsCounted(),
                    totals.regionsEnabled(),
                    totals
                        .buckets()
                        .map(buckets -> Html.number(buckets.total()) + " buckets.")
                        .orElse("Buckets unknown.")));
    for (CountedResource<?> resource : CountedResources.ALL) {
      totals.of(resource.name()).ifPresent(counts -> totals(resource, counts));
    }
    html.end();
  }

  private void totals(CountedResource<?> resource, Counts counts) {
    String name = Html.capitalized(resource.name());
    html.charts(
        "bars",
        resource.breakdowns().stream()
            .filter(breakdown -> !counts.by(breakdown.name()).isEmpty())
            .map(breakdown ->
                breakdown(name + " by " + breakdown.word(), counts.by(breakdown.name())))
            .toList());
    html.details("%s: the same as tables".formatted(name));
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      counts(
          name + " by " + breakdown.word(),
          Html.capitalized(breakdown.word()),
          counts.by(breakdown.name()));
    }
    html.endDetails();
    html.table(
        "%s by what was looked for".formatted(name),
        resource.metrics(),
        column("What", metric -> metric.words()),
        column("Count", metric -> number(counts.metric(metric.name()))));
  }

  /** The values that most have, and all others as one. */
  private static BarChart breakdown(String title, Map<String, Long> counts) {
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

  private static List<Map.Entry<String, Long>> mostFirst(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .toList();
  }

  /** A number, or that it is unknown: the release that scanned did not count it. */
  private static Object number(OptionalLong count) {
    return count.isPresent() ? (Object) count.getAsLong() : UNKNOWN;
  }

  private void apis(ApiSummary apis) {
    html.section("APIs")
        .text(
            "p",
            "Routes that anyone on the internet can call without authorization, or with an API key alone: %s. %s"
                .formatted(
                    Html.number(apis.publicRoutesWithoutAuthorization()),
                    apis.unread().isEmpty()
                        ? "Every service was read in every region."
                        : "Nothing is said of what could not be read."));
    counts("APIs by kind", "Kind", spaced(apis.apis()));
    counts("Routes by authorization", "Authorization", spaced(apis.routes()));
    html.table(
        "What could not be read",
        apis.unread(),
        column("Region", unread -> unread.region()),
        column("Service", unread -> spaced(unread.service())),
        column(
            "Of it", unread -> unread.items().map(items -> String.join(", ", items)).orElse("all")),
        column("Reason", unread -> words(unread.reason())),
        column("AWS error code", unread -> unread.code()));
    apis.changes().ifPresent(this::apiChanges);
    html.end();
  }

  private void apiChanges(ApiSummary.Changes changes) {
    record Row(String what, long added, long changed, long removed) {}

    html.table(
        "Since scan " + changes.since(),
        List.of(
            new Row("APIs", changes.apisAdded(), changes.apisChanged(), changes.apisRemoved()),
            new Row(
                "Routes of APIs in both",
                changes.routesAdded(),
                changes.routesChanged(),
                changes.routesRemoved())),
        column("What", Row::what),
        column("New", Row::added),
        column("Changed", Row::changed),
        column("Gone", Row::removed));
  }

  private static Map<String, Long> spaced(Map<String, Long> counts) {
    Map<String, Long> spaced = new TreeMap<>();
    counts.forEach((word, count) -> spaced.put(spaced(word), count));
    return spaced;
  }

  private static String spaced(String word) {
    return word.replace('_', ' ');
  }

  private void counts(String caption, String heading, Map<String, Long> counts) {
    html.table(
        caption,
        mostFirst(counts),
        column(heading, Map.Entry::getKey),
        column("Count", Map.Entry::getValue));
  }

  private void insights(List<Insight> insights) {
    if (!insights.isEmpty()) {
      html.section("Insights").list(insights.stream().map(Insight::text).toList()).end();
    }
  }

  private void trend(Trend trend) {
    html.section("Since the scan before")
        .text(
            "p",
            "Compared over the %d regions that are complete in both scans, with scan %s."
                .formatted(trend.regionsCompared(), trend.since()));
    trend
        .unknown()
        .ifPresent(metrics ->
            html.text(
                "p",
                "One of the two scans did not count, so that it is unknown how these changed: %s."
                    .formatted(String.join(", ", metrics))));
    if (trend.changes().isEmpty()) {
      html.text("p", "Nothing changed.");
    } else {
      html.table(
          "What changed",
          trend.changes(),
          column("Number", Trend.Change::metric),
          column("Before", Trend.Change::before),
          column("Now", Trend.Change::after));
    }
    html.end();
  }

  private void regions(Snapshot snapshot) {
    for (CountedResource<?> resource : CountedResources.ALL) {
      if (resource.scope() == CountedResource.Scope.REGION) {
        regions(resource, snapshot);
      }
    }
  }

  private void regions(CountedResource<?> resource, Snapshot snapshot) {
    List<Column<RegionOutcome>> columns = new ArrayList<>();
    columns.add(column("Region", RegionOutcome::region));
    columns.add(column("Status", outcome -> status(outcome.counts().get(resource.name()))));
    BiConsumer<String, Function<Counts, OptionalLong>> add =
        (heading, count) ->
            columns.add(
                column(
                    heading,
                    outcome ->
                        number(
                            outcome
                                .complete(resource.name())
                                .map(count)
                                .orElseGet(OptionalLong::empty))));
    add.accept(Html.capitalized(resource.name()), counts -> OptionalLong.of(counts.total()));
    // The values that are compared have a column each, as far as there are any.
    Counts totals = snapshot.totals().of(resource.name()).orElseGet(resource::none);
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      if (breakdown.trended()) {
        for (String value : totals.by(breakdown.name()).keySet()) {
          add.accept(
              Html.capitalized(value),
              counts -> OptionalLong.of(counts.of(breakdown.name(), value)));
        }
      }
    }
    for (Metric<?> metric : resource.metrics()) {
      add.accept(metric.words(), counts -> counts.metric(metric.name()));
    }
    html.section("Regions: " + resource.name())
        .table(
            snapshot.coverage().notChosen().isEmpty()
                ? "Every enabled region; one that could not be read has no numbers"
                : "Every region that was chosen; one that could not be read has no numbers",
            snapshot.regions(),
            columns)
        .end();
  }

  private static String status(@Nullable Reading<Counts> reading) {
    return reading == null ? UNKNOWN : reading.unread().map(HtmlReport::why).orElse("complete");
  }

  private static String reason(@Nullable Reading<Counts> reading) {
    return reading == null
        ? UNKNOWN
        : reading.unread().map(unread -> words(unread.reason())).orElse("");
  }

  private void calls(List<CallCount> calls) {
    html.section("Calls made in the account")
        .table(
            "Each attempt is one event in the account's CloudTrail",
            calls,
            column("Operation", call -> call.service() + ":" + call.operation()),
            column("Calls", CallCount::calls),
            column("Of them retries", CallCount::retries),
            column("Of them throttled", CallCount::throttled))
        .end();
  }

  private static String words(Enum<?> value) {
    return spaced(Choice.word(value));
  }
}
