package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.apis.DomainFacts;
import io.cloudoperator.sample.apis.RestApiFacts;
import io.cloudoperator.sample.apis.SampleApis;
import io.cloudoperator.sample.apis.VpcLinkFacts;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Json;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Reply;
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
  private static final int DEFAULT_LIMIT = 25;
  private static final int MOST = 500;

  private final Paging paging;

  RestAnswers(Paging paging) {
    this.paging = paging;
  }

  Reply answer(Call call, Path path, SampleApis apis) {
    String region = call.region();
    RestJson json = new RestJson(region, call.caller().accountId());
    return switch (call.action()) {
      case "GetRestApis" -> listed(call, apis.restApis().in(region), json::api);
      case "GetRestApi" -> one(call, json.api(api(call, path, apis)));
      case "GetResources" -> {
        RestApiFacts api = api(call, path, apis);
        boolean methods = embedsMethods(call.params());
        yield listed(call, api.resources(), each -> json.resource(api, each, methods), "embed");
      }
      case "GetStages" -> {
        call.params().onlyKnown(Set.of("deploymentId"), Errors::unknownParameter);
        RestApiFacts api = api(call, path, apis);
        List<ObjectNode> stages =
            api.stages().stream()
                .filter(each ->
                    call.params().get("deploymentId").equals(each.deploymentId())
                        || !call.params().has("deploymentId"))
                .map(each -> json.stage(api, each))
                .toList();
        yield items(call, stages, Optional.empty());
      }
      case "GetAuthorizers" -> listed(call, api(call, path, apis).authorizers(), json::authorizer);
      case "GetDomainNames" -> listed(call, apis.domains().in(region), json::domain);
      case "GetDomainName" -> one(call, json.domain(domain(region, path, apis)));
      case "GetBasePathMappings" ->
          listed(
              call,
              // Those of other APIs, and those with more than one level, are version 2's.
              domain(region, path, apis).mappings().stream()
                  .filter(each -> each.rest() && !each.path().contains("/"))
                  .toList(),
              RestJson::mapping);
      case "GetVpcLinks" ->
          listed(
              call,
              apis.vpcLinks().in(region).stream().filter(VpcLinkFacts::rest).toList(),
              json::vpcLink);
      case "GetApiKeys" -> {
        boolean values = call.params().get("includeValues").orElse("").equals("true");
        yield listed(
            call, apis.apiKeys().in(region), each -> json.key(each, values), "includeValues");
      }
      case "GetUsagePlans" -> listed(call, apis.usagePlans().in(region), RestJson::plan);
      default -> throw new IllegalStateException(call.action());
    };
  }

  private <T> Reply listed(
      Call call, List<T> all, Function<T, ObjectNode> form, String... parameters) {
    Params params = call.params();
    Set<String> others = Set.of(parameters);
    for (String name : params.names()) {
      if (!name.equals("limit") && !name.equals("position") && !others.contains(name)) {
        throw Errors.unknownParameter(name);
      }
    }
    int limit =
        params.number(
            "limit",
            1,
            MOST,
            DEFAULT_LIMIT,
            () -> Errors.badRequest("Invalid limit parameter: it is a number from 1 to " + MOST));
    Paging.Page<T> page =
        paging
            .ifAsked(params.has("limit"))
            .page(
                all,
                call.caller().accountId() + "/" + call.region() + call.request().rawPath(),
                params.get("position"),
                limit,
                () -> Errors.badRequest("Invalid position parameter"));
    return items(call, page.items().stream().map(form).toList(), page.next());
  }

  private static Reply items(Call call, List<ObjectNode> items, Optional<String> position) {
    ObjectNode body = Json.object();
    ObjectNode holder = plain(call) ? body : body.putObject("_embedded");
    holder.set("item", Json.array(items, Function.identity()));
    if (!plain(call)) {
      body.putObject("_links").putObject("self").put("href", call.request().rawPath());
    }
    position.ifPresent(value -> body.put("position", value));
    return reply(call, body);
  }

  private static Reply one(Call call, ObjectNode body) {
    call.params().onlyKnown(Set.of(), Errors::unknownParameter);
    if (!plain(call)) {
      body.putObject("_links").putObject("self").put("href", call.request().rawPath());
    }
    return reply(call, body);
  }

  private static Reply reply(Call call, JsonNode body) {
    return plain(call) ? Json.reply(body) : Reply.of(200, "application/hal+json", body.toString());
  }

  private static boolean plain(Call call) {
    return call.request().header("Accept").orElse("").contains("application/json");
  }

  private static boolean embedsMethods(Params params) {
    Optional<String> embed = params.get("embed");
    if (embed.isPresent() && !embed.get().equals("methods")) {
      throw Errors.badRequest("Invalid embed parameter: " + embed.get());
    }
    return embed.isPresent();
  }

  private static RestApiFacts api(Call call, Path path, SampleApis apis) {
    return apis.restApis()
        .find(call.region(), path.name())
        .orElseThrow(() -> Errors.noApi(call.caller().accountId() + ":" + path.name()));
  }

  private static DomainFacts domain(String region, Path path, SampleApis apis) {
    return apis.domains().find(region, path.name()).orElseThrow(Errors::noDomain);
  }
}
