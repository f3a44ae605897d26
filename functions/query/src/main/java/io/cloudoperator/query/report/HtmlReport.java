package io.cloudoperator.query.report;

import static io.cloudoperator.query.html.Html.column;
import static io.cloudoperator.query.report.ReportWords.TIME;
import static io.cloudoperator.query.report.ReportWords.UNKNOWN;
import static io.cloudoperator.query.report.ReportWords.number;
import static io.cloudoperator.query.report.ReportWords.words;

import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.query.html.Html;
import io.cloudoperator.query.html.Html.Column;
import io.cloudoperator.query.html.TrendChart;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.service.CountedResources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A snapshot as one page to read and to print: no script, no address outside it. */
final class HtmlReport {
  private final Html html = new Html();
  private final ReportTables tables = new ReportTables(html);

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
    report.tables.coverage(snapshot);
    report.flags(snapshot.flags());
    report.byRegion(snapshot);
    report.totals(snapshot.totals());
    snapshot.apis().ifPresent(report.tables::apis);
    report.insights(snapshot.insights());
    report.trends(TrendRows.of(snapshot, kept));
    snapshot.trend().ifPresent(report.tables::trend);
    report.tables.role(snapshot);
    report.tables.regions(snapshot);
    report.tables.calls(snapshot.calls());
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
                .map(severity ->
                    ReportCharts.severity(snapshot.flags(), severity) + " " + words(severity))
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

  /** Regions that have some, most first; those that could not be read; the names of the others. */
  private void byRegion(Snapshot snapshot) {
    for (CountedResource<?> resource : CountedResources.ALL) {
      if (resource.scope() == CountedResource.Scope.REGION) {
        byRegion(resource, snapshot);
      }
    }
  }

  private static String regionsRead(List<TrendChart> rows) {
    return rows.getFirst().points().stream()
        .map(point -> "%s: %d of %d".formatted(point.when(), point.counted(), point.enabled()))
        .collect(Collectors.joining(", ", "Regions that were read: ", "."));
  }

  private void trends(List<TrendChart> rows) {
    html.section("Over the snapshots that are kept");
    if (rows.getFirst().points().size() == 1) {
      html.text("p", "There is no trend yet: this is the only snapshot that is kept.").end();
      return;
    }
    html.text(
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

  private void flags(List<RiskFlag> flags) {
    html.section("Risk flags");
    if (flags.isEmpty()) {
      html.text("p", "None in the regions that were read.");
    } else {
      html.charts("bars", List.of(ReportCharts.severities(flags)));
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

  private void byRegion(CountedResource<?> resource, Snapshot snapshot) {
    ReportCharts.ByRegion found = ReportCharts.byRegion(resource, snapshot);
    html.section(Html.capitalized(resource.name()) + " by region")
        .charts("bars", List.of(found.chart()));
    if (found.unread()) {
      html.text("p", "Hatched: could not be read. How many there are is unknown; it is not zero.");
    }
    if (!found.none().isEmpty()) {
      html.text(
          "p",
          "None in %d %s that were read: %s."
              .formatted(
                  found.none().size(),
                  found.none().size() == 1 ? "region" : "regions",
                  String.join(", ", found.none())));
    }
    html.end();
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
                ReportCharts.breakdown(
                    name + " by " + breakdown.word(), counts.by(breakdown.name())))
            .toList());
    html.details("%s: the same as tables".formatted(name));
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      tables.counts(
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

  private void insights(List<Insight> insights) {
    if (!insights.isEmpty()) {
      html.section("Insights").list(insights.stream().map(Insight::text).toList()).end();
    }
  }
}
