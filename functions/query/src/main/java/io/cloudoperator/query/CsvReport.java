package io.cloudoperator.query;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.scan.Trend;
import io.cloudoperator.service.CountedResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A snapshot with one fact a row, for spreadsheets and databases. A region that could not be read
 * has a row that says why, and no numbers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvReport {
  private static final String END_OF_LINE = "\r\n";
  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
  // What a spreadsheet takes for a formula, also in its full-width form, and the blanks it skips:
  // https://owasp.org/www-community/attacks/CSV_Injection
  private static final Pattern FORMULA =
      Pattern.compile("[\\s\\x00-\\x1f]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);

  private final List<List<String>> rows = new ArrayList<>();

  private CsvReport() {}

  /** Lines end with CR LF; the first one names the columns. */
  static String write(Snapshot snapshot) {
    CsvReport report = new CsvReport();
    report.row("section", "region", "name", "value", "note");
    report.scan(snapshot);
    report.coverage(snapshot);
    report.totals(snapshot.totals());
    snapshot.flags().forEach(report::flag);
    snapshot.insights().forEach(report::insight);
    snapshot.regions().forEach(report::region);
    report.buckets(snapshot.buckets());
    snapshot.apis().ifPresent(report::apis);
    snapshot.trend().ifPresent(report::trend);
    snapshot.calls().forEach(report::call);
    return report.rows.stream()
        .map(row -> row.stream().map(CsvReport::cell).collect(Collectors.joining(",")))
        .collect(Collectors.joining(END_OF_LINE, "", END_OF_LINE));
  }

  private void scan(Snapshot snapshot) {
    row("scan", "", "scanId", snapshot.key().scan().value(), "");
    row("scan", "", "connectionId", snapshot.key().connection().value(), "");
    row("scan", "", "account", snapshot.account().value(), "");
    row("scan", "", "startedAt", snapshot.startedAt().toString(), "");
    row("scan", "", "finishedAt", snapshot.finishedAt().toString(), "");
  }

  private void coverage(Snapshot snapshot) {
    Coverage coverage = snapshot.coverage();
    row("coverage", "", "whole", String.valueOf(snapshot.whole()), "");
    number("coverage", "", "enabled", coverage.enabled());
    number("coverage", "", "complete", coverage.complete());
    coverage
        .notOptedIn()
        .forEach(region -> row("coverage", region.value(), "status", "not_opted_in", ""));
  }

  private void totals(Totals totals) {
    for (CountedResource<?> resource : CountedResources.ALL) {
      totals.of(resource.name()).ifPresent(counts -> counts("total", "", resource, counts));
    }
  }

  private void flag(RiskFlag flag) {
    row(
        "flag",
        String.join(" ", flag.places()),
        flag.kind().code(),
        String.valueOf(flag.count()),
        "%s: %s %s %s"
            .formatted(
                flag.severity().name().toLowerCase(Locale.ROOT),
                flag.title(),
                flag.why(),
                flag.remedy()));
  }

  private void insight(Insight insight) {
    row("insight", "", insight.code(), "", insight.text());
  }

  private void region(RegionOutcome outcome) {
    String region = outcome.region().value();
    row(
        "region",
        region,
        "status",
        SnapshotView.status(outcome),
        outcome.unread().map(Reading.Unread::code).orElse(""));
    for (CountedResource<?> resource : CountedResources.ALL) {
      outcome
          .complete(resource.name())
          .ifPresent(counts -> counts("region", region, resource, counts));
    }
  }

  private void counts(String section, String region, CountedResource<?> resource, Counts counts) {
    number(section, region, resource.name(), counts.total());
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      // Buckets have a section of their own, with their region in its column.
      if (!resource.name().equals(BucketOutcome.BUCKETS)) {
        numbers(section, region, resource.qualified(breakdown), counts.by(breakdown.name()));
      }
    }
    for (Metric<?> metric : resource.metrics()) {
      String name = resource.qualified(metric);
      counts
          .metric(metric.name())
          .ifPresentOrElse(
              count -> number(section, region, name, count),
              () -> row(section, region, name, "", "unknown"));
    }
  }

  private void buckets(BucketOutcome outcome) {
    switch (outcome.buckets()) {
      case Reading.Complete<Counts>(Counts counts, var _) -> {
        row("buckets", "", "status", SnapshotView.status(outcome.buckets()), "");
        counts
            .by("byRegion")
            .forEach((region, count) -> number("buckets", region, "buckets", count));
      }
      case Reading.Unread<Counts>(Reading.Reason _, String code) ->
          row("buckets", "", "status", SnapshotView.status(outcome.buckets()), code);
    }
  }

  private void apis(ApiSummary apis) {
    numbers("apis", "", "apis", apis.apis());
    numbers("apis", "", "routes", apis.routes());
    number("apis", "", "publicRoutesWithoutAuthorization", apis.publicRoutesWithoutAuthorization());
    number("apis", "", "sourcesRead", apis.sourcesRead());
    apis.unread()
        .forEach(unread ->
            unread
                .items()
                .map(items -> items.stream().map(item -> unread.service() + " " + item).toList())
                .orElse(List.of(unread.service()))
                .forEach(what ->
                    row(
                        "apis",
                        unread.region(),
                        what,
                        unread.reason().name().toLowerCase(Locale.ROOT),
                        unread.code())));
    apis.changes().ifPresent(this::apiChanges);
  }

  private void apiChanges(ApiSummary.Changes changes) {
    row("apiChanges", "", "since", changes.since().value(), "");
    number("apiChanges", "", "apisAdded", changes.apisAdded());
    number("apiChanges", "", "apisChanged", changes.apisChanged());
    number("apiChanges", "", "apisRemoved", changes.apisRemoved());
    number("apiChanges", "", "routesAdded", changes.routesAdded());
    number("apiChanges", "", "routesChanged", changes.routesChanged());
    number("apiChanges", "", "routesRemoved", changes.routesRemoved());
  }

  private void trend(Trend trend) {
    row("trend", "", "since", trend.since().value(), "");
    trend
        .unknown()
        .ifPresent(metrics -> metrics.forEach(metric -> row("trend", "", metric, "", "unknown")));
    number("trend", "", "regionsCompared", trend.regionsCompared());
    trend
        .changes()
        .forEach(change ->
            row(
                "trend",
                "",
                change.metric(),
                String.valueOf(change.after()),
                "before: " + change.before()));
  }

  private void call(CallCount call) {
    row(
        "call",
        "",
        call.service() + ":" + call.operation(),
        String.valueOf(call.calls()),
        "retries: %d, throttled: %d".formatted(call.retries(), call.throttled()));
  }

  private void numbers(String section, String region, String of, Map<String, Long> counts) {
    counts.forEach((key, count) -> number(section, region, of + "." + key, count));
  }

  private void number(String section, String region, String name, long value) {
    row(section, region, name, String.valueOf(value), "");
  }

  private void row(String section, String region, String name, String value, String note) {
    rows.add(List.of(section, region, name, value, note));
  }

  /** A cell that a spreadsheet shows as text, whatever it holds. */
  static String cell(String text) {
    String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
    return NEEDS_QUOTES.matcher(harmless).find()
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
