package io.cloudoperator.service.appsync;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.CdnIndex;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.scan.RiskFlag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Event APIs of a region: a route to publish, and one to subscribe. All are on the internet.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-concepts.html">Endpoints
 *     of an Event API</a>
 */
final class EventApiRules {
  private final RegionName region;
  private final CdnIndex cdn;

  EventApiRules(RegionName region, CdnIndex cdn) {
    this.region = region;
    this.cdn = cdn;
  }

  Api api(EventApi fact) {
    Endpoint http = Endpoint.ofAws(fact.host(), Exposure.PUBLIC, fact.webAcl());
    Endpoint realtime = Endpoint.ofAws(fact.realtimeHost(), Exposure.PUBLIC, fact.webAcl());
    List<Endpoint> ways =
        Stream.concat(
                Stream.of(http, realtime),
                cdn
                    .to(
                        Map.of(fact.host(), List.of(http), fact.realtimeHost(), List.of(realtime)),
                        Exposure.PUBLIC)
                    .stream())
            .sorted()
            .toList();
    List<Route> routes =
        List.of(
            route("POST", "/event", AuthorizationTypes.weakest(fact.publish())),
            route("GET", "/event/realtime", listening(fact)));
    return new Api(
        new ApiId(region.value(), AppSync.EVENT, fact.id()),
        fact.name(),
        Exposure.PUBLIC,
        ways,
        List.of(),
        routes,
        List.of(),
        new ApiFlagCounter()
            .openRoutes(routes)
            .add(RiskFlag.Kind.NO_ACCESS_LOGS, fact.logging() ? 0 : 1)
            .bypass(ways)
            .found());
  }

  /** Who subscribes has connected before: a key is enough only if it is at both. */
  private static Authorization listening(EventApi fact) {
    Authorization connect = AuthorizationTypes.weakest(fact.connect());
    return connect == Authorization.API_KEY_ONLY
        ? AuthorizationTypes.weakest(fact.subscribe())
        : connect;
  }

  private static Route route(String method, String path, Authorization authorization) {
    return new Route(
        method,
        path,
        authorization,
        Optional.empty(),
        authorization == Authorization.API_KEY_ONLY,
        Exposure.PUBLIC,
        Integration.OTHER);
  }
}
