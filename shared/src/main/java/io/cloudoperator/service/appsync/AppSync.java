package io.cloudoperator.service.appsync;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.ApiKind.Trait;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.service.Discovery;
import io.cloudoperator.service.RegionFacts;
import io.cloudoperator.service.ScannedService;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** AWS AppSync: GraphQL APIs and Event APIs. */
public final class AppSync implements ScannedService {
  // AWS publishes no quota: as little as the slowest service that does.
  public static final AwsService SERVICE = AwsService.restJson("appsync").limited(5, 5);

  public static final ApiSource<GraphqlApi> GRAPHQL_APIS =
      new ApiSource<>("graphql_apis", GraphqlApi.class, AppSync::mayBe);

  public static final ApiKind GRAPHQL =
      new ApiKind(
          "graphql",
          GRAPHQL_APIS,
          Set.of(Trait.ROUTES, Trait.TAKES_JSON),
          Set.of(RiskFlag.Kind.GRAPHQL_API_KEY, RiskFlag.Kind.NO_ACCESS_LOGS));

  public static final ApiSource<EventApi> EVENT_APIS =
      new ApiSource<>("event_apis", EventApi.class, AppSync::mayBe);

  public static final ApiKind EVENT =
      new ApiKind(
          "event",
          EVENT_APIS,
          Set.of(Trait.ROUTES, Trait.AUTHORIZES_BY_ROUTE, Trait.TAKES_JSON),
          Set.of(RiskFlag.Kind.NO_ACCESS_LOGS));

  private static boolean mayBe(String host, String region) {
    return host.contains(".appsync-api." + region + ".")
        || host.contains(".appsync-realtime-api." + region + ".");
  }

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(GraphqlApiReader.LIST_GRAPHQL_APIS, EventApiReader.LIST_APIS);
  }

  @Override
  public List<Discovery<?>> regional() {
    return List.of(
        Discovery.listed(GRAPHQL_APIS, GraphqlApiReader.LIST_GRAPHQL_APIS),
        Discovery.listed(EVENT_APIS, EventApiReader.LIST_APIS));
  }

  @Override
  public List<ApiKind> kinds() {
    return List.of(GRAPHQL, EVENT);
  }

  @Override
  public Stream<Api> apis(RegionFacts found) {
    GraphqlApiRules graphql = new GraphqlApiRules(found.region(), found.cdn());
    EventApiRules events = new EventApiRules(found.region(), found.cdn());
    return Stream.concat(
        found.facts(GRAPHQL_APIS).stream().map(graphql::api),
        found.facts(EVENT_APIS).stream().map(events::api));
  }
}
