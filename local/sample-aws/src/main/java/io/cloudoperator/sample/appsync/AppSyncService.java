package io.cloudoperator.sample.appsync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.Regional;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import java.util.List;
import java.util.function.BiFunction;

/** AppSync: GraphQL APIs and Event APIs. */
public final class AppSyncService extends Service {

  // https://docs.aws.amazon.com/appsync/latest/APIReference/API_ListGraphqlApis.html
  // https://docs.aws.amazon.com/appsync/latest/APIReference/API_ListApis.html
  private static final Paging.Rules PAGES =
      new Paging.Rules(
          "maxResults",
          0,
          25,
          25,
          25,
          "nextToken",
          message -> new AwsError(400, "BadRequestException", message));

  public AppSyncService() {
    super("appsync", Protocol.REST_JSON, "", new AppSyncGenerator());
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
            "/v1/apis",
            "ListGraphqlApis",
            call -> listed(call, GraphqlFacts.class, "graphqlApis", AppSyncService::graphqlApi)),
        Operation.get(
            "/v2/apis",
            "ListApis",
            call -> listed(call, EventApiFacts.class, "apis", AppSyncService::eventApi)));
  }

  private static <T extends Regional> WireResponse listed(
      ServiceCall call, Class<T> kind, String member, BiFunction<ServiceCall, T, ObjectNode> form) {
    return JsonBody.page(
        member, call.page(call.held(kind), PAGES), each -> form.apply(call, each), "nextToken");
  }

  private static ObjectNode graphqlApi(ServiceCall call, GraphqlFacts api) {
    ObjectNode node =
        JsonBody.object()
            .put("name", api.name())
            .put("apiId", api.id())
            .put("authenticationType", api.authentication().getFirst())
            .put("arn", call.arn("apis/" + api.id()))
            .put("visibility", api.privateOnly() ? "PRIVATE" : "GLOBAL")
            .put("apiType", "GRAPHQL")
            .put("owner", call.caller().accountId())
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
          .put("cloudWatchLogsRoleArn", logs(call));
    }
    api.webAcl().ifPresent(acl -> node.put("wafWebAclArn", call.webAclArn(acl)));
    node.putObject("tags").put(PlantedSecret.of("tag-key"), PlantedSecret.of("tag"));
    return node;
  }

  private static ObjectNode eventApi(ServiceCall call, EventApiFacts api) {
    ObjectNode node =
        JsonBody.object()
            .put("apiId", api.id())
            .put("name", api.name())
            .put("ownerContact", PlantedSecret.of("owner"))
            .put("apiArn", call.arn("apis/" + api.id()))
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
          .put("cloudWatchLogsRoleArn", logs(call));
    }
    api.webAcl().ifPresent(acl -> node.put("wafWebAclArn", call.webAclArn(acl)));
    node.putObject("tags").put(PlantedSecret.of("tag-key"), PlantedSecret.of("tag"));
    return node;
  }

  private static ArrayNode authTypes(List<String> types) {
    return JsonBody.array(types, each -> JsonBody.object().put("authType", each));
  }

  private static String logs(ServiceCall call) {
    return "arn:aws:iam::%s:role/logs".formatted(call.caller().accountId());
  }
}
