package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import java.util.List;
import java.util.function.Function;

/**
 * Version 2. AWS documents no largest {@code maxResults}: the sample takes any and answers 100 at
 * most, so that whoever asks for more follows the token.
 *
 * <p>https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
 */
final class HttpVersion extends GatewayVersion {

  private static final String NO_API = "Invalid API identifier specified %s";
  private static final Paging.Rules PAGES =
      new Paging.Rules(
          "maxResults", 1, Integer.MAX_VALUE, 100, 25, "nextToken", GatewayVersion::badRequest);

  List<Operation> operations() {
    return List.of(
        list("/v2/apis", "GetApis", HttpVersion::apis, HttpJson::api),
        get("/v2/apis/*", "GetApi", HttpVersion::api, HttpJson::api),
        list("/v2/apis/*/routes", "GetRoutes", call -> api(call).routes(), HttpJson::route),
        list(
            "/v2/apis/*/integrations",
            "GetIntegrations",
            HttpVersion::answered,
            HttpJson::integration),
        Operation.get("/v2/apis/*/stages", "GetStages", this::stages),
        list(
            "/v2/apis/*/authorizers",
            "GetAuthorizers",
            call -> api(call).authorizers(),
            HttpJson::authorizer),
        get(
            "/v2/apis/*/authorizers/*",
            "GetAuthorizer",
            HttpVersion::authorizer,
            HttpJson::authorizer),
        list(
            "/v2/domainnames",
            "GetDomainNames",
            call -> call.held(DomainFacts.class),
            HttpJson::domain),
        get("/v2/domainnames/*", "GetDomainName", GatewayVersion::domain, HttpJson::domain),
        list(
            "/v2/domainnames/*/apimappings",
            "GetApiMappings",
            call -> domain(call).mappings(),
            HttpJson::mapping),
        Operation.get(
            "/v2/domainnames/*/routingrules", "ListRoutingRules", HttpVersion::routingRules),
        list(
            "/v2/vpclinks",
            "GetVpcLinks",
            call -> call.held(VpcLinkFacts.class).stream().filter(each -> !each.rest()).toList(),
            HttpJson::vpcLink));
  }

  private static List<GatewayApi> apis(ServiceCall call) {
    return call.held(GatewayApi.class).stream().filter(HttpVersion::second).toList();
  }

  private static GatewayApi api(ServiceCall call) {
    GatewayApi api = find(call, GatewayApi.class, "apis", NO_API);
    if (!second(api)) {
      throw notFound(NO_API.formatted(api.id()));
    }
    return api;
  }

  private static boolean second(GatewayApi api) {
    return api.kind() != GatewayApi.Kind.REST;
  }

  private static List<GatewayApi.Route> answered(ServiceCall call) {
    return api(call).routes().stream()
        .filter(each -> each.backend() != GatewayApi.Backend.NONE)
        .toList();
  }

  private static GatewayApi.Authorizer authorizer(ServiceCall call) {
    return api(call).authorizers().stream()
        .filter(each -> each.id().equals(call.path().getLast()))
        .findFirst()
        .orElseThrow(() -> notFound("Invalid Authorizer identifier specified"));
  }

  private WireResponse stages(ServiceCall call) {
    GatewayApi api = api(call);
    return listed(call, api.stages(), each -> HttpJson.stage(call, api, each));
  }

  private static WireResponse routingRules(ServiceCall call) {
    DomainFacts domain = domain(call);
    return JsonBody.page(
        "routingRules",
        call.page(domain.rules(), PAGES, "domainNameId"),
        each -> HttpJson.rule(call, domain, each),
        "nextToken");
  }

  @Override
  <T> WireResponse listed(
      ServiceCall call, List<T> all, Function<T, ObjectNode> form, String... parameters) {
    return JsonBody.page("items", call.page(all, PAGES, parameters), form, "nextToken");
  }

  @Override
  WireResponse one(ServiceCall call, ObjectNode body) {
    return JsonBody.reply(body);
  }
}
