package io.cloudoperator.query.report;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.runtime.Choice;
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
import java.util.Map;

/**
 * A snapshot with one fact a row. A region that could not be read has a row that says why, and no
 * numbers.
 */
final class CsvReport {
  private final List<List<?>> rows = new ArrayList<>();

  private CsvReport() {
    row("section", "region", "name", "value", "note");
  }

  static String write(Snapshot snapshot) {
    CsvReport report = new CsvReport();
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
    return Csv.write(report.rows);
  }

  private void scan(Snapshot snapshot) {
    fact("scan", "scanId", snapshot.key().scan());
    fact("scan", "connectionId", snapshot.key().connection());
    fact("scan", "account", snapshot.account());
    fact("scan", "startedAt", snapshot.startedAt());
    fact("scan", "finishedAt", snapshot.finishedAt());
  }

  private void coverage(Snapshot snapshot) {
    Coverage coverage = snapshot.coverage();
    fact("coverage", "whole", snapshot.whole());
    fact("coverage", "enabled", coverage.enabled());
    fact("coverage", "complete", coverage.complete());
    coverage.notChosen().forEach(region -> row("coverage", region, "status", "not_chosen", ""));
    coverage.notOptedIn().forEach(region -> row("coverage", region, "status", "not_opted_in", ""));
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
        flag.count(),
        "%s: %s %s %s"
            .formatted(Choice.word(flag.severity()), flag.title(), flag.why(), flag.remedy()));
  }

  private void insight(Insight insight) {
    row("insight", "", insight.code(), "", insight.text());
  }

  private void region(RegionOutcome outcome) {
    String code = outcome.unread().map(Reading.Unread::code).orElse("");
    row("region", outcome.region(), "status", SnapshotView.status(outcome.unread()), code);
    for (CountedResource<?> resource : CountedResources.ALL) {
      outcome
          .complete(resource.name())
          .ifPresent(counts -> counts("region", outcome.region().value(), resource, counts));
    }
  }

  private void counts(String section, String region, CountedResource<?> resource, Counts counts) {
    row(section, region, resource.name(), counts.total(), "");
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
              count -> row(section, region, name, count, ""),
              () -> row(section, region, name, "", "unknown"));
    }
  }

  private void buckets(BucketOutcome outcome) {
    Reading<Counts> buckets = outcome.buckets();
    String code = buckets.unread().map(Reading.Unread::code).orElse("");
    row("buckets", "", "status", SnapshotView.status(buckets.unread()), code);
    buckets
        .complete()
        .ifPresent(counts ->
            counts
                .by("byRegion")
                .forEach((region, count) -> row("buckets", region, "buckets", count, "")));
  }

  private void apis(ApiSummary apis) {
    numbers("apis", "", "apis", apis.apis());
    numbers("apis", "", "routes", apis.routes());
    fact("apis", "publicRoutesWithoutAuthorization", apis.publicRoutesWithoutAuthorization());
    fact("apis", "sourcesRead", apis.sourcesRead());
    for (ApiSummary.UnreadSource unread : apis.unread()) {
      String reason = Choice.word(unread.reason());
      unread
          .items()
          .map(items -> items.stream().map(item -> unread.service() + " " + item).toList())
          .orElse(List.of(unread.service()))
          .forEach(what -> row("apis", unread.region(), what, reason, unread.code()));
      unread
          .left()
          .ifPresent(left ->
              row(
                  "apis",
                  unread.region(),
                  unread.service() + " left",
                  left.items(),
                  unread.code()));
    }
    apis.changes().ifPresent(this::apiChanges);
  }

  private void apiChanges(ApiSummary.Changes changes) {
    fact("apiChanges", "since", changes.since());
    fact("apiChanges", "apisAdded", changes.apisAdded());
    fact("apiChanges", "apisChanged", changes.apisChanged());
    fact("apiChanges", "apisRemoved", changes.apisRemoved());
    fact("apiChanges", "routesAdded", changes.routesAdded());
    fact("apiChanges", "routesChanged", changes.routesChanged());
    fact("apiChanges", "routesRemoved", changes.routesRemoved());
  }

  private void trend(Trend trend) {
    fact("trend", "since", trend.since());
    trend
        .unknown()
        .ifPresent(metrics -> metrics.forEach(metric -> row("trend", "", metric, "", "unknown")));
    fact("trend", "regionsCompared", trend.regionsCompared());
    for (Trend.Change change : trend.changes()) {
      row("trend", "", change.metric(), change.after(), "before: " + change.before());
    }
  }

  private void call(CallCount call) {
    row(
        "call",
        "",
        call.service() + ":" + call.operation(),
        call.calls(),
        "retries: %d, throttled: %d".formatted(call.retries(), call.throttled()));
  }

  private void numbers(String section, String region, String of, Map<String, Long> counts) {
    counts.forEach((key, count) -> row(section, region, of + "." + key, count, ""));
  }

  private void fact(String section, String name, Object value) {
    row(section, "", name, value, "");
  }

  private void row(String section, Object region, String name, Object value, String note) {
    rows.add(List.of(section, region, name, value, note));
  }
}
