package io.cloudoperator.service;

import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.CountedResource.Scope;
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
  public static final List<ResourceCounter<?>> REGIONAL = counters(Scope.REGION);

  /** Those that are counted once for the whole account, and how. */
  public static final List<ResourceCounter<?>> OF_ACCOUNT = counters(Scope.ACCOUNT);

  /** All, in the order in which they are shown. */
  public static final List<CountedResource<?>> ALL =
      Stream.concat(REGIONAL.stream(), OF_ACCOUNT.stream())
          .<CountedResource<?>>map(ResourceCounter::resource)
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

  private static List<ResourceCounter<?>> counters(Scope scope) {
    return ScannedServices.ALL.stream()
        .flatMap(service -> service.counters().stream())
        .filter(counter -> counter.resource().scope() == scope)
        .toList();
  }
}
