package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.ApiNames;
import io.cloudoperator.sample.data.PlantedSecret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One API of every kind and with every flaw, each as an account may have it. */
final class ApiGatewayShowcase {

  private static final Optional<Double> LIMIT = Optional.of(100.0);
  private static final Optional<String> ACL = Optional.of("public-api-rules");

  private final AccountDraft draft;

  ApiGatewayShowcase(AccountDraft draft) {
    this.draft = draft;
  }

  /** Each adds one API, and the domains that lead to it. */
  List<Runnable> all() {
    return Stream.of(restApis(), httpApis()).flatMap(List::stream).toList();
  }

  private List<Runnable> restApis() {
    return List.of(
        this::withoutAFlaw,
        this::besideMutualTls,
        this::behindMutualTlsAlone,
        this::publicAndOld,
        this::keyOnly,
        this::privateApi,
        this::restrictedByPolicy,
        this::openByPolicy,
        this::deployedYearsAgo,
        this::withoutAStage,
        this::authorizerOfTomorrow,
        this::disabledWithoutDomain,
        this::mixed,
        this::behindRoutingRules);
  }

  private List<Runnable> httpApis() {
    return List.of(
        this::mobile,
        this::openToAnyOrigin,
        this::signed,
        this::catchAll,
        this::neverDeployed,
        this::twoLevels,
        this::unknownAuthorizer,
        this::openSocket,
        this::guardedSocket);
  }

  private void withoutAFlaw() {
    RestApiFacts api =
        rest("orders", 0)
            .authorizer("customers", "COGNITO_USER_POOLS")
            .routes("COGNITO_USER_POOLS", ApiNames.crud("orders"))
            .routes(
                "NONE", false, IntegrationTarget.MOCK, "OPTIONS /orders", "OPTIONS /orders/{id}")
            .executeApiDisabled()
            .stage("prod", draft.ago(12), true, LIMIT, ACL)
            .make();
    draft.put(api);
    domain(
        "api.example.com",
        0,
        Endpoint.REGIONAL,
        "TLS_1_2",
        false,
        new DomainFacts.Mapping("", api.id(), "prod", true),
        new DomainFacts.Mapping("orders", api.id(), "prod", true));
  }

  /** Whoever has no certificate takes the default endpoint. */
  private void besideMutualTls() {
    RestApiFacts api =
        rest("payments", 0)
            .routes("NONE", ApiNames.crud("payments"))
            .stage("prod", draft.ago(30), true, LIMIT, Optional.empty())
            .make();
    draft.put(api);
    domain(
        "payments.example.com",
        0,
        Endpoint.REGIONAL,
        "TLS_1_2",
        true,
        new DomainFacts.Mapping("", api.id(), "prod", true));
  }

  private void behindMutualTlsAlone() {
    RestApiFacts api =
        rest("ledger", 0)
            .executeApiDisabled()
            .routes("NONE", false, IntegrationTarget.AWS, "GET /entries", "POST /entries")
            .stage("prod", draft.ago(45), true, LIMIT, Optional.empty())
            .make();
    draft.put(api);
    domain(
        "ledger.example.com",
        0,
        Endpoint.REGIONAL,
        "TLS_1_2",
        true,
        new DomainFacts.Mapping("v1", api.id(), "prod", true));
  }

  private void publicAndOld() {
    RestApiFacts api =
        rest("catalog", 0)
            .endpoint(Endpoint.EDGE)
            .tls("TLS_1_0")
            .routes("NONE", "GET /products", "GET /products/{id}", "POST /products/{id}/questions")
            .stage("prod", draft.ago(200), false, Optional.empty(), Optional.empty())
            .make();
    draft.put(api);
    domain(
        "shop.example.com",
        0,
        Endpoint.EDGE,
        "TLS_1_0",
        false,
        new DomainFacts.Mapping("catalog", api.id(), "prod", true));
  }

  private void keyOnly() {
    draft.put(
        rest("partners", 1)
            .routes("NONE", true, IntegrationTarget.HTTP, "GET /offers", "POST /offers/{id}/accept")
            .stage("v1", draft.ago(90), true, LIMIT, Optional.empty())
            .make());
  }

  private void privateApi() {
    draft.put(
        rest("reports-internal", 1)
            .endpoint(Endpoint.PRIVATE)
            .policy(ResourcePolicyFacts.VPC_ENDPOINT)
            .routes("NONE", false, IntegrationTarget.VPC_LINK, "ANY /", "ANY /{proxy+}")
            .stage("prod", draft.ago(60), true, LIMIT, Optional.empty())
            .make());
  }

  private void restrictedByPolicy() {
    draft.put(
        rest("backoffice", 1)
            .policy(ResourcePolicyFacts.ADDRESSES)
            .routes("NONE", "GET /users", "POST /users/{id}/unlock")
            .stage("prod", draft.ago(15), true, LIMIT, Optional.empty())
            .make());
  }

  private void openByPolicy() {
    draft.put(
        rest("webhooks", 2)
            .policy(ResourcePolicyFacts.OPEN)
            .routes("NONE", "POST /github", "POST /stripe", "POST /slack/{team}")
            .stage("prod", draft.ago(25), false, LIMIT, ACL)
            .make());
  }

  private void deployedYearsAgo() {
    draft.put(
        new RestDraft(draft.ids(), draft.region(2), "legacy-soap", draft.ago(3100))
            .tls("TLS_1_0")
            .authorizer("soap-tokens", "TOKEN")
            .routes("CUSTOM", false, IntegrationTarget.HTTP, "POST /ws", "GET /ws")
            .stage("production", draft.ago(1900), false, Optional.empty(), Optional.empty())
            .make());
  }

  private void withoutAStage() {
    draft.put(
        rest("prototype", 3).routes("NONE", false, IntegrationTarget.MOCK, "GET /try").make());
  }

  private void authorizerOfTomorrow() {
    draft.put(
        rest("identity", 0)
            .authorizer("passkeys", "WORKLOAD_IDENTITY")
            .routes("CUSTOM", "POST /login", "POST /logout")
            .stage("prod", draft.ago(5), true, LIMIT, Optional.empty())
            .make());
  }

  private void disabledWithoutDomain() {
    draft.put(
        rest("search", 2)
            .executeApiDisabled()
            .routes("AWS_IAM", "GET /search")
            .stage("prod", draft.ago(70), true, LIMIT, Optional.empty())
            .make());
  }

  private void mixed() {
    draft.put(
        rest("shipping", 4)
            .authorizer("couriers", "REQUEST")
            .routes("CUSTOM", ApiNames.crud("shipments"))
            .routes("CUSTOM", false, IntegrationTarget.VPC_LINK, "ANY /tracking/{proxy+}")
            .routes("NONE", false, IntegrationTarget.MOCK, "GET /health")
            .stage("prod", draft.ago(8), true, LIMIT, Optional.empty())
            .stage("staging", draft.ago(2), false, Optional.empty(), Optional.empty())
            .make());
  }

  private void mobile() {
    HttpApiFacts api =
        http("mobile-bff", 0)
            .jwt("accounts", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Sample1")
            .cors(true, "https://app.example.com")
            .routes("JWT", ApiNames.crud("carts"))
            .stage("$default", draft.ago(4), true, LIMIT)
            .make();
    draft.put(api);
    domain(
        "mobile.example.com",
        0,
        Endpoint.REGIONAL,
        "TLS_1_2",
        false,
        new DomainFacts.Mapping("", api.id(), "$default", false),
        new DomainFacts.Mapping("app/v1", api.id(), "$default", false));
  }

  private void openToAnyOrigin() {
    draft.put(
        http("storefront", 1)
            .cors(true, "https://*", "http://*")
            .routes(
                "NONE",
                Optional.of(IntegrationTarget.HTTP),
                "GET /pages/{proxy+}",
                "POST /newsletter")
            .stage("$default", draft.ago(33), false, Optional.empty())
            .make());
  }

  private void signed() {
    draft.put(
        http("checkout", 0)
            .routes("AWS_IAM", "POST /checkout", "GET /checkout/{id}")
            .routes("AWS_IAM", Optional.of(IntegrationTarget.AWS), "POST /checkout/{id}/events")
            .stage("prod", draft.ago(6), true, LIMIT)
            .make());
  }

  private void catchAll() {
    draft.put(
        http("reviews", 2)
            .authorizer("visitors", "REQUEST")
            .routes("CUSTOM", "POST /reviews")
            .routes("NONE", "$default")
            .routes("NONE", Optional.empty(), "GET /reviews/drafts")
            .stage("$default", draft.ago(10), true, Optional.empty())
            .make());
  }

  private void neverDeployed() {
    draft.put(
        http("beta-feed", 3)
            .routes("NONE", "GET /feed")
            .stageWithoutDeployment("beta", draft.ago(50))
            .make());
  }

  private void twoLevels() {
    HttpApiFacts api =
        http("loyalty", 1)
            .executeApiDisabled()
            .jwt("accounts", "https://id.example.com/")
            .routes(
                "JWT",
                Optional.of(IntegrationTarget.VPC_LINK),
                "GET /points",
                "POST /points/{id}/spend")
            .stage("v1", draft.ago(150), true, LIMIT)
            .stage("v2", draft.ago(9), true, LIMIT)
            .make();
    draft.put(api);
    domain(
        "partners.example.com",
        1,
        Endpoint.REGIONAL,
        "TLS_1_0",
        false,
        new DomainFacts.Mapping("loyalty/v1", api.id(), "v1", false),
        new DomainFacts.Mapping("loyalty/v2", api.id(), "v2", false));
  }

  private void unknownAuthorizer() {
    draft.put(
        http("devices", 4)
            .authorizer("fleet", "DEVICE_CERTIFICATE")
            .routes("CUSTOM", "PUT /devices/{id}/state")
            .stage("$default", draft.ago(21), true, LIMIT)
            .make());
  }

  private void openSocket() {
    draft.put(
        socket("chat", 0)
            .routes("NONE", "$connect", "$disconnect", "$default", "sendMessage")
            .stage("production", draft.ago(40), false, Optional.empty())
            .make());
  }

  private void guardedSocket() {
    draft.put(
        socket("prices-live", 1)
            .authorizer("traders", "REQUEST")
            .routes("CUSTOM", "$connect")
            .routes("NONE", Optional.of(IntegrationTarget.MOCK), "ping")
            .routes("NONE", "$disconnect", "subscribe")
            .stage("live", draft.ago(18), true, LIMIT)
            .make());
  }

  /** Open to anyone, and reached by rules: in one domain by them alone, in one before a mapping. */
  private void behindRoutingRules() {
    RestApiFacts api =
        rest("tickets", 0)
            .executeApiDisabled()
            .routes("NONE", "GET /tickets", "POST /tickets")
            .stage("prod", draft.ago(20), true, LIMIT, Optional.empty())
            .stage("canary", draft.ago(1), true, LIMIT, Optional.empty())
            .make();
    draft.put(api);
    draft.put(
        routed(
            "tickets.example.com",
            DomainFacts.RoutingMode.ROUTING_RULE_ONLY,
            List.of(),
            new DomainFacts.RoutingRule(
                draft.ids().letters(6),
                10,
                List.of("tickets"),
                List.of(new DomainFacts.HeaderMatch("x-canary", PlantedSecret.of("header") + "*")),
                api.id(),
                "canary",
                true),
            new DomainFacts.RoutingRule(
                draft.ids().letters(6), 100, List.of(), List.of(), api.id(), "prod", false)));
    draft.put(
        routed(
            "beta.example.com",
            DomainFacts.RoutingMode.ROUTING_RULE_THEN_API_MAPPING,
            List.of(new DomainFacts.Mapping("", api.id(), "prod", true)),
            new DomainFacts.RoutingRule(
                draft.ids().letters(6), 1, List.of("beta"), List.of(), api.id(), "canary", true)));
  }

  private DomainFacts routed(
      String name,
      DomainFacts.RoutingMode mode,
      List<DomainFacts.Mapping> mappings,
      DomainFacts.RoutingRule... rules) {
    return new DomainFacts(
        draft.region(0), name, Endpoint.REGIONAL, "TLS_1_2", false, mode, mappings, List.of(rules));
  }

  private void domain(
      String name,
      int place,
      Endpoint endpoint,
      String tls,
      boolean mutualTls,
      DomainFacts.Mapping... mappings) {
    draft.put(
        new DomainFacts(draft.region(place), name, endpoint, tls, mutualTls, List.of(mappings)));
  }

  private RestDraft rest(String name, int place) {
    return new RestDraft(draft.ids(), draft.region(place), name, draft.ago(700));
  }

  private HttpDraft http(String name, int place) {
    return new HttpDraft(
        draft.ids(), draft.region(place), name, HttpApiFacts.Protocol.HTTP, draft.ago(400));
  }

  private HttpDraft socket(String name, int place) {
    return new HttpDraft(
        draft.ids(), draft.region(place), name, HttpApiFacts.Protocol.WEBSOCKET, draft.ago(300));
  }
}
