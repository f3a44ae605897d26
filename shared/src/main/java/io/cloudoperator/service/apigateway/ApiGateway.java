package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.ApiKind.Trait;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.service.Discovery;
import io.cloudoperator.service.RegionFacts;
import io.cloudoperator.service.ScannedService;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Amazon API Gateway: REST, HTTP and WebSocket APIs, custom domains and VPC links. */
public final class ApiGateway implements ScannedService {
  // Three quarters of 10 a second over all operations, and half of a burst of 40. Both versions of
  // its API are one service, on one host.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#api-gateway-control-service-limits-table
  public static final AwsService SERVICE = AwsService.restJson("apigateway").limited(7.5, 20);

  public static final ApiSource<RestApi> REST_APIS =
      new ApiSource<>("rest_apis", RestApi.class, ApiGateway::mayBeAnApi);
  public static final ApiSource<HttpApi> HTTP_APIS =
      new ApiSource<>("http_apis", HttpApi.class, ApiGateway::mayBeAnApi);
  public static final ApiSource<DomainName> DOMAIN_NAMES =
      new ApiSource<>("domain_names", DomainName.class, (host, _) -> ApiSource.isOfCustomer(host));
  public static final ApiSource<VpcLink> VPC_LINKS =
      new ApiSource<>("vpc_links", VpcLink.class, ApiSource::none);

  public static final ApiKind REST = kind("rest", REST_APIS, Set.of(), Set.of());
  public static final ApiKind HTTP =
      kind("http", HTTP_APIS, Set.of(), Set.of(RiskFlag.Kind.WILDCARD_CORS_WITH_CREDENTIALS));
  public static final ApiKind WEBSOCKET =
      kind("websocket", HTTP_APIS, Set.of(Trait.WEB_SOCKET), Set.of());

  private static ApiKind kind(
      String name, ApiSource<?> source, Set<Trait> more, Set<RiskFlag.Kind> flags) {
    Set<Trait> traits = EnumSet.of(Trait.ROUTES, Trait.AUTHORIZES_BY_ROUTE);
    traits.addAll(more);
    return new ApiKind(name, source, traits, flags, Optional.of(DOMAIN_NAMES));
  }

  /** That of an API of version 2. */
  static ApiKind kind(HttpApi api) {
    return switch (api.protocol()) {
      case HTTP -> HTTP;
      case WEBSOCKET -> WEBSOCKET;
    };
  }

  private static boolean mayBeAnApi(String host, String region) {
    return ApiSource.isOfCustomer(host) || host.contains(".execute-api." + region + ".");
  }

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(
        RestApiReader.GET_REST_APIS,
        RestMethodReader.GET_RESOURCES,
        StageReader.GET_STAGES,
        AuthorizerReader.GET_AUTHORIZERS,
        DomainNameReader.GET_DOMAIN_NAMES,
        DomainNameReader.GET_BASE_PATH_MAPPINGS,
        DomainNameReader.GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN,
        VpcLinkReader.GET_VPC_LINKS,
        RoutingRuleReader.LIST_ROUTING_RULES,
        RoutingRuleReader.LIST_ROUTING_RULES_OF_PRIVATE_DOMAIN,
        HttpApiReader.GET_APIS,
        HttpApiReader.GET_ROUTES,
        StageReader.GET_STAGES_OF_HTTP_API,
        HttpApiReader.GET_INTEGRATIONS,
        AuthorizerReader.GET_AUTHORIZER,
        DomainNameReader.GET_DOMAIN_NAMES_OF_VERSION_2,
        DomainNameReader.GET_API_MAPPINGS,
        VpcLinkReader.GET_VPC_LINKS_OF_HTTP_APIS);
  }

  @Override
  public List<String> granted(Tier tier) {
    return tier == Tier.AUDIT
        ? List.of(ApiGatewayPaths.GET, RoutingRuleReader.LIST_ROUTING_RULES.iamAction())
        : List.of();
  }

  /** All that is read needs one action: what is narrow is the path. */
  @Override
  public List<String> resources(String action, List<ReadOperation<?>> operations, String role) {
    return action.equals(ApiGatewayPaths.GET)
        ? ApiGatewayPaths.resources(operations)
        : ScannedService.super.resources(action, operations, role);
  }

  @Override
  public List<Discovery<?>> regional() {
    return List.of(
        new Discovery<>(REST_APIS, SERVICE, RestApiReader::read),
        new Discovery<>(HTTP_APIS, SERVICE, HttpApiReader::read),
        Discovery.each(DOMAIN_NAMES, SERVICE, DomainNameReader::read),
        new Discovery<>(VPC_LINKS, SERVICE, (client, _) -> VpcLinkReader.read(client)));
  }

  @Override
  public List<ApiKind> kinds() {
    return List.of(REST, HTTP, WEBSOCKET);
  }

  @Override
  public Stream<Api> apis(RegionFacts found) {
    GatewayEndpoints ways =
        new GatewayEndpoints(
            found.region(),
            found
                .readings()
                .find(DOMAIN_NAMES)
                .orElse(new Reading.Unread<>(Reading.Reason.FAILED, AwsErrors.NOT_READ)),
            found.cdn());
    GatewayApiRules rules = new GatewayApiRules(found, ways);
    return Stream.concat(
        found.facts(REST_APIS).stream().map(rules::rest),
        found.facts(HTTP_APIS).stream().map(rules::http));
  }
}
