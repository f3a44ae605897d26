package io.cloudoperator.sample.appsync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.apis.Canary;
import io.cloudoperator.sample.apis.EventApiFacts;
import io.cloudoperator.sample.apis.GraphqlFacts;
import io.cloudoperator.sample.apis.SampleApis;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Json;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Permission;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** AppSync in REST-JSON. Requests that are not answered are authorized all the same. */
public final class AppSyncService implements Service {

  // https://docs.aws.amazon.com/appsync/latest/APIReference/API_ListGraphqlApis.html
  private static final int MOST = 25;

  private final Function<String, SampleApis> apis;
  private final Paging paging;

  /**
   * @param apis those of the account of an id
   */
  public AppSyncService(Function<String, SampleApis> apis, Paging paging) {
    this.apis = apis;
    this.paging = paging;
  }

  @Override
  public ServiceName name() {
    return ServiceName.APPSYNC;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    String name =
        switch (request.method() + " " + request.rawPath()) {
          case "GET /v1/apis" -> "ListGraphqlApis";
          case "GET /v2/apis" -> "ListApis";
          default -> "Unknown" + request.method();
        };
    return new Call.Operation(name, Params.parse(request.rawQuery()));
  }

  @Override
  public Reply answer(Call call) {
    Permission.require(call, "appsync:" + call.action(), "*", "AccessDeniedException");
    return switch (call.action()) {
      case "ListGraphqlApis" -> graphqlApis(call);
      case "ListApis" -> eventApis(call);
      default ->
          throw new AwsError(
              501, "NotImplementedException", "The sample AWS does not implement this call");
    };
  }

  private Reply graphqlApis(Call call) {
    List<GraphqlFacts> all = apis.apply(call.caller().accountId()).graphqlApis().in(call.region());
    return listed(call, all, "graphqlApis", each -> api(call, each));
  }

  private Reply eventApis(Call call) {
    List<EventApiFacts> all = apis.apply(call.caller().accountId()).eventApis().in(call.region());
    return listed(call, all, "apis", each -> eventApi(call, each));
  }

  private <T> Reply listed(Call call, List<T> all, String member, Function<T, ObjectNode> form) {
    Params params = call.params();
    params.onlyKnown(
        Set.of("maxResults", "nextToken"),
        name -> badRequest("The sample AWS does not support the parameter " + name));
    int most =
        params.number(
            "maxResults",
            0,
            MOST,
            MOST,
            () ->
                badRequest(
                    "1 validation error detected: Value at 'maxResults' failed to satisfy"
                        + " constraint: Member must have value less than or equal to "
                        + MOST));
    Paging.Page<T> page =
        paging
            .ifAsked(params.has("maxResults"))
            .page(
                all,
                call.caller().accountId() + "/" + call.region() + "/" + member,
                params.get("nextToken"),
                Math.max(1, most),
                () -> badRequest("Invalid nextToken"));
    ObjectNode body = Json.object();
    body.set(member, Json.array(page.items(), form));
    page.next().ifPresent(token -> body.put("nextToken", token));
    return Json.reply(body);
  }

  private static ObjectNode api(Call call, GraphqlFacts api) {
    String account = call.caller().accountId();
    ObjectNode node =
        Json.object()
            .put("name", api.name())
            .put("apiId", api.id())
            .put("authenticationType", api.authentication().getFirst())
            .put("arn", "arn:aws:appsync:%s:%s:apis/%s".formatted(call.region(), account, api.id()))
            .put("visibility", api.privateOnly() ? "PRIVATE" : "GLOBAL")
            .put("apiType", "GRAPHQL")
            .put("owner", account)
            .put("xrayEnabled", false)
            .put("introspectionConfig", "ENABLED");
    if (api.authentication().size() > 1) {
      ArrayNode more = node.putArray("additionalAuthenticationProviders");
      api.authentication()
          .subList(1, api.authentication().size())
          .forEach(each -> more.addObject().put("authenticationType", each));
    }
    node.putObject("uris")
        .put("GRAPHQL", "https://" + api.host() + "/graphql")
        .put(
            "REALTIME",
            "wss://" + api.host().replace("appsync-api", "appsync-realtime-api") + "/graphql");
    if (api.logging()) {
      node.putObject("logConfig")
          .put("fieldLogLevel", "ERROR")
          .put("cloudWatchLogsRoleArn", "arn:aws:iam::%s:role/logs".formatted(account));
    }
    api.webAcl().ifPresent(acl -> node.put("wafWebAclArn", webAcl(call, acl)));
    node.putObject("tags").put("owner", Canary.of("tag"));
    return node;
  }

  private static ObjectNode eventApi(Call call, EventApiFacts api) {
    String account = call.caller().accountId();
    ObjectNode node =
        Json.object()
            .put("apiId", api.id())
            .put("name", api.name())
            .put("ownerContact", Canary.of("owner"))
            .put(
                "apiArn",
                "arn:aws:appsync:%s:%s:apis/%s".formatted(call.region(), account, api.id()))
            .put("created", api.created().getEpochSecond())
            .put("xrayEnabled", api.xray());
    node.putObject("dns").put("HTTP", api.host()).put("REALTIME", api.realtimeHost());
    ObjectNode config = node.putObject("eventConfig");
    config.set("authProviders", authTypes(api.providers()));
    config.set("connectionAuthModes", authTypes(api.connect()));
    config.set("defaultPublishAuthModes", authTypes(api.publish()));
    config.set("defaultSubscribeAuthModes", authTypes(api.subscribe()));
    if (api.logging()) {
      config
          .putObject("logConfig")
          .put("logLevel", "ERROR")
          .put("cloudWatchLogsRoleArn", "arn:aws:iam::%s:role/logs".formatted(account));
    }
    api.webAcl().ifPresent(acl -> node.put("wafWebAclArn", webAcl(call, acl)));
    node.putObject("tags").put("owner", Canary.of("tag"));
    return node;
  }

  private static ArrayNode authTypes(List<String> types) {
    return Json.array(types, each -> Json.object().put("authType", each));
  }

  private static String webAcl(Call call, String name) {
    return "arn:aws:wafv2:%s:%s:regional/webacl/%s/11112222-3333-4444-5555-666677778888"
        .formatted(call.region(), call.caller().accountId(), name);
  }

  private static AwsError badRequest(String message) {
    return new AwsError(400, "BadRequestException", message);
  }
}
