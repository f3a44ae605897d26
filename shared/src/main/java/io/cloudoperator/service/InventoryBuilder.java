package io.cloudoperator.service;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.scan.Conclusion;
import io.cloudoperator.service.apigateway.DomainName;
import io.cloudoperator.service.apigateway.GatewayEndpoints;
import io.cloudoperator.service.apigateway.HttpApiRules;
import io.cloudoperator.service.apigateway.RestApiRules;
import io.cloudoperator.service.appsync.GraphqlApiRules;
import io.cloudoperator.service.cloudfront.DistributionRules;
import io.cloudoperator.service.elb.LoadBalancerRules;
import io.cloudoperator.service.lambda.FunctionUrlRules;
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
public final class InventoryBuilder {
  private static final Set<ApiSource> REGIONAL =
      EnumSet.complementOf(EnumSet.of(ApiSource.DISTRIBUTIONS));

  private final Instant at;
  private final Set<Inventory.Source> read = new TreeSet<>();
  private final SortedMap<Inventory.Source, Inventory.Unread> unread = new TreeMap<>();
  private final SortedMap<ApiId, Api> apis = new TreeMap<>();

  public InventoryBuilder(Instant at) {
    this.at = at;
  }

  public Inventory of(
      Collection<RegionName> planned, List<RegionApis> regions, Optional<GlobalApis> global) {
    SortedMap<RegionName, RegionApis> told = new TreeMap<>();
    regions.forEach(region -> told.putIfAbsent(region.region(), region));
    CdnIndex fronts =
        global
            .map(found -> CdnIndex.of(complete(found.distributions()).orElse(List.of())))
            .orElse(CdnIndex.NONE);
    global.ifPresentOrElse(
        found ->
            each(
                new Inventory.Source(ApiId.GLOBAL, ApiSource.DISTRIBUTIONS),
                found.distributions(),
                distribution -> note(DistributionRules.api(distribution))),
        () -> notScanned(ApiId.GLOBAL, ApiSource.DISTRIBUTIONS));
    told.values().forEach(region -> visit(region, fronts));
    for (RegionName region : planned) {
      if (!told.containsKey(region)) {
        REGIONAL.forEach(service -> notScanned(region.value(), service));
      }
    }
    return new Inventory(
        List.copyOf(read), List.copyOf(unread.values()), List.copyOf(apis.values()));
  }

  private void visit(RegionApis found, CdnIndex fronts) {
    RegionName region = found.region();
    Optional<List<DomainName>> domains = complete(found.domainNames());
    GatewayEndpoints ways = new GatewayEndpoints(region, domains, fronts);
    RestApiRules rest = new RestApiRules(region, ways, at);
    HttpApiRules http = new HttpApiRules(region, ways, at);
    FunctionUrlRules urls = new FunctionUrlRules(region, fronts);
    GraphqlApiRules graphql = new GraphqlApiRules(region, fronts);
    LoadBalancerRules balancers = new LoadBalancerRules(region, fronts);
    each(source(region, ApiSource.REST_APIS), found.restApis(), fact -> note(rest.api(fact)));
    each(source(region, ApiSource.HTTP_APIS), found.httpApis(), fact -> note(http.api(fact)));
    each(source(region, ApiSource.DOMAIN_NAMES), found.domainNames(), _ -> {});
    each(source(region, ApiSource.VPC_LINKS), found.vpcLinks(), _ -> {});
    each(
        source(region, ApiSource.FUNCTION_URLS),
        found.functionUrls(),
        fact -> note(urls.api(fact)));
    each(
        source(region, ApiSource.GRAPHQL_APIS),
        found.graphqlApis(),
        fact -> note(graphql.api(fact)));
    each(
        source(region, ApiSource.LOAD_BALANCERS),
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

  private void notScanned(String region, ApiSource service) {
    Inventory.Source source = new Inventory.Source(region, service);
    unread.put(source, new Inventory.Unread(source, Reading.Reason.FAILED, Conclusion.NOT_SCANNED));
  }

  private static Inventory.Source source(RegionName region, ApiSource service) {
    return new Inventory.Source(region.value(), service);
  }

  private static <T> Optional<T> complete(Reading<T> reading) {
    return switch (reading) {
      case Reading.Complete<T>(T value) -> Optional.of(value);
      case Reading.Unread<T> _ -> Optional.empty();
    };
  }
}
