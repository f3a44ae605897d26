package io.cloudoperator.sample.apis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One API of every kind and with every flaw, each as an account may have it. */
final class Showcase {

  private static final Optional<Double> LIMIT = Optional.of(100.0);
  private static final Optional<String> ACL = Optional.of("public-api-rules");

  private final SampleApis apis;
  private final Ids ids;
  private final List<String> regions;
  private final Instant asOf;

  Showcase(SampleApis apis, Ids ids, List<String> regions, Instant asOf) {
    this.apis = apis;
    this.ids = ids;
    this.regions = regions;
    this.asOf = asOf;
  }

  /** Each adds one API, and the domain that leads to it. */
  List<Runnable> all() {
    return Stream.of(restApis(), httpApis(), others()).flatMap(List::stream).toList();
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
        this::mixed);
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

  private List<Runnable> others() {
    return List.of(
        () -> function("thumbnailer", 0, Optional.empty(), "NONE", Optional.of(anyOrigin())),
        () -> function("invoice-render", 1, Optional.empty(), "AWS_IAM", Optional.empty()),
        () -> function("price-feed", 2, Optional.of("live"), "NONE", Optional.empty()),
        () -> graphql("storefront-graph", 0, false, false, Optional.empty(), "API_KEY"),
        () -> graphql("people-graph", 1, false, true, ACL, "AMAZON_COGNITO_USER_POOLS", "API_KEY"),
        () -> graphql("ledger-graph", 2, true, true, Optional.empty(), "AWS_IAM"),
        () -> balancer("legacy-web", 0, "application", true, plain(80)),
        () ->
            balancer(
                "web",
                1,
                "application",
                true,
                new LoadBalancerFacts.Listener(80, "HTTP", Optional.empty(), true, false),
                secure(443, "HTTPS", "ELBSecurityPolicy-2016-08", false),
                secure(8443, "HTTPS", "ELBSecurityPolicy-TLS13-1-2-2021-06", true)),
        () -> balancer("internal-tools", 2, "application", false, plain(80)),
        () ->
            balancer(
                "feeds",
                0,
                "network",
                true,
                secure(443, "TLS", "ELBSecurityPolicy-TLS13-1-2-2021-06", false)),
        this::plainDistribution,
        this::protectedDistribution,
        this::behindRoutingRulesAlone);
  }

  private void withoutAFlaw() {
    RestApiFacts api =
        rest("orders", 0)
            .authorizer("customers", "COGNITO_USER_POOLS")
            .routes("COGNITO_USER_POOLS", Words.crud("orders"))
            .routes("NONE", false, Backend.MOCK, "OPTIONS /orders", "OPTIONS /orders/{id}")
            .executeApiDisabled()
            .stage("prod", ago(12), true, LIMIT, ACL)
            .make();
    apis.restApis().put(api);
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
            .routes("NONE", Words.crud("payments"))
            .stage("prod", ago(30), true, LIMIT, Optional.empty())
            .make();
    apis.restApis().put(api);
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
            .routes("NONE", false, Backend.AWS, "GET /entries", "POST /entries")
            .stage("prod", ago(45), true, LIMIT, Optional.empty())
            .make();
    apis.restApis().put(api);
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
            .stage("prod", ago(200), false, Optional.empty(), Optional.empty())
            .make();
    apis.restApis().put(api);
    domain(
        "shop.example.com",
        0,
        Endpoint.EDGE,
        "TLS_1_0",
        false,
        new DomainFacts.Mapping("catalog", api.id(), "prod", true));
  }

  private void keyOnly() {
    apis.restApis()
        .put(
            rest("partners", 1)
                .routes("NONE", true, Backend.HTTP, "GET /offers", "POST /offers/{id}/accept")
                .stage("v1", ago(90), true, LIMIT, Optional.empty())
                .make());
  }

  private void privateApi() {
    apis.restApis()
        .put(
            rest("reports-internal", 1)
                .endpoint(Endpoint.PRIVATE)
                .policy(ResourcePolicyFacts.VPC_ENDPOINT)
                .routes("NONE", false, Backend.VPC_LINK, "ANY /", "ANY /{proxy+}")
                .stage("prod", ago(60), true, LIMIT, Optional.empty())
                .make());
  }

  private void restrictedByPolicy() {
    apis.restApis()
        .put(
            rest("backoffice", 1)
                .policy(ResourcePolicyFacts.ADDRESSES)
                .routes("NONE", "GET /users", "POST /users/{id}/unlock")
                .stage("prod", ago(15), true, LIMIT, Optional.empty())
                .make());
  }

  private void openByPolicy() {
    apis.restApis()
        .put(
            rest("webhooks", 2)
                .policy(ResourcePolicyFacts.OPEN)
                .routes("NONE", "POST /github", "POST /stripe", "POST /slack/{team}")
                .stage("prod", ago(25), false, LIMIT, ACL)
                .make());
  }

  private void deployedYearsAgo() {
    apis.restApis()
        .put(
            new RestDraft(ids, region(2), "legacy-soap", ago(3100))
                .tls("TLS_1_0")
                .authorizer("soap-tokens", "TOKEN")
                .routes("CUSTOM", false, Backend.HTTP, "POST /ws", "GET /ws")
                .stage("production", ago(1900), false, Optional.empty(), Optional.empty())
                .make());
  }

  private void withoutAStage() {
    apis.restApis()
        .put(rest("prototype", 3).routes("NONE", false, Backend.MOCK, "GET /try").make());
  }

  private void authorizerOfTomorrow() {
    apis.restApis()
        .put(
            rest("identity", 0)
                .authorizer("passkeys", "WORKLOAD_IDENTITY")
                .routes("CUSTOM", "POST /login", "POST /logout")
                .stage("prod", ago(5), true, LIMIT, Optional.empty())
                .make());
  }

  private void disabledWithoutDomain() {
    apis.restApis()
        .put(
            rest("search", 2)
                .executeApiDisabled()
                .routes("AWS_IAM", "GET /search")
                .stage("prod", ago(70), true, LIMIT, Optional.empty())
                .make());
  }

  private void mixed() {
    apis.restApis()
        .put(
            rest("shipping", 4)
                .authorizer("couriers", "REQUEST")
                .routes("CUSTOM", Words.crud("shipments"))
                .routes("CUSTOM", false, Backend.VPC_LINK, "ANY /tracking/{proxy+}")
                .routes("NONE", false, Backend.MOCK, "GET /health")
                .stage("prod", ago(8), true, LIMIT, Optional.empty())
                .stage("staging", ago(2), false, Optional.empty(), Optional.empty())
                .make());
  }

  private void mobile() {
    HttpApiFacts api =
        http("mobile-bff", 0)
            .jwt("accounts", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Sample1")
            .cors(true, "https://app.example.com")
            .routes("JWT", Words.crud("carts"))
            .stage("$default", ago(4), true, LIMIT)
            .make();
    apis.httpApis().put(api);
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
    apis.httpApis()
        .put(
            http("storefront", 1)
                .cors(true, "https://*", "http://*")
                .routes(
                    "NONE", Optional.of(Backend.HTTP), "GET /pages/{proxy+}", "POST /newsletter")
                .stage("$default", ago(33), false, Optional.empty())
                .make());
  }

  private void signed() {
    apis.httpApis()
        .put(
            http("checkout", 0)
                .routes("AWS_IAM", "POST /checkout", "GET /checkout/{id}")
                .routes("AWS_IAM", Optional.of(Backend.AWS), "POST /checkout/{id}/events")
                .stage("prod", ago(6), true, LIMIT)
                .make());
  }

  private void catchAll() {
    apis.httpApis()
        .put(
            http("reviews", 2)
                .authorizer("visitors", "REQUEST")
                .routes("CUSTOM", "POST /reviews")
                .routes("NONE", "$default")
                .routes("NONE", Optional.empty(), "GET /reviews/drafts")
                .stage("$default", ago(10), true, Optional.empty())
                .make());
  }

  private void neverDeployed() {
    apis.httpApis()
        .put(
            http("beta-feed", 3)
                .routes("NONE", "GET /feed")
                .stageWithoutDeployment("beta", ago(50))
                .make());
  }

  private void twoLevels() {
    HttpApiFacts api =
        http("loyalty", 1)
            .executeApiDisabled()
            .jwt("accounts", "https://id.example.com/")
            .routes("JWT", Optional.of(Backend.VPC_LINK), "GET /points", "POST /points/{id}/spend")
            .stage("v1", ago(150), true, LIMIT)
            .stage("v2", ago(9), true, LIMIT)
            .make();
    apis.httpApis().put(api);
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
    apis.httpApis()
        .put(
            http("devices", 4)
                .authorizer("fleet", "DEVICE_CERTIFICATE")
                .routes("CUSTOM", "PUT /devices/{id}/state")
                .stage("$default", ago(21), true, LIMIT)
                .make());
  }

  private void openSocket() {
    apis.httpApis()
        .put(
            socket("chat", 0)
                .routes("NONE", "$connect", "$disconnect", "$default", "sendMessage")
                .stage("production", ago(40), false, Optional.empty())
                .make());
  }

  private void guardedSocket() {
    apis.httpApis()
        .put(
            socket("prices-live", 1)
                .authorizer("traders", "REQUEST")
                .routes("CUSTOM", "$connect")
                .routes("NONE", Optional.of(Backend.MOCK), "ping")
                .routes("NONE", "$disconnect", "subscribe")
                .stage("live", ago(18), true, LIMIT)
                .make());
  }

  private void plainDistribution() {
    distribution(
        "allow-all",
        "TLSv1",
        Optional.empty(),
        List.of("www.shop.example.com"),
        apis.restApis().all().stream()
            .filter(each -> each.name().equals("catalog"))
            .map(each -> endpoint(each.id(), each.region()))
            .findFirst()
            .orElse("origin.example.com"));
  }

  /** Whoever knows the origin goes round the web ACL. */
  private void protectedDistribution() {
    distribution(
        "redirect-to-https",
        "TLSv1.2_2021",
        Optional.of("storefront-rules"),
        List.of("www.example.com"),
        apis.httpApis().all().stream()
            .filter(each -> each.name().equals("storefront"))
            .map(each -> endpoint(each.id(), each.region()))
            .findFirst()
            .orElse("origin.example.com"));
  }

  /** Open to anyone, and reached by rules: in one domain by them alone, in one before a mapping. */
  private void behindRoutingRulesAlone() {
    RestApiFacts api =
        rest("tickets", 0)
            .executeApiDisabled()
            .routes("NONE", "GET /tickets", "POST /tickets")
            .stage("prod", ago(20), true, LIMIT, Optional.empty())
            .stage("canary", ago(1), true, LIMIT, Optional.empty())
            .make();
    apis.restApis().put(api);
    apis.domains()
        .put(
            routed(
                "tickets.example.com",
                DomainFacts.RoutingMode.ROUTING_RULE_ONLY,
                List.of(),
                new DomainFacts.RoutingRule(
                    ids.letters(6),
                    10,
                    List.of("tickets"),
                    List.of(new DomainFacts.HeaderMatch("x-canary", Canary.of("header") + "*")),
                    api.id(),
                    "canary",
                    true),
                new DomainFacts.RoutingRule(
                    ids.letters(6), 100, List.of(), List.of(), api.id(), "prod", false)));
    apis.domains()
        .put(
            routed(
                "beta.example.com",
                DomainFacts.RoutingMode.ROUTING_RULE_THEN_API_MAPPING,
                List.of(new DomainFacts.Mapping("", api.id(), "prod", true)),
                new DomainFacts.RoutingRule(
                    ids.letters(6), 1, List.of("beta"), List.of(), api.id(), "canary", true)));
  }

  private DomainFacts routed(
      String name,
      DomainFacts.RoutingMode mode,
      List<DomainFacts.Mapping> mappings,
      DomainFacts.RoutingRule... rules) {
    return new DomainFacts(
        region(0), name, Endpoint.REGIONAL, "TLS_1_2", false, mode, mappings, List.of(rules));
  }

  private static String endpoint(String id, String region) {
    return "%s.execute-api.%s.amazonaws.com".formatted(id, region);
  }

  private void distribution(
      String viewers, String tls, Optional<String> acl, List<String> aliases, String origin) {
    apis.distributions()
        .put(
            new DistributionFacts(
                ids.distribution(),
                aliases,
                true,
                viewers,
                tls,
                acl,
                List.of(origin, "assets-of-the-shop.s3.amazonaws.com"),
                ago(100)));
  }

  private void function(
      String name,
      int place,
      Optional<String> qualifier,
      String authType,
      Optional<CorsFacts> cors) {
    String region = region(place);
    apis.functions()
        .put(
            new FunctionFacts(
                region,
                name,
                "python3.13",
                ago(30),
                ApiGenerator.environment(name),
                List.of(
                    new FunctionFacts.Url(
                        qualifier,
                        ids.letters(32) + ".lambda-url." + region + ".on.aws",
                        authType,
                        cors,
                        ago(30)))));
  }

  private static CorsFacts anyOrigin() {
    return new CorsFacts(List.of("*"), true);
  }

  private void graphql(
      String name,
      int place,
      boolean privateOnly,
      boolean logging,
      Optional<String> acl,
      String... authentication) {
    apis.graphqlApis()
        .put(
            new GraphqlFacts(
                region(place),
                ids.letters(26),
                name,
                List.of(authentication),
                privateOnly,
                logging,
                acl));
  }

  private void balancer(
      String name,
      int place,
      String type,
      boolean internetFacing,
      LoadBalancerFacts.Listener... listeners) {
    apis.loadBalancers()
        .put(
            new LoadBalancerFacts(
                region(place),
                (type.equals("network") ? "net/" : "app/") + name + "/" + ids.hex(),
                name,
                type,
                internetFacing,
                ago(500),
                List.of(listeners)));
  }

  private static LoadBalancerFacts.Listener plain(int port) {
    return new LoadBalancerFacts.Listener(port, "HTTP", Optional.empty(), false, false);
  }

  private static LoadBalancerFacts.Listener secure(
      int port, String protocol, String policy, boolean authenticates) {
    return new LoadBalancerFacts.Listener(
        port, protocol, Optional.of(policy), false, authenticates);
  }

  private void domain(
      String name,
      int place,
      Endpoint endpoint,
      String tls,
      boolean mutualTls,
      DomainFacts.Mapping... mappings) {
    apis.domains()
        .put(new DomainFacts(region(place), name, endpoint, tls, mutualTls, List.of(mappings)));
  }

  private RestDraft rest(String name, int place) {
    return new RestDraft(ids, region(place), name, ago(700));
  }

  private HttpDraft http(String name, int place) {
    return new HttpDraft(ids, region(place), name, HttpApiFacts.Protocol.HTTP, ago(400));
  }

  private HttpDraft socket(String name, int place) {
    return new HttpDraft(ids, region(place), name, HttpApiFacts.Protocol.WEBSOCKET, ago(300));
  }

  private String region(int place) {
    return regions.get(place % regions.size());
  }

  private Instant ago(int days) {
    return asOf.minus(Duration.ofDays(days));
  }
}
