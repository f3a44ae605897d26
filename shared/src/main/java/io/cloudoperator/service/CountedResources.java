package io.cloudoperator.service;

import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.scan.RiskFlag;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resources that are counted in an account: tallies, sums, trends, reports, flags and the
 * OpenAPI schema iterate them. Each is declared in the package of its service.
 */
public final class CountedResources {
  /** Those that are counted in each region, and how, in the order in which they are shown. */
  public static final List<RegionalCount> REGIONAL =
      ScannedServices.ALL.stream().flatMap(service -> service.regionalCounts().stream()).toList();

  /** All, in the order in which they are shown. */
  public static final List<CountedResource<?>> ALL =
      Stream.concat(
              REGIONAL.stream().<CountedResource<?>>map(RegionalCount::resource),
              ScannedServices.ALL.stream().flatMap(service -> service.accountCounts().stream()))
          .toList();

  /** The kinds of all risk flags, of resources first. */
  public static final List<RiskFlag.Kind> FLAGS =
      Stream.concat(
              ALL.stream()
                  .flatMap(resource -> resource.metrics().stream())
                  .map(Metric::flag)
                  .flatMap(flag -> flag.stream())
                  .map(flag -> new RiskFlag.Kind(flag.kind())),
              RiskFlag.Kind.OTHERS.stream())
          .toList();

  private CountedResources() {}
}
