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
 * The answers of version 1. Whoever does not ask for {@code application/json} is answered in HAL,
 * as AWS does: the items are then in {@code _embedded}.
 *
 * <p>https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html
 */
final class RestAnswers {

  // https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html
  private static final Paging.Rules PAGES =
      new Paging.Rules("limit", 1, 500, 500, 25, "position", Errors::badRequest);

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.get(
              "/restapis",
              "GetRestApis",
              call -> listed(call, call.held(RestApiFacts.class), json(call)::api)),
          Operation.get("/restapis/*", "GetRestApi", call -> one(call, json(call).api(api(call)))),
          Operation.get("/restapis/*/resources", "GetResources", RestAnswers::resources),
          Operation.get("/restapis/*/stages", "GetStages", RestAnswers::stages),
          Operation.get(
              "/restapis/*/authorizers",
              "GetAuthorizers",
              call -> listed(call, api(call).authorizers(), json(call)::authorizer)),
          Operation.get(
              "/domainnames",
              "GetDomainNames",
              call -> listed(call, call.held(DomainFacts.class), json(call)::domain)),
          Operation.get(
              "/domainnames/*",
              "GetDomainName",
              call -> one(call, json(call).domain(domain(call)))),
          Operation.get(
              "/domainnames/*/basepathmappings",
              "GetBasePathMappings",
              call ->
                  listed(
                      call,
                      // Those of other APIs, and those with more than one level, are version 2's.
                      domain(call).mappings().stream()
                          .filter(each -> each.rest() && !each.path().contains("/"))
                          .toList(),
                      RestJson::mapping)),
          Operation.get(
              "/vpclinks",
              "GetVpcLinks",
              call ->
                  listed(
                      call,
                      call.held(VpcLinkFacts.class).stream().filter(VpcLinkFacts::rest).toList(),
                      json(call)::vpcLink)),
          Operation.get("/apikeys", "GetApiKeys", RestAnswers::keys),
          Operation.get(
              "/usageplans",
              "GetUsagePlans",
              call -> listed(call, call.held(UsagePlanFacts.class), RestJson::plan)));

  private RestAnswers() {}

  private static RestJson json(ServiceCall call) {
    return new RestJson(call.region(), call.caller().accountId());
  }

  private static WireResponse resources(ServiceCall call) {
    RestApiFacts api = api(call);
    boolean methods = embedsMethods(call.params());
    return listed(call, api.resources(), each -> json(call).resource(api, each, methods), "embed");
  }

  private static WireResponse stages(ServiceCall call) {
    call.params().onlyKnown(Set.of("deploymentId"), Errors::unknownParameter);
    RestApiFacts api = api(call);
    List<ObjectNode> stages =
        api.stages().stream()
            .filter(each ->
                call.params().get("deploymentId").equals(each.deploymentId())
                    || !call.params().has("deploymentId"))
            .map(each -> json(call).stage(api, each))
            .toList();
    return items(call, stages, Optional.empty());
  }

  private static WireResponse keys(ServiceCall call) {
    boolean values = call.params().get("includeValues").orElse("").equals("true");
    return listed(
        call, call.held(ApiKeyFacts.class), each -> json(call).key(each, values), "includeValues");
  }

  private static <T> WireResponse listed(
      ServiceCall call, List<T> all, Function<T, ObjectNode> form, String... parameters) {
    PAGES.onlyKnown(call.params(), parameters);
    Paging.Page<T> page = call.page(all, PAGES);
    return items(call, page.items().stream().map(form).toList(), page.next());
  }

  private static WireResponse items(
      ServiceCall call, List<ObjectNode> items, Optional<String> position) {
    ObjectNode body = JsonBody.object();
    ObjectNode holder = plain(call) ? body : body.putObject("_embedded");
    holder.set("item", JsonBody.array(items, Function.identity()));
    if (!plain(call)) {
      body.putObject("_links").putObject("self").put("href", call.request().rawPath());
    }
    position.ifPresent(value -> body.put("position", value));
    return reply(call, body);
  }

  private static WireResponse one(ServiceCall call, ObjectNode body) {
    call.params().onlyKnown(Set.of(), Errors::unknownParameter);
    if (!plain(call)) {
      body.putObject("_links").putObject("self").put("href", call.request().rawPath());
    }
    return reply(call, body);
  }

  private static WireResponse reply(ServiceCall call, ObjectNode body) {
    return plain(call)
        ? JsonBody.reply(body)
        : WireResponse.of(200, "application/hal+json", body.toString());
  }

  private static boolean plain(ServiceCall call) {
    return call.request().header("Accept").orElse("").contains("application/json");
  }

  private static boolean embedsMethods(Params params) {
    Optional<String> embed = params.get("embed");
    if (embed.isPresent() && !embed.get().equals("methods")) {
      throw Errors.badRequest("Invalid embed parameter: " + embed.get());
    }
    return embed.isPresent();
  }

  private static RestApiFacts api(ServiceCall call) {
    String id = call.path().get(1);
    return call.account()
        .all(RestApiFacts.class)
        .find(call.region(), id)
        .orElseThrow(() -> Errors.noApi(call.caller().accountId() + ":" + id));
  }

  private static DomainFacts domain(ServiceCall call) {
    return call.account()
        .all(DomainFacts.class)
        .find(call.region(), call.path().get(1))
        .orElseThrow(Errors::noDomain);
  }
}
