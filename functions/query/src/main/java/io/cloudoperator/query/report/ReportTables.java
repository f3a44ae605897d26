package io.cloudoperator.query.report;

import static io.cloudoperator.query.html.Html.column;
import static io.cloudoperator.query.report.ReportCharts.mostFirst;
import static io.cloudoperator.query.report.ReportWords.TIME;
import static io.cloudoperator.query.report.ReportWords.number;
import static io.cloudoperator.query.report.ReportWords.spaced;
import static io.cloudoperator.query.report.ReportWords.status;
import static io.cloudoperator.query.report.ReportWords.why;
import static io.cloudoperator.query.report.ReportWords.words;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.EnglishCounts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.query.html.Html;
import io.cloudoperator.query.html.Html.Column;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RoleCheck;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Trend;
import io.cloudoperator.service.CountedResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sections of a report that state and list: what was read, the role, APIs, regions, calls. */
final class ReportTables {
  private final Html html;

  /**
   * @param html to which the sections are added
   */
  ReportTables(Html html) {
    this.html = html;
  }

  void coverage(Snapshot snapshot) {
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

  void role(Snapshot snapshot) {
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

  void apis(ApiSummary apis) {
    html.section("APIs")
        .text(
            "p",
            "Routes that anyone on the internet can call without authorization, or with an API key alone: %s. %s"
                .formatted(
                    Html.number(apis.publicRoutesWithoutAuthorization()),
                    apis.unread().isEmpty()
                        ? "Every service was read in every region."
                        : "Nothing is said of what could not be read."));
    counts("APIs by kind", "Kind", spacedKeys(apis.apis()));
    counts("Routes by authorization", "Authorization", spacedKeys(apis.routes()));
    html.table(
        "What could not be read",
        apis.unread(),
        column("Region", unread -> unread.region()),
        column("Service", unread -> spaced(unread.service())),
        column(
            "Of it",
            unread ->
                unread
                        .left()
                        .map(left ->
                            "%s of %s, among them "
                                .formatted(Html.number(left.items()), Html.number(left.of())))
                        .orElse("")
                    + unread.items().map(items -> String.join(", ", items)).orElse("all")),
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

  private static Map<String, Long> spacedKeys(Map<String, Long> counts) {
    Map<String, Long> spaced = new TreeMap<>();
    counts.forEach((word, count) -> spaced.put(spaced(word), count));
    return spaced;
  }

  void counts(String caption, String heading, Map<String, Long> counts) {
    html.table(
        caption,
        mostFirst(counts),
        column(heading, Map.Entry::getKey),
        column("Count", Map.Entry::getValue));
  }

  void trend(Trend trend) {
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

  void regions(Snapshot snapshot) {
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

  void calls(List<CallCount> calls) {
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
}
