package io.cloudoperator.query;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.BucketCounts;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.InstanceCounts;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.scan.Trend;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A snapshot as one page to read and to print: no script, no address outside it. */
final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

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
    report.regions(snapshot.regions());
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
            "%d of %d enabled regions were read to the end; every number of instances speaks of these."
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
      case Reading.Complete<BucketCounts> _ -> "The list of buckets was read to the end.";
      case Reading.Unread<BucketCounts>(Reading.Reason reason, String code) ->
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
                      names(flag.regions()),
                      flag.why(),
                      flag.remedy()))
              .toList());
    }
    html.end();
  }

  private void totals(Totals totals) {
    InstanceCounts instances = totals.instances();
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
    counts("Instances by state", "State", instances.byState());
    counts("Instances by family", "Family", instances.byFamily());
    counts("Instances by architecture", "Architecture", instances.byArchitecture());
    counts("Instances by platform", "Platform", instances.byPlatform());
    counts("Instances by tenancy", "Tenancy", instances.byTenancy());
    totals
        .buckets()
        .ifPresent(buckets -> counts("Buckets by region", "Region", buckets.byRegion()));
    html.end();
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

  private void regions(List<RegionOutcome> regions) {
    html.section("Regions")
        .table(
            "Every enabled region; one that could not be read has no numbers",
            List.of(
                "Region",
                "Status",
                "Instances",
                "Running",
                "IMDSv1 allowed",
                "Public IPv4",
                "Stopped over 30 days"),
            regions.stream().map(HtmlReport::region).toList())
        .end();
  }

  private static List<Object> region(RegionOutcome outcome) {
    return switch (outcome.instances()) {
      case Reading.Complete<InstanceCounts>(InstanceCounts counts, var _) ->
          List.of(
              outcome.region(),
              "complete",
              counts.total(),
              counts.byState().getOrDefault("running", 0L),
              counts.imdsV1Allowed(),
              counts.publicIpv4(),
              counts.stoppedOver30Days());
      case Reading.Unread<InstanceCounts>(Reading.Reason reason, String code) ->
          List.of(
              outcome.region(),
              "%s (%s)".formatted(words(reason), code),
              "unknown",
              "unknown",
              "unknown",
              "unknown",
              "unknown");
    };
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

  private static String names(List<RegionName> regions) {
    return String.join(", ", regions.stream().map(RegionName::value).toList());
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
