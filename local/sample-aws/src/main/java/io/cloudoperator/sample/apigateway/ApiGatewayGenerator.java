package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.ApiNames;
import io.cloudoperator.sample.data.ApiSize;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.Scramble;
import io.cloudoperator.sample.data.Share;
import java.util.List;
import java.util.Optional;

/** REST, HTTP and WebSocket APIs, and what is there so that it can be seen to be unreadable. */
final class ApiGatewayGenerator implements Generator {

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    return new ApiGatewayShowcase(draft).all();
  }

  @Override
  public List<Share<Maker>> kinds(AccountDraft draft) {
    return List.of(
        new Share<>(
            (region, _, noun, name, draw) -> draft.put(rest(draft, region, name, noun, draw)), 36),
        new Share<>(
            (region, _, noun, name, draw) -> draft.put(http(draft, region, name, noun, draw)), 26),
        new Share<>(
            (region, _, _, name, draw) -> draft.put(webSocket(draft, region, name, draw)), 4));
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
      draft.put(
          new RestDraft(draft.ids(), draft.region(0), "service-%03d".formatted(i), draft.ago(400))
              .authorizer("staff", "COGNITO_USER_POOLS")
              .routes("COGNITO_USER_POOLS", ApiNames.keys(size.routes()))
              .stage("prod", draft.ago(1 + i % 300), true, Optional.of(200.0), Optional.empty())
              .make());
    }
  }

  private static RestApiFacts rest(
      AccountDraft draft, String region, String name, String noun, long draw) {
    RestDraft api =
        new RestDraft(draft.ids(), region, name, draft.ago(100 + Scramble.below(1500, draw, 4)))
            .endpoint(Scramble.chance(250, draw, 5) ? Endpoint.EDGE : Endpoint.REGIONAL)
            .tls(Scramble.chance(150, draw, 6) ? "TLS_1_0" : "TLS_1_2")
            .authorizer("people", "COGNITO_USER_POOLS");
    String authorization =
        List.of("COGNITO_USER_POOLS", "COGNITO_USER_POOLS", "AWS_IAM", "CUSTOM", "NONE")
            .get(Scramble.below(5, draw, 7));
    if (authorization.equals("CUSTOM")) {
      api.authorizer("legacy-tokens", "TOKEN");
    }
    return api.routes(authorization, ApiNames.crud(noun))
        .routes(
            authorization,
            false,
            IntegrationTarget.VPC_LINK,
            "GET /" + noun + "/{id}/history",
            "POST /" + noun + "/{id}/history")
        .routes("NONE", false, IntegrationTarget.MOCK, "OPTIONS /" + noun, "GET /health")
        .stage(
            "prod",
            draft.updated(draw),
            Scramble.chance(700, draw, 9),
            AccountDraft.rate(draw),
            AccountDraft.acl(draw))
        .stage("test", draft.ago(3), false, Optional.empty(), Optional.empty())
        .make();
  }

  private static HttpApiFacts http(
      AccountDraft draft, String region, String name, String noun, long draw) {
    HttpDraft api =
        new HttpDraft(
                draft.ids(),
                region,
                name,
                HttpApiFacts.Protocol.HTTP,
                draft.ago(50 + Scramble.below(900, draw, 4)))
            .jwt("accounts", "https://id.example.com/")
            .cors(false, "https://www.example.com");
    return api.routes(Scramble.chance(150, draw, 7) ? "NONE" : "JWT", ApiNames.crud(noun))
        .routes("NONE", Optional.of(IntegrationTarget.HTTP), "GET /status")
        .stage(
            "$default", draft.updated(draw), Scramble.chance(700, draw, 9), AccountDraft.rate(draw))
        .make();
  }

  private static HttpApiFacts webSocket(AccountDraft draft, String region, String name, long draw) {
    return new HttpDraft(draft.ids(), region, name, HttpApiFacts.Protocol.WEBSOCKET, draft.ago(200))
        .routes(Scramble.chance(300, draw, 7) ? "NONE" : "AWS_IAM", "$connect")
        .routes("NONE", "$disconnect", "$default", "send")
        .stage("live", draft.updated(draw), true, AccountDraft.rate(draw))
        .make();
  }
}
