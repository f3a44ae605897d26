package io.cloudoperator.query;

import static io.cloudoperator.query.Html.column;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A snapshot as one page to read and to print: no script, no address outside it. */
final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String UNKNOWN = "unknown";

  private final Html html = new Html();

  private HtmlReport() {}

  static String write(String connectionName, Snapshot snapshot) {
    String title = "%s: AWS account %s".formatted(connectionName, snapshot.account());
    HtmlReport report = new HtmlReport();
    report.head(title, snapshot);
    report.coverage(snapshot);
    report.flags(snapshot.flags());
    report.role(snapshot);
    report.totals(snapshot.totals());
    snapshot.apis().ifPresent(report::apis);
    report.insights(snapshot.insights());
    snapshot.trend().ifPresent(report::trend);
    report.regions(snapshot);
    report.calls(snapshot.calls());
    return report.html.page(title);
  }

  private void head(String title, Snapshot snapshot) {
    html.text("h1", title)
        .text(
            "p",
            "Scanned read-only from %s to %s, scan %s."
                .formatted(
                    TIME.format(snapshot.startedAt()),
                    TIME.format(snapshot.finishedAt()),
                    snapshot.key().scan()));
  }

  private void coverage(Snapshot snapshot) {
    Coverage coverage = snapshot.coverage();
    html.section("Coverage")
        .text(
            "p",
            "%d of %d enabled regions were read to the end; every number that is counted in regions speaks of these."
                    .formatted(coverage.complete(), coverage.enabled())
                + " %d regions are not enabled in the account: nothing can run there. %s"
                    .formatted(coverage.notOptedIn().size(), bucketCoverage(snapshot)));
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
      html.table(
          "What the account's owner should look at, most severe first",
          flags,
          column("Flag", RiskFlag::title),
          column("Severity", flag -> words(flag.severity())),
          column("Count", RiskFlag::count),
          column("Regions", flag -> String.join(", ", flag.places())),
          column("Why", RiskFlag::why),
          column("What to do", RiskFlag::remedy));
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
    String name = capitalized(resource.name());
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      counts(
          name + " by " + breakdown.word(),
          capitalized(breakdown.word()),
          counts.by(breakdown.name()));
    }
    html.table(
        "%s by what was looked for".formatted(name),
        resource.metrics(),
        column("What", metric -> metric.words()),
        column("Count", metric -> number(counts.metric(metric.name()))));
  }

  /** A number, or that it is unknown: the release that scanned did not count it. */
  private static Object number(OptionalLong count) {
    return count.isPresent() ? (Object) count.getAsLong() : UNKNOWN;
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
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
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList(),
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
    add.accept(capitalized(resource.name()), counts -> OptionalLong.of(counts.total()));
    // The values that are compared have a column each, as far as there are any.
    Counts totals = snapshot.totals().of(resource.name()).orElseGet(resource::none);
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      if (breakdown.trended()) {
        for (String value : totals.by(breakdown.name()).keySet()) {
          add.accept(
              capitalized(value), counts -> OptionalLong.of(counts.of(breakdown.name(), value)));
        }
      }
    }
    for (Metric<?> metric : resource.metrics()) {
      add.accept(metric.words(), counts -> counts.metric(metric.name()));
    }
    html.section("Regions: " + resource.name())
        .table(
            "Every enabled region; one that could not be read has no numbers",
            snapshot.regions(),
            columns)
        .end();
  }

  private static String status(@Nullable Reading<Counts> reading) {
    return reading == null ? UNKNOWN : reading.unread().map(HtmlReport::why).orElse("complete");
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
