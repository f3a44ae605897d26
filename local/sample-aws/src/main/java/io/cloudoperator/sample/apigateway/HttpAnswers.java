package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The answers of version 2. AWS documents no largest {@code maxResults}: the sample takes any and
 * answers 100 at most, so that whoever asks for more follows the token.
 *
 * <p>https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
 */
final class HttpAnswers {

  private static final Paging.Rules PAGES =
      new Paging.Rules(
          "maxResults", 1, Integer.MAX_VALUE, 100, 25, "nextToken", Errors::badRequest);

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.get(
              "/v2/apis",
              "GetApis",
              call -> listed(call, call.held(HttpApiFacts.class), json(call)::api)),
          Operation.get("/v2/apis/*", "GetApi", call -> one(call, json(call).api(api(call)))),
          Operation.get(
              "/v2/apis/*/routes",
              "GetRoutes",
              call -> listed(call, api(call).routes(), HttpJson::route)),
          Operation.get(
              "/v2/apis/*/integrations",
              "GetIntegrations",
              call ->
                  listed(
                      call,
                      api(call).routes().stream()
                          .filter(each -> each.backend().isPresent())
                          .toList(),
                      json(call)::integration)),
          Operation.get(
              "/v2/apis/*/stages",
              "GetStages",
              call -> {
                HttpApiFacts api = api(call);
                return listed(call, api.stages(), each -> json(call).stage(api, each));
              }),
          Operation.get(
              "/v2/apis/*/authorizers",
              "GetAuthorizers",
              call -> listed(call, api(call).authorizers(), json(call)::authorizer)),
          Operation.get("/v2/apis/*/authorizers/*", "GetAuthorizer", HttpAnswers::authorizer),
          Operation.get(
              "/v2/domainnames",
              "GetDomainNames",
              call -> listed(call, call.held(DomainFacts.class), json(call)::domain)),
          Operation.get(
              "/v2/domainnames/*",
              "GetDomainName",
              call -> one(call, json(call).domain(domain(call)))),
          Operation.get(
              "/v2/domainnames/*/apimappings",
              "GetApiMappings",
              call -> listed(call, domain(call).mappings(), HttpJson::mapping)),
          Operation.get(
              "/v2/domainnames/*/routingrules", "ListRoutingRules", HttpAnswers::routingRules),
          Operation.get(
              "/v2/vpclinks",
              "GetVpcLinks",
              call ->
                  listed(
                      call,
                      call.held(VpcLinkFacts.class).stream().filter(each -> !each.rest()).toList(),
                      HttpJson::vpcLink)));

  private HttpAnswers() {}

  private static HttpJson json(ServiceCall call) {
    return new HttpJson(call.region(), call.caller().accountId());
  }

  private static WireResponse authorizer(ServiceCall call) {
    String id = call.path().getLast();
    return one(
        call,
        api(call).authorizers().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .map(json(call)::authorizer)
            .orElseThrow(Errors::noAuthorizer));
  }

  private static WireResponse routingRules(ServiceCall call) {
    PAGES.onlyKnown(call.params(), "domainNameId");
    DomainFacts domain = domain(call);
    return JsonBody.page(
        "routingRules",
        call.page(domain.rules(), PAGES),
        each -> json(call).rule(domain, each),
        "nextToken");
  }

  private static <T> WireResponse listed(
      ServiceCall call, List<T> all, Function<T, ObjectNode> form) {
    PAGES.onlyKnown(call.params());
    return JsonBody.page("items", call.page(all, PAGES), form, "nextToken");
  }

  private static WireResponse one(ServiceCall call, ObjectNode body) {
    call.params().onlyKnown(Set.of(), Errors::unknownParameter);
    return JsonBody.reply(body);
  }

  private static HttpApiFacts api(ServiceCall call) {
    String id = call.path().get(2);
    return call.account()
        .all(HttpApiFacts.class)
        .find(call.region(), id)
        .orElseThrow(() -> Errors.noApi(id));
  }

  private static DomainFacts domain(ServiceCall call) {
    return call.account()
        .all(DomainFacts.class)
        .find(call.region(), call.path().get(2))
        .orElseThrow(Errors::noDomain);
  }
}
