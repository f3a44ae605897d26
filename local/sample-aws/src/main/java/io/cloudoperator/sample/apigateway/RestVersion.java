package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Version 1. Whoever does not ask for {@code application/json} is answered in HAL, as AWS does: the
 * items are then in {@code _embedded}.
 *
 * <p>https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html
 */
final class RestVersion extends GatewayVersion {

  // https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html
  private static final Paging.Rules PAGES =
      new Paging.Rules("limit", 1, 500, 500, 25, "position", GatewayVersion::badRequest);

  List<Operation> operations() {
    return List.of(
        list("/restapis", "GetRestApis", RestVersion::apis, RestJson::api),
        get("/restapis/*", "GetRestApi", RestVersion::api, RestJson::api),
        Operation.get("/restapis/*/resources", "GetResources", this::resources),
        Operation.get("/restapis/*/stages", "GetStages", this::stages),
        list(
            "/restapis/*/authorizers",
            "GetAuthorizers",
            call -> api(call).authorizers(),
            RestJson::authorizer),
        list(
            "/domainnames",
            "GetDomainNames",
            call -> call.held(DomainFacts.class),
            RestJson::domain),
        get("/domainnames/*", "GetDomainName", GatewayVersion::domain, RestJson::domain),
        list(
            "/domainnames/*/basepathmappings",
            "GetBasePathMappings",
            RestVersion::mappings,
            RestJson::mapping),
        list(
            "/vpclinks",
            "GetVpcLinks",
            call -> call.held(VpcLinkFacts.class).stream().filter(VpcLinkFacts::rest).toList(),
            RestJson::vpcLink),
        Operation.get("/apikeys", "GetApiKeys", this::keys),
        list(
            "/usageplans",
            "GetUsagePlans",
            call -> call.held(UsagePlanFacts.class),
            RestJson::plan));
  }

  private static List<GatewayApi> apis(ServiceCall call) {
    return call.held(GatewayApi.class).stream().filter(RestVersion::rest).toList();
  }

  private static GatewayApi api(ServiceCall call) {
    String refusal = "Invalid API identifier specified " + call.caller().accountId() + ":%s";
    GatewayApi api = find(call, GatewayApi.class, "restapis", refusal);
    if (!rest(api)) {
      throw notFound(refusal.formatted(api.id()));
    }
    return api;
  }

  private static boolean rest(GatewayApi api) {
    return api.kind() == GatewayApi.Kind.REST;
  }

  /** Those of other APIs, and those with more than one level, are version 2's. */
  private static List<DomainFacts.Mapping> mappings(ServiceCall call) {
    return domain(call).mappings().stream()
        .filter(each -> each.rest() && !each.path().contains("/"))
        .toList();
  }

  private WireResponse resources(ServiceCall call) {
    GatewayApi api = api(call);
    boolean methods = embedsMethods(call.params());
    return listed(
        call,
        List.copyOf(api.resources().keySet()),
        path -> RestJson.resource(call, api, path, methods),
        "embed");
  }

  private WireResponse stages(ServiceCall call) {
    call.params().onlyKnown(Set.of("deploymentId"), GatewayVersion::badRequest);
    GatewayApi api = api(call);
    List<ObjectNode> stages =
        api.stages().stream()
            .filter(each ->
                call.params().get("deploymentId").equals(each.deploymentId())
                    || !call.params().has("deploymentId"))
            .map(each -> RestJson.stage(call, api, each))
            .toList();
    return items(call, stages, Optional.empty());
  }

  private WireResponse keys(ServiceCall call) {
    boolean values = call.params().get("includeValues").orElse("").equals("true");
    return listed(
        call, call.held(ApiKeyFacts.class), each -> RestJson.key(each, values), "includeValues");
  }

  @Override
  <T> WireResponse listed(
      ServiceCall call, List<T> all, Function<T, ObjectNode> form, String... parameters) {
    Paging.Page<T> page = call.page(all, PAGES, parameters);
    return items(call, page.items().stream().map(form).toList(), page.next());
  }

  private WireResponse items(ServiceCall call, List<ObjectNode> items, Optional<String> position) {
    ObjectNode body = JsonBody.object();
    ObjectNode holder = plain(call) ? body : body.putObject("_embedded");
    holder.set("item", JsonBody.array(items, Function.identity()));
    position.ifPresent(value -> body.put("position", value));
    return one(call, body);
  }

  @Override
  WireResponse one(ServiceCall call, ObjectNode body) {
    if (plain(call)) {
      return JsonBody.reply(body);
    }
    body.putObject("_links").putObject("self").put("href", call.request().rawPath());
    return WireResponse.of(200, "application/hal+json", body.toString());
  }

  private static boolean plain(ServiceCall call) {
    return call.request().header("Accept").orElse("").contains("application/json");
  }

  private static boolean embedsMethods(Params params) {
    Optional<String> embed = params.get("embed");
    if (embed.isPresent() && !embed.get().equals("methods")) {
      throw badRequest("Invalid embed parameter: " + embed.get());
    }
    return embed.isPresent();
  }
}
