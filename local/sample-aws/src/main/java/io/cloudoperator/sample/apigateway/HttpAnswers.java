package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.apis.DomainFacts;
import io.cloudoperator.sample.apis.HttpApiFacts;
import io.cloudoperator.sample.apis.SampleApis;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Json;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Reply;
import java.util.HashSet;
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

  private static final int MOST = 100;
  private static final int DEFAULT = 25;

  private final Paging paging;

  HttpAnswers(Paging paging) {
    this.paging = paging;
  }

  Reply answer(Call call, Path path, SampleApis apis) {
    String region = call.region();
    HttpJson json = new HttpJson(region, call.caller().accountId());
    return switch (call.action()) {
      case "GetApis" -> listed(call, apis.httpApis().in(region), json::api);
      case "GetApi" -> {
        call.params().onlyKnown(Set.of(), Errors::unknownParameter);
        yield Json.reply(json.api(api(region, path, apis)));
      }
      case "GetRoutes" -> listed(call, api(region, path, apis).routes(), HttpJson::route);
      case "GetIntegrations" ->
          listed(
              call,
              api(region, path, apis).routes().stream()
                  .filter(each -> each.backend().isPresent())
                  .toList(),
              json::integration);
      case "GetStages" -> {
        HttpApiFacts api = api(region, path, apis);
        yield listed(call, api.stages(), each -> json.stage(api, each));
      }
      case "GetAuthorizers" ->
          listed(call, api(region, path, apis).authorizers(), json::authorizer);
      case "GetAuthorizer" -> {
        call.params().onlyKnown(Set.of(), Errors::unknownParameter);
        String id = path.parts().getLast();
        yield Json.reply(
            api(region, path, apis).authorizers().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .map(json::authorizer)
                .orElseThrow(Errors::noAuthorizer));
      }
      case "GetDomainNames" -> listed(call, apis.domains().in(region), json::domain);
      case "GetApiMappings" ->
          listed(call, domain(region, path, apis).mappings(), HttpJson::mapping);
      case "GetDomainName" -> {
        call.params().onlyKnown(Set.of(), Errors::unknownParameter);
        yield Json.reply(json.domain(domain(region, path, apis)));
      }
      case "ListRoutingRules" -> {
        DomainFacts domain = domain(region, path, apis);
        yield listed(
            call, "routingRules", domain.rules(), each -> json.rule(domain, each), "domainNameId");
      }
      case "GetVpcLinks" ->
          listed(
              call,
              apis.vpcLinks().in(region).stream().filter(each -> !each.rest()).toList(),
              HttpJson::vpcLink);
      default -> throw new IllegalStateException(call.action());
    };
  }

  private <T> Reply listed(Call call, List<T> all, Function<T, ObjectNode> form) {
    return listed(call, "items", all, form, "maxResults");
  }

  private <T> Reply listed(
      Call call, String member, List<T> all, Function<T, ObjectNode> form, String parameter) {
    Params params = call.params();
    Set<String> known = new HashSet<>(Set.of("maxResults", "nextToken"));
    known.add(parameter);
    params.onlyKnown(known, Errors::unknownParameter);
    int most =
        params.number(
            "maxResults",
            1,
            Integer.MAX_VALUE,
            DEFAULT,
            () -> Errors.badRequest("Invalid maxResults parameter"));
    Paging.Page<T> page =
        paging
            .ifAsked(params.has("maxResults"))
            .page(
                all,
                call.caller().accountId() + "/" + call.region() + call.request().rawPath(),
                params.get("nextToken"),
                Math.min(most, MOST),
                () -> Errors.badRequest("Invalid nextToken parameter"));
    ObjectNode body = Json.object();
    body.set(member, Json.array(page.items(), form));
    page.next().ifPresent(token -> body.put("nextToken", token));
    return Json.reply(body);
  }

  private static HttpApiFacts api(String region, Path path, SampleApis apis) {
    return apis.httpApis().find(region, path.name()).orElseThrow(() -> Errors.noApi(path.name()));
  }

  private static DomainFacts domain(String region, Path path, SampleApis apis) {
    return apis.domains().find(region, path.name()).orElseThrow(Errors::noDomain);
  }
}
