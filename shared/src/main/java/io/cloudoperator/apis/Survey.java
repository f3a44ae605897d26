package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.DomainName;
import io.cloudoperator.apis.facts.GlobalApis;
import io.cloudoperator.apis.facts.RegionApis;
import io.cloudoperator.scan.Conclusion;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Goes through what the regions said, and notes what was read, what was not, and every API. */
final class Survey {
  private static final Set<ApiService> REGIONAL =
      EnumSet.complementOf(EnumSet.of(ApiService.DISTRIBUTIONS));

  private final Instant at;
  private final Set<Inventory.Source> read = new TreeSet<>();
  private final SortedMap<Inventory.Source, Inventory.Unread> unread = new TreeMap<>();
  private final SortedMap<ApiId, Api> apis = new TreeMap<>();

  Survey(Instant at) {
    this.at = at;
  }

  Inventory of(
      Collection<RegionName> planned, List<RegionApis> regions, Optional<GlobalApis> global) {
    SortedMap<RegionName, RegionApis> told = new TreeMap<>();
    regions.forEach(region -> told.putIfAbsent(region.region(), region));
    Fronts fronts =
        global
            .map(found -> Fronts.of(complete(found.distributions()).orElse(List.of())))
            .orElse(Fronts.NONE);
    global.ifPresentOrElse(
        found ->
            each(
                new Inventory.Source(ApiId.GLOBAL, ApiService.DISTRIBUTIONS),
                found.distributions(),
                distribution -> note(Distributions.api(distribution))),
        () -> notScanned(ApiId.GLOBAL, ApiService.DISTRIBUTIONS));
    told.values().forEach(region -> visit(region, fronts));
    for (RegionName region : planned) {
      if (!told.containsKey(region)) {
        REGIONAL.forEach(service -> notScanned(region.value(), service));
      }
    }
    return new Inventory(
        List.copyOf(read), List.copyOf(unread.values()), List.copyOf(apis.values()));
  }

  private void visit(RegionApis found, Fronts fronts) {
    RegionName region = found.region();
    Optional<List<DomainName>> domains = complete(found.domainNames());
    GatewayWays ways = new GatewayWays(region, domains, fronts);
    RestApis rest = new RestApis(region, ways, at);
    HttpApis http = new HttpApis(region, ways, at);
    FunctionUrls urls = new FunctionUrls(region, fronts);
    GraphqlApis graphql = new GraphqlApis(region, fronts);
    LoadBalancers balancers = new LoadBalancers(region, fronts);
    each(source(region, ApiService.REST_APIS), found.restApis(), fact -> note(rest.api(fact)));
    each(source(region, ApiService.HTTP_APIS), found.httpApis(), fact -> note(http.api(fact)));
    each(source(region, ApiService.DOMAIN_NAMES), found.domainNames(), _ -> {});
    each(source(region, ApiService.VPC_LINKS), found.vpcLinks(), _ -> {});
    each(
        source(region, ApiService.FUNCTION_URLS),
        found.functionUrls(),
        fact -> note(urls.api(fact)));
    each(
        source(region, ApiService.GRAPHQL_APIS),
        found.graphqlApis(),
        fact -> note(graphql.api(fact)));
    each(
        source(region, ApiService.LOAD_BALANCERS),
        found.loadBalancers(),
        fact -> note(balancers.api(fact)));
  }

  private <T> void each(
      Inventory.Source source, Reading<List<T>> reading, Consumer<? super T> visitor) {
    switch (reading) {
      case Reading.Complete<List<T>>(List<T> facts) -> {
        read.add(source);
        facts.forEach(visitor);
      }
      case Reading.Unread<List<T>>(Reading.Reason reason, String code) ->
          unread.put(source, new Inventory.Unread(source, reason, code));
    }
  }

  private void note(Api api) {
    // AWS may show something twice when it changes while pages are turned.
    apis.put(api.id(), api);
  }

  private void notScanned(String region, ApiService service) {
    Inventory.Source source = new Inventory.Source(region, service);
    unread.put(source, new Inventory.Unread(source, Reading.Reason.FAILED, Conclusion.NOT_SCANNED));
  }

  private static Inventory.Source source(RegionName region, ApiService service) {
    return new Inventory.Source(region.value(), service);
  }

  private static <T> Optional<T> complete(Reading<T> reading) {
    return switch (reading) {
      case Reading.Complete<T>(T value) -> Optional.of(value);
      case Reading.Unread<T> _ -> Optional.empty();
    };
  }
}
