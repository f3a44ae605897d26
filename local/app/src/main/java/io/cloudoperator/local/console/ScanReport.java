package io.cloudoperator.local.console;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.local.client.ScanResult;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Trend;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.ec2.InstanceFacts;
import io.cloudoperator.service.s3.BucketFacts;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The snapshot of a scan, for a terminal. */
public final class ScanReport extends TerminalReport {
  private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
      Comparator.comparingLong((Map.Entry<String, Long> entry) -> entry.getValue())
          .reversed()
          .thenComparing(Map.Entry::getKey);

  private static final int BUSIEST_SHOWN = 12;
  private static final int FAMILIES_SHOWN = 6;
  private static final int REGIONS_NAMED = 4;
  private static final int UNREAD_SHOWN = 6;
  private static final int BAR = 24;

  private final ScanResult snapshot;
  private final List<ScanResult> kept;

  private ScanReport(ScanResult snapshot, List<ScanResult> kept, TerminalColors style) {
    super(style);
    this.snapshot = snapshot;
    this.kept = List.copyOf(kept);
  }

  /**
   * The summary, with a line break at its end.
   *
   * @param kept the scans that are kept of the connection, oldest first
   * @param width that no line exceeds
   */
  public static String of(
      ScanResult snapshot, List<ScanResult> kept, TerminalColors style, int width) {
    ScanReport summary = new ScanReport(snapshot, kept, style);
    summary.totals();
    summary.metrics();
    summary.regions();
    summary.families();
    snapshot.apis().ifPresent(summary::apis);
    summary.flags();
    summary.insights();
    summary.trend();
    summary.history();
    summary.coverage();
    summary.calls();
    return wrapped(summary.text(), width);
  }

  private void totals() {
    Counts instances = snapshot.totals().instances();
    line("");
    line(
        "  "
            + style.bold("Account " + snapshot.account())
            + style.faint("  ·  scan " + snapshot.scanId() + "  ·  tier " + snapshot.tier()));
    line("");
    line(
        "  %s in %d of %d regions%s   %s",
        style.bold(counted(instances.total(), "instance")),
        snapshot.totals().regionsCounted(),
        snapshot.totals().regionsEnabled(),
        snapshot.coverage().notChosen().isEmpty() ? "" : ", chosen",
        style.faint(joined(instances.by("byState"))));
    for (CountedResource<?> resource : CountedResources.ALL) {
      if (!resource.name().equals(InstanceFacts.COUNTED.name())
          && !resource.name().equals(BucketFacts.COUNTED.name())) {
        snapshot
            .totals()
            .of(resource.name())
            .ifPresent(
                counts -> line("  %s", style.bold(counted(counts.total(), resource.thing()))));
      }
    }
    line(
        "  %s",
        snapshot
            .totals()
            .buckets()
            .map(buckets ->
                style.bold(counted(buckets.total(), "bucket"))
                    + " in "
                    + counted(buckets.by("byRegion").size(), "region"))
            .orElseGet(() -> style.yellow("the bucket list could not be read")));
  }

  private void metrics() {
    for (CountedResource<?> resource : CountedResources.ALL) {
      snapshot.totals().of(resource.name()).ifPresent(counts -> metrics(resource, counts));
    }
  }

  /** What is counted of a resource, and so also what is zero or unknown. */
  private void metrics(CountedResource<?> resource, Counts counts) {
    if (resource.metrics().isEmpty()) {
      return;
    }
    heading("What was looked for in " + resource.name());
    for (Metric<?> metric : resource.metrics()) {
      OptionalLong count = counts.metric(metric.name());
      line(
          "  %-32s %s",
          metric.words(), count.isPresent() ? number(count.getAsLong()) : style.yellow("unknown"));
    }
  }

  private void regions() {
    List<Busy> busy =
        snapshot.regions().stream()
            .map(ScanReport::busy)
            .flatMap(Optional::stream)
            .filter(region -> region.counts().total() > 0)
            .sorted(
                Comparator.comparingLong((Busy region) -> region.counts().total())
                    .reversed()
                    .thenComparing(Busy::name))
            .toList();
    heading("Regions");
    long most = busy.isEmpty() ? 1 : busy.getFirst().counts().total();
    Map<String, Long> buckets =
        snapshot
            .totals()
            .buckets()
            .map(counts -> counts.by("byRegion"))
            .map(Map::copyOf)
            .orElse(Map.of());
    for (Busy region : busy.stream().limit(BUSIEST_SHOWN).toList()) {
      long total = region.counts().total();
      int filled = (int) Math.max(1, BAR * total / most);
      line(
          "  %-16s %7s  %s %s",
          region.name(),
          number(total),
          style.green("▇".repeat(filled)) + " ".repeat(BAR - filled),
          style.faint(
              joined(region.counts().by("byState"))
                  + Optional.ofNullable(buckets.get(region.name().value()))
                      .map(count -> " · " + counted(count, "bucket"))
                      .orElse("")));
    }
    if (busy.size() > BUSIEST_SHOWN) {
      long rest =
          busy.stream().skip(BUSIEST_SHOWN).mapToLong(region -> region.counts().total()).sum();
      line("  %-16s %7s", (busy.size() - BUSIEST_SHOWN) + " more", number(rest));
    }
    int empty = snapshot.coverage().complete() - busy.size();
    if (empty > 0) {
      line(style.faint("  %s without an instance".formatted(counted(empty, "region"))));
    }
  }

  private void families() {
    Map<String, Long> families = snapshot.totals().instances().by("byFamily");
    if (families.isEmpty()) {
      return;
    }
    heading("Instance families");
    long most = families.values().stream().mapToLong(Long::longValue).max().orElse(1);
    families.entrySet().stream()
        .sorted(MOST_FIRST)
        .limit(FAMILIES_SHOWN)
        .forEach(family ->
            line(
                "  %-16s %7s  %s",
                family.getKey(), number(family.getValue()), bar(family.getValue(), most)));
    if (families.size() > FAMILIES_SHOWN) {
      long rest =
          families.entrySet().stream()
              .sorted(MOST_FIRST)
              .skip(FAMILIES_SHOWN)
              .mapToLong(Map.Entry::getValue)
              .sum();
      line("  %-16s %7s", (families.size() - FAMILIES_SHOWN) + " more", number(rest));
    }
  }

  private String bar(long count, long most) {
    int filled = (int) Math.max(1, BAR * count / most);
    return style.green("▇".repeat(filled));
  }

  private void apis(ApiSummary apis) {
    heading("APIs");
    long total = apis.apis().values().stream().mapToLong(Long::longValue).sum();
    long routes = apis.routes().values().stream().mapToLong(Long::longValue).sum();
    line("  %s   %s", style.bold(counted(total, "API")), style.faint(joined(apis.apis())));
    line(
        "  %s by what a caller must show   %s",
        style.bold(counted(routes, "route")), style.faint(joined(apis.routes())));
    long open = apis.publicRoutesWithoutAuthorization();
    line(
        "  %s",
        open == 0
            ? apis.unread().isEmpty()
                ? style.green("no public route without authorization")
                : "no public route without authorization in what was read"
            : style.red(counted(open, "public route") + " without authorization"));
    apis.changes()
        .ifPresentOrElse(
            changes ->
                line(
                    "  since the scan before: APIs %s new, %s changed, %s gone; routes %s, %s, %s",
                    number(changes.apisAdded()),
                    number(changes.apisChanged()),
                    number(changes.apisRemoved()),
                    number(changes.routesAdded()),
                    number(changes.routesChanged()),
                    number(changes.routesRemoved())),
            () -> line("  %s", style.faint("the first with APIs: later ones are compared to it")));
    apis.unread().stream()
        .limit(UNREAD_SHOWN)
        .forEach(source ->
            unread(
                source.region().toString(),
                source.service().replace('_', ' ')
                    + source
                        .left()
                        .map(left ->
                            ": %s of %s are left for the next scans"
                                .formatted(number(left.items()), number(left.of())))
                        .orElseGet(() ->
                            source.items().map(items -> " " + String.join(", ", items)).orElse("")
                                + ": "
                                + explained(source.reason())),
                source.code()));
    if (apis.unread().size() > UNREAD_SHOWN) {
      line("  %s", style.yellow("and %d more".formatted(apis.unread().size() - UNREAD_SHOWN)));
    }
  }

  private void flags() {
    heading("Risk flags");
    if (snapshot.flags().isEmpty()) {
      line("  none in the regions that were read");
    }
    severities();
    for (RiskFlag flag : snapshot.flags()) {
      line("  %s  %s", severity(flag.severity()), style.bold(flag.title()));
      line("          %s", style.faint(where(flag)));
      line("          → %s", firstSentence(flag.remedy()));
    }
  }

  private void severities() {
    for (Severity severity : Severity.values()) {
      long flags = snapshot.flags().stream().filter(flag -> flag.severity() == severity).count();
      if (flags > 0) {
        line("  %s  %s", severity(severity), "▇".repeat((int) flags) + " " + flags);
      }
    }
  }

  private void insights() {
    if (snapshot.insights().isEmpty()) {
      return;
    }
    heading("Insights");
    snapshot.insights().forEach(insight -> line("  · %s", insight.text()));
  }

  private void trend() {
    Optional<Trend> trend = snapshot.trend();
    if (trend.isEmpty()) {
      return;
    }
    heading(
        "Since the scan before, over "
            + counted(trend.get().regionsCompared(), "region")
            + " complete in both");
    if (trend.get().changes().isEmpty()) {
      line("  nothing changed");
    }
    trend
        .get()
        .unknown()
        .ifPresent(metrics ->
            line(
                "  %s",
                style.yellow("unknown, not counted before: " + String.join(", ", metrics))));
    trend
        .get()
        .changes()
        .forEach(change ->
            line(
                "  %-32s %s → %s",
                change.metric(), number(change.before()), number(change.after())));
  }

  private void history() {
    KeptScans history = new KeptScans(kept);
    List<Sparkline> lines = history.sparklines();
    if (lines.isEmpty()) {
      return;
    }
    heading(
        "Over the %d scans that are kept, in %s that each has read"
            .formatted(kept.size(), counted(history.regionsCompared(), "region")));
    for (Sparkline line : lines) {
      line(
          "  %-32s %s  %s",
          line.title(),
          style.green(line.bars()),
          style.faint(
              line.values().stream()
                  .map(value -> value.isPresent() ? number(value.getAsLong()) : "unknown")
                  .collect(Collectors.joining(" → "))));
    }
  }

  private void coverage() {
    Coverage coverage = snapshot.coverage();
    heading("Coverage");
    String regions =
        coverage.complete()
            + " of "
            + counted(coverage.enabled(), "enabled region")
            + " read"
            + (coverage.notChosen().isEmpty() ? "" : ", %d chosen".formatted(coverage.chosen()));
    line(
        "  %s%s%s",
        coverage.whole() ? style.green(regions) : style.yellow(regions),
        coverage.bucketsRead() ? ", and the bucket list" : ", but not the bucket list",
        coverage.notOptedIn().isEmpty()
            ? ""
            : style.faint(
                "  (%s not enabled: nothing can run there)"
                    .formatted(counted(coverage.notOptedIn().size(), "more region"))));
    if (!coverage.notChosen().isEmpty()) {
      line(
          "  %s",
          style.faint(
              "not chosen, so that nothing is known of what is there: "
                  + coverage.notChosen().stream()
                      .map(RegionName::value)
                      .collect(Collectors.joining(", "))));
    }
    coverage
        .unread()
        .forEach(region ->
            unread(region.region().toString(), explained(region.reason()), region.code()));
    if (!coverage.bucketsRead()) {
      unread("buckets", snapshot.buckets().status(), snapshot.buckets().code().orElse(""));
    }
  }

  private void unread(String what, String why, String code) {
    line("  %s %-16s %s %s", style.yellow("not read"), what, why, style.faint("(" + code + ")"));
  }

  private void calls() {
    long all = snapshot.calls().stream().mapToLong(CallCount::calls).sum();
    long throttled = snapshot.calls().stream().mapToLong(CallCount::throttled).sum();
    Duration took = Duration.between(snapshot.startedAt(), snapshot.finishedAt());
    heading("Calls made in the account");
    line(
        "  %s in %.1f s, %s throttled: %s",
        style.bold(number(all)),
        took.toMillis() / 1000.0,
        throttled == 0 ? "none" : style.yellow(number(throttled)),
        snapshot.calls().stream()
            .map(call -> call.operation() + " " + number(call.calls()))
            .collect(Collectors.joining(" · ")));
    line(
        "  %s",
        style.faint(
            "each with time, region and request id: ./cloudoperator serve, then GET"
                + " /connections/ID/calls"));
    line("");
  }

  /** Why a region could not be read, as half a sentence. */
  public static String explained(Reading.Reason reason) {
    return switch (reason) {
      case DENIED_BY_SCP -> "a service control policy denies it";
      case DENIED_BY_IAM -> "the role is not allowed to read it";
      case NOT_OPTED_IN -> "the account has not enabled it";
      case THROTTLED -> "AWS throttled the account, so we gave way";
      case FAILED -> "it failed";
    };
  }

  private String severity(Severity severity) {
    return switch (severity) {
      case HIGH -> style.red("HIGH  ");
      case MEDIUM -> style.yellow("MEDIUM");
      case LOW -> style.faint("LOW   ");
    };
  }

  private static String where(RiskFlag flag) {
    return flag.regions().size() > REGIONS_NAMED ? "in " + named(flag.regions()) : flag.where();
  }

  private static Optional<Busy> busy(ScanResult.Region region) {
    return region.instances().map(counts -> new Busy(region.region(), counts));
  }

  private static String named(List<RegionName> regions) {
    String first =
        regions.stream()
            .limit(REGIONS_NAMED)
            .map(RegionName::value)
            .collect(Collectors.joining(", "));
    return first + " and " + (regions.size() - REGIONS_NAMED) + " more";
  }

  private static String joined(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(MOST_FIRST)
        .map(entry -> number(entry.getValue()) + " " + entry.getKey())
        .collect(Collectors.joining(" · "));
  }

  /** The rest stands in the report: a terminal is for the next step. */
  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private record Busy(RegionName name, Counts counts) {}
}
