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

  private static boolean mayBeAnApi(String host, String region) {
    return ApiSource.isOfCustomer(host) || host.contains(".execute-api." + region + ".");
  }

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(
        RestApiOperations.GET_REST_APIS,
        RestApiOperations.GET_RESOURCES,
        RestApiOperations.GET_STAGES,
        RestApiOperations.GET_AUTHORIZERS,
        RestApiOperations.GET_DOMAIN_NAMES,
        RestApiOperations.GET_BASE_PATH_MAPPINGS,
        RestApiOperations.GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN,
        RestApiOperations.GET_VPC_LINKS,
        RoutingRuleReader.LIST_ROUTING_RULES,
        RoutingRuleReader.LIST_ROUTING_RULES_OF_PRIVATE_DOMAIN,
        HttpApiOperations.GET_APIS,
        HttpApiOperations.GET_ROUTES,
        HttpApiOperations.GET_STAGES,
        HttpApiOperations.GET_INTEGRATIONS,
        HttpApiOperations.GET_AUTHORIZER,
        HttpApiOperations.GET_DOMAIN_NAMES,
        HttpApiOperations.GET_API_MAPPINGS,
        HttpApiOperations.GET_VPC_LINKS);
  }

  @Override
  public List<String> granted(Tier tier) {
    return tier == Tier.AUDIT
        ? List.of(ApiGatewayPaths.GET, RoutingRuleReader.LIST_ROUTING_RULES.iamAction())
        : List.of();
  }

  @Override
  public List<Discovery<?>> regional() {
    return List.of(
        new Discovery<>(REST_APIS, AwsService.APIGATEWAY, RestApiLister::read),
        new Discovery<>(HTTP_APIS, AwsService.APIGATEWAY, HttpApiLister::read),
        new Discovery<>(DOMAIN_NAMES, AwsService.APIGATEWAY, DomainNameLister::read),
        new Discovery<>(VPC_LINKS, AwsService.APIGATEWAY, VpcLinkLister::read));
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
    RestApiRules rest = new RestApiRules(found.region(), ways, found.at());
    HttpApiRules http = new HttpApiRules(found.region(), ways, found.at());
    return Stream.concat(
        found.facts(REST_APIS).stream().map(rest::api),
        found.facts(HTTP_APIS).stream().map(http::api));
  }
}
