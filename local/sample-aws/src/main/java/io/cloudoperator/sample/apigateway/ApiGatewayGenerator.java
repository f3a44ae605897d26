package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudoperator.sample.apigateway.ApiDraft.Routes;
import io.cloudoperator.sample.apigateway.ApiDraft.Stage;
import io.cloudoperator.sample.apigateway.GatewayApi.Backend;
import io.cloudoperator.sample.apigateway.GatewayApi.Endpoint;
import io.cloudoperator.sample.apigateway.GatewayApi.Kind;
import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.ApiNames;
import io.cloudoperator.sample.data.ApiSize;
import io.cloudoperator.sample.data.CorsFacts;
import io.cloudoperator.sample.data.Drawn;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.Share;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** REST, HTTP and WebSocket APIs, and what is there so that it can be seen to be unreadable. */
final class ApiGatewayGenerator implements Generator {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().visibility(PropertyAccessor.FIELD, Visibility.ANY).build();

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    try (InputStream yaml = getClass().getResourceAsStream("showcase.yaml")) {
      return Stream.of(YAML.readValue(yaml, ApiDraft[].class))
          .<Runnable>map(api -> () -> api.put(draft))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Share<Consumer<Drawn>>> kinds() {
    return List.of(
        new Share<>(ApiGatewayGenerator::rest, 36),
        new Share<>(ApiGatewayGenerator::http, 26),
        new Share<>(ApiGatewayGenerator::webSocket, 4));
  }

  @Override
  public void besides(AccountDraft draft) {
    for (int place = 0; place < Math.min(3, draft.regions().size()); place++) {
      String region = draft.region(place);
      for (String name : List.of("partner", "batch")) {
        draft.put(
            new ApiKeyFacts(
                region, draft.ids().api(), name, PlantedSecret.of("key-" + draft.ids().hex())));
      }
      draft.put(new UsagePlanFacts(region, draft.ids().letters(6), "gold"));
      draft.put(new VpcLinkFacts(region, draft.ids().letters(6), "core-services", true));
      draft.put(new VpcLinkFacts(region, draft.ids().letters(6), "mesh", false));
    }
  }

  @Override
  public void alike(AccountDraft draft, ApiSize size) {
    for (int i = 0; i < size.alike(); i++) {
      ApiDraft api = new ApiDraft();
      api.name = "service-%03d".formatted(i);
      api.authorizer("staff", "COGNITO_USER_POOLS");
      api.routes.add(
          new Routes("COGNITO_USER_POOLS", Backend.LAMBDA, ApiNames.keys(size.routes())));
      api.stages.add(new Stage("prod", 1 + i % 300, true, 200.0, null, false));
      api.put(draft);
    }
  }

  private static void rest(Drawn drawn) {
    ApiDraft api = draft(drawn, Kind.REST, 100 + drawn.below(1500, 4));
    api.endpoint = drawn.chance(250, 5) ? Endpoint.EDGE : Endpoint.REGIONAL;
    api.tls = drawn.chance(150, 6) ? "TLS_1_0" : "TLS_1_2";
    api.authorizer("people", "COGNITO_USER_POOLS");
    String authorization =
        List.of("COGNITO_USER_POOLS", "COGNITO_USER_POOLS", "AWS_IAM", "CUSTOM", "NONE")
            .get(drawn.below(5, 7));
    if (authorization.equals("CUSTOM")) {
      api.authorizer("legacy-tokens", "TOKEN");
    }
    String path = "/" + drawn.noun();
    List<String> history =
        List.of("GET " + path + "/{id}/history", "POST " + path + "/{id}/history");
    api.routes.add(new Routes(authorization, Backend.LAMBDA, ApiNames.crud(drawn.noun())));
    api.routes.add(new Routes(authorization, Backend.VPC_LINK, history));
    api.routes.add(new Routes("NONE", Backend.MOCK, List.of("OPTIONS " + path, "GET /health")));
    stage(api, "prod", drawn.chance(700, 9), drawn.acl().orElse(null), drawn);
    api.stages.add(new Stage("test", 3, false, null, null, false));
    api.put(drawn.draft());
  }

  private static void http(Drawn drawn) {
    ApiDraft api = draft(drawn, Kind.HTTP, 50 + drawn.below(900, 4));
    api.authorizers.add(new ApiDraft.Authorizer("accounts", "JWT", "https://id.example.com/"));
    api.cors = new CorsFacts(List.of("https://www.example.com"), false);
    api.routes.add(
        new Routes(
            drawn.chance(150, 7) ? "NONE" : "JWT", Backend.LAMBDA, ApiNames.crud(drawn.noun())));
    api.routes.add(new Routes("NONE", Backend.HTTP, List.of("GET /status")));
    stage(api, "$default", drawn.chance(700, 9), null, drawn);
    api.put(drawn.draft());
  }

  private static void webSocket(Drawn drawn) {
    ApiDraft api = draft(drawn, Kind.WEBSOCKET, 200);
    api.routes.add(
        new Routes(drawn.chance(300, 7) ? "NONE" : "AWS_IAM", Backend.LAMBDA, List.of("$connect")));
    api.routes.add(new Routes("NONE", Backend.LAMBDA, List.of("$disconnect", "$default", "send")));
    stage(api, "live", true, null, drawn);
    api.put(drawn.draft());
  }

  private static ApiDraft draft(Drawn drawn, Kind kind, int days) {
    ApiDraft api = new ApiDraft();
    api.name = drawn.name();
    api.kind = kind;
    api.region = drawn.place();
    api.days = days;
    return api;
  }

  private static void stage(
      ApiDraft api, String name, boolean logs, @Nullable String acl, Drawn drawn) {
    api.stages.add(new Stage(name, drawn.changed(), logs, drawn.rate().orElse(null), acl, false));
  }
}
