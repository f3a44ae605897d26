package io.cloudoperator.query;

import io.cloudoperator.call.Reading;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Deployment;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.service.ApiKinds;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.lambda.Lambda;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** An inventory of four APIs in two regions, of which one would not show its function URLs. */
public final class ApiExample {
  static final ApiId ORDERS = ApiKinds.id("eu-central-1/rest/a1");
  static final ApiId SHOP = ApiKinds.id("eu-central-1/http/b2");
  static final ApiId CHAT = ApiKinds.id("us-east-2/websocket/c3");
  static final ApiId SITE = ApiKinds.id("global/distribution/E1");

  private ApiExample() {}

  public static Inventory inventory() {
    return inventory(orders(), shop(), chat(), site());
  }

  public static Inventory inventory(Api... apis) {
    List<Inventory.Source> read = new ArrayList<>();
    ApiDiscovery.sources(ApiDiscovery.GLOBAL)
        .forEach(source -> read.add(new Inventory.Source(ApiId.GLOBAL, source)));
    for (ApiSource<?> source : ApiDiscovery.sources(ApiDiscovery.REGIONAL)) {
      read.add(new Inventory.Source("eu-central-1", source));
      if (!source.equals(Lambda.FUNCTION_URLS)) {
        read.add(new Inventory.Source("us-east-2", source));
      }
    }
    return new Inventory(
        read,
        List.of(
            new Inventory.Unread(
                new Inventory.Source("us-east-2", Lambda.FUNCTION_URLS),
                Reading.Reason.DENIED_BY_SCP,
                "AccessDeniedException")),
        List.of(apis).stream().sorted(Comparator.comparing(Api::id)).toList());
  }

  /** Public, with one route that anyone may call, and a default endpoint beside its domain. */
  static Api orders() {
    return api(
        ORDERS,
        "Orders",
        List.of(
            entrance(Endpoint.Kind.DEFAULT_ENDPOINT, "a1.execute-api.eu-central-1.amazonaws.com"),
            entrance(Endpoint.Kind.CUSTOM_DOMAIN, "api.example.com")),
        List.of(
            route("GET", "/orders", Authorization.NONE),
            route("POST", "/orders", Authorization.IAM)),
        Map.of(
            RiskFlag.Kind.ROUTES_WITHOUT_AUTHORIZATION, 1L,
            RiskFlag.Kind.NO_ACCESS_LOGS, 1L));
  }

  public static Api shop() {
    return api(
        SHOP,
        "Shop",
        List.of(
            entrance(Endpoint.Kind.DEFAULT_ENDPOINT, "b2.execute-api.eu-central-1.amazonaws.com")),
        List.of(route("ANY", "/{proxy+}", Authorization.JWT)),
        Map.of(RiskFlag.Kind.NO_THROTTLING, 1L));
  }

  static Api chat() {
    return api(
        CHAT,
        "Chat",
        List.of(entrance(Endpoint.Kind.DEFAULT_ENDPOINT, "c3.execute-api.us-east-2.amazonaws.com")),
        List.of(route("", "$connect", Authorization.LAMBDA)),
        Map.of());
  }

  static Api site() {
    return new Api(
        SITE,
        "site.example.com",
        Exposure.PUBLIC,
        List.of(
            new Endpoint(
                Endpoint.Kind.DISTRIBUTION,
                "d111.cloudfront.net",
                "",
                "",
                Exposure.PUBLIC,
                Optional.of("TLSv1"),
                Optional.empty(),
                false,
                false)),
        List.of(),
        List.of(),
        List.of(),
        new TreeMap<>(Map.of(RiskFlag.Kind.TLS_BELOW_1_2, 1L)));
  }

  /** One with as many routes. */
  static Api large(String id, int routes) {
    return api(
        ApiKinds.id("eu-central-1/rest/" + id),
        "Large",
        List.of(entrance(Endpoint.Kind.DEFAULT_ENDPOINT, id + ".example.com")),
        IntStream.range(0, routes)
            .mapToObj(i -> route("GET", "/%05d".formatted(i), Authorization.IAM))
            .toList(),
        Map.of());
  }

  static Api withRoutes(Api api, Route... routes) {
    return api(api.id(), api.name(), api.entrances(), List.of(routes), api.flags());
  }

  static Route route(String method, String path, Authorization authorization) {
    return new Route(
        method, path, authorization, Optional.empty(), false, Exposure.PUBLIC, Integration.LAMBDA);
  }

  private static Api api(
      ApiId id,
      String name,
      List<Endpoint> entrances,
      List<Route> routes,
      Map<RiskFlag.Kind, Long> flags) {
    return new Api(
        id,
        name,
        Exposure.PUBLIC,
        entrances,
        List.of(
            new Deployment(
                id.kind().equals(ApiGateway.HTTP) ? "$default" : "prod",
                true,
                Optional.of(Example.NOON),
                false,
                false,
                Optional.empty())),
        routes,
        List.of(),
        new TreeMap<>(flags));
  }

  private static Endpoint entrance(Endpoint.Kind kind, String host) {
    return new Endpoint(
        kind,
        host,
        kind == Endpoint.Kind.DEFAULT_ENDPOINT ? "/prod" : "",
        "",
        Exposure.PUBLIC,
        Optional.of("TLS_1_2"),
        Optional.empty(),
        false,
        false);
  }
}
