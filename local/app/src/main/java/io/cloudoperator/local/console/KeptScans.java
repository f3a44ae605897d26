package io.cloudoperator.local.console;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.local.client.ScanResult;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the counts of a connection went over its kept scans. Only regions that each scan that has
 * read any has read are compared.
 */
final class KeptScans {
  private final List<ScanResult> kept;
  private final Set<RegionName> compared;

  /**
   * Of these scans.
   *
   * @param kept oldest first
   */
  KeptScans(List<ScanResult> kept) {
    this.kept = List.copyOf(kept);
    this.compared =
        kept.stream()
            .map(KeptScans::read)
            .filter(regions -> !regions.isEmpty())
            .reduce((one, other) -> {
              Set<RegionName> both = new TreeSet<>(one);
              both.retainAll(other);
              return both;
            })
            .orElse(Set.of());
  }

  int regionsCompared() {
    return compared.size();
  }

  /**
   * Instances and buckets, and each metric of instances that has changed; none if nothing can be
   * compared.
   */
  List<Sparkline> sparklines() {
    List<Sparkline> lines = new ArrayList<>();
    lines.add(instances("instances", counts -> OptionalLong.of(counts.total())));
    lines.add(instances("running", counts -> OptionalLong.of(counts.of("byState", "running"))));
    lines.add(buckets());
    for (Metric<?> metric : InstanceFacts.COUNTED.metrics()) {
      Sparkline line = instances(metric.words(), counts -> counts.metric(metric.name()));
      if (line.changes()) {
        lines.add(line);
      }
    }
    lines.removeIf(line -> !line.comparable());
    return lines;
  }

  private Sparkline buckets() {
    return new Sparkline(
        "buckets",
        kept.stream()
            .map(scan -> scan.totals().buckets())
            .map(buckets ->
                buckets.isPresent() ? OptionalLong.of(buckets.get().total()) : OptionalLong.empty())
            .toList());
  }

  private Sparkline instances(String title, Function<Counts, OptionalLong> number) {
    return new Sparkline(
        title,
        kept.stream()
            .map(scan ->
                compared.isEmpty() || !read(scan).containsAll(compared)
                    ? OptionalLong.empty()
                    : sum(scan, number))
            .toList());
  }

  private OptionalLong sum(ScanResult scan, Function<Counts, OptionalLong> number) {
    long sum = 0;
    for (ScanResult.Region region : scan.regions()) {
      if (compared.contains(region.region())) {
        OptionalLong count = region.instances().map(number).orElseGet(OptionalLong::empty);
        if (count.isEmpty()) {
          return count;
        }
        sum += count.getAsLong();
      }
    }
    return OptionalLong.of(sum);
  }

  private static Set<RegionName> read(ScanResult scan) {
    return scan.regions().stream()
        .filter(region -> region.instances().isPresent())
        .map(ScanResult.Region::region)
        .collect(Collectors.toSet());
  }
}
