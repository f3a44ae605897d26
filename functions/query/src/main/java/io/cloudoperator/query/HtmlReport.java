package io.cloudoperator.query;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.scan.Trend;
import io.cloudoperator.service.CountedResources;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

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
                    time(snapshot.startedAt()),
                    time(snapshot.finishedAt()),
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
    if (!coverage.unread().isEmpty()) {
      html.table(
          "Regions that could not be read",
          List.of("Region", "Reason", "AWS error code"),
          coverage.unread().stream()
              .map(
                  unread -> List.<Object>of(unread.region(), words(unread.reason()), unread.code()))
              .toList());
    }
    html.end();
  }

  private static String bucketCoverage(Snapshot snapshot) {
    return switch (snapshot.buckets().buckets()) {
      case Reading.Complete<Counts> _ -> "The list of buckets was read to the end.";
      case Reading.Unread<Counts>(Reading.Reason reason, String code) ->
          "The buckets could not be read: %s (%s).".formatted(words(reason), code);
    };
  }

  private void flags(List<RiskFlag> flags) {
    html.section("Risk flags");
    if (flags.isEmpty()) {
      html.text("p", "None in the regions that were read.");
    } else {
      html.table(
          "What the account's owner should look at, most severe first",
          List.of("Flag", "Severity", "Count", "Regions", "Why", "What to do"),
          flags.stream()
              .map(flag ->
                  List.<Object>of(
                      flag.title(),
                      words(flag.severity()),
                      flag.count(),
                      String.join(", ", flag.places()),
                      flag.why(),
                      flag.remedy()))
              .toList());
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
    String name = capitalized(resource.name());
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      counts(
          name + " by " + breakdown.word(),
          capitalized(breakdown.word()),
          counts.by(breakdown.name()));
    }
    if (!resource.metrics().isEmpty()) {
      html.table(
          "%s by what was looked for".formatted(name),
          List.of("What", "Count"),
          resource.metrics().stream()
              .map(metric -> List.<Object>of(metric.words(), number(counts.metric(metric.name()))))
              .toList());
    }
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
    if (!apis.unread().isEmpty()) {
      html.table(
          "What could not be read",
          List.of("Region", "Service", "Of it", "Reason", "AWS error code"),
          apis.unread().stream()
              .map(unread ->
                  List.<Object>of(
                      unread.region(),
                      spaced(unread.service()),
                      unread.items().map(items -> String.join(", ", items)).orElse("all"),
                      words(unread.reason()),
                      unread.code()))
              .toList());
    }
    apis.changes().ifPresent(this::apiChanges);
    html.end();
  }

  private void apiChanges(ApiSummary.Changes changes) {
    html.table(
        "Since scan " + changes.since(),
        List.of("What", "New", "Changed", "Gone"),
        List.of(
            List.of("APIs", changes.apisAdded(), changes.apisChanged(), changes.apisRemoved()),
            List.of(
                "Routes of APIs in both",
                changes.routesAdded(),
                changes.routesChanged(),
                changes.routesRemoved())));
  }

  private static Map<String, Long> spaced(Map<String, Long> counts) {
    Map<String, Long> spaced = new TreeMap<>();
    counts.forEach((word, count) -> spaced.put(spaced(word), count));
    return spaced;
  }

  private static String spaced(String word) {
    return word.replace('_', ' ');
  }

  private void counts(String caption, String column, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      html.table(
          caption,
          List.of(column, "Count"),
          counts.entrySet().stream()
              .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
              .map(entry -> List.<Object>of(entry.getKey(), entry.getValue()))
              .toList());
    }
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
          List.of("Number", "Before", "Now"),
          trend.changes().stream()
              .map(change -> List.<Object>of(change.metric(), change.before(), change.after()))
              .toList());
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
    // The values that are compared have a column each, as far as there are any.
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column(capitalized(resource.name()), counts -> OptionalLong.of(counts.total())));
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      if (breakdown.trended()) {
        Counts totals = snapshot.totals().of(resource.name()).orElseGet(resource::none);
        for (String value : totals.by(breakdown.name()).keySet()) {
          columns.add(
              new Column(
                  capitalized(value),
                  counts -> OptionalLong.of(counts.of(breakdown.name(), value))));
        }
      }
    }
    for (Metric<?> metric : resource.metrics()) {
      columns.add(new Column(metric.words(), counts -> counts.metric(metric.name())));
    }
    List<String> heads = new ArrayList<>(List.of("Region", "Status"));
    columns.forEach(column -> heads.add(column.head()));
    html.section("Regions: " + resource.name())
        .table(
            "Every enabled region; one that could not be read has no numbers",
            heads,
            snapshot.regions().stream()
                .map(outcome -> region(outcome, resource.name(), columns))
                .toList())
        .end();
  }

  /** A column of numbers in the table of a resource. */
  private record Column(String head, Function<Counts, OptionalLong> number) {}

  private static List<Object> region(RegionOutcome outcome, String resource, List<Column> columns) {
    List<Object> row = new ArrayList<>();
    row.add(outcome.region());
    row.add(status(Optional.ofNullable(outcome.counts().get(resource))));
    Optional<Counts> counts = outcome.complete(resource);
    columns.forEach(
        column -> row.add(number(counts.map(column.number()).orElseGet(OptionalLong::empty))));
    return row;
  }

  private static String status(Optional<Reading<Counts>> reading) {
    return reading
        .map(known ->
            switch (known) {
              case Reading.Complete<Counts> _ -> "complete";
              case Reading.Unread<Counts>(Reading.Reason reason, String code) ->
                  "%s (%s)".formatted(words(reason), code);
            })
        .orElse(UNKNOWN);
  }

  private void calls(List<CallCount> calls) {
    html.section("Calls made in the account")
        .table(
            "Each attempt is one event in the account's CloudTrail",
            List.of("Operation", "Calls", "Of them retries", "Of them throttled"),
            calls.stream()
                .map(call ->
                    List.<Object>of(
                        call.service() + ":" + call.operation(),
                        call.calls(),
                        call.retries(),
                        call.throttled()))
                .toList())
        .end();
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
