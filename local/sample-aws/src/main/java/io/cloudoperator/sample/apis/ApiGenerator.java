package io.cloudoperator.sample.apis;

import io.cloudoperator.sample.data.Scramble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills an account with APIs: first one of each that is worth telling, then more at random. */
final class ApiGenerator {

  private static final Optional<Double> LIMIT = Optional.of(200.0);

  private final SampleApis apis;
  private final long seed;
  private final List<String> regions;
  private final Instant asOf;
  private final Ids ids;

  ApiGenerator(SampleApis apis, long seed, List<String> regions, Instant asOf) {
    this.apis = apis;
    this.seed = seed;
    this.regions = regions;
    this.asOf = asOf;
    this.ids = new Ids(seed);
  }

  void generate(ApiSize size) {
    List<Runnable> showcase = new Showcase(apis, ids, regions, asOf).all();
    showcase.stream().limit(size.mixed()).forEach(Runnable::run);
    if (size.mixed() > 0) {
      addKeysAndLinks();
      addEventApis();
    }
    for (int i = showcase.size(); i < size.mixed(); i++) {
      addAny(i, Scramble.mix(seed ^ ((long) i << 24) ^ 0xa1L));
    }
    for (int i = 0; i < size.alike(); i++) {
      apis.restApis()
          .put(
              new RestDraft(ids, regions.getFirst(), "service-%03d".formatted(i), ago(400))
                  .authorizer("staff", "COGNITO_USER_POOLS")
                  .routes("COGNITO_USER_POOLS", Words.keys(size.routes()))
                  .stage("prod", ago(1 + i % 300), true, LIMIT, Optional.empty())
                  .make());
    }
  }

  /** What is there so that it can be seen to be unreadable, and what has no flaw. */
  private void addKeysAndLinks() {
    for (String region : regions.subList(0, Math.min(3, regions.size()))) {
      apis.apiKeys()
          .put(new ApiKeyFacts(region, ids.api(), "partner", Canary.of("key-" + ids.hex())));
      apis.apiKeys()
          .put(new ApiKeyFacts(region, ids.api(), "batch", Canary.of("key-" + ids.hex())));
      apis.usagePlans().put(new UsagePlanFacts(region, ids.letters(6), "gold"));
      apis.vpcLinks().put(new VpcLinkFacts(region, ids.letters(6), "core-services", true));
      apis.vpcLinks().put(new VpcLinkFacts(region, ids.letters(6), "mesh", false));
      for (String name : List.of("nightly-export", "image-resize", "queue-worker")) {
        apis.functions()
            .put(new FunctionFacts(region, name, "java25", ago(40), environment(name), List.of()));
      }
    }
  }

  private void addEventApis() {
    List<String> key = List.of("API_KEY");
    List<String> people = List.of("AMAZON_COGNITO_USER_POOLS");
    eventApi(0, "ticker", key, key, key, key, Optional.empty());
    eventApi(1, "chat-rooms", people, people, people, people, Optional.of("edge-rules"));
    // Anyone with the key may listen; what is published is signed.
    List<String> both = List.of("AWS_IAM", "API_KEY");
    eventApi(0, "scores", both, both, List.of("AWS_IAM"), key, Optional.empty());
  }

  private void eventApi(
      int place,
      String name,
      List<String> providers,
      List<String> connect,
      List<String> publish,
      List<String> subscribe,
      Optional<String> acl) {
    apis.eventApis()
        .put(
            new EventApiFacts(
                regions.get(place % regions.size()),
                ids.letters(26),
                name,
                ago(75),
                providers,
                connect,
                publish,
                subscribe,
                acl.isPresent(),
                acl.isPresent(),
                acl));
  }

  private void addAny(int index, long draw) {
    String region =
        regions.get(
            Scramble.chance(600, draw, 0)
                ? Scramble.below(Math.min(5, regions.size()), draw, 1)
                : Scramble.below(regions.size(), draw, 1));
    String noun = Words.noun(index);
    String name = noun + "-" + Words.use(Scramble.below(8, draw, 2));
    int kind = Scramble.below(100, draw, 3);
    if (kind < 36) {
      apis.restApis().put(rest(region, name, noun, draw));
    } else if (kind < 62) {
      apis.httpApis().put(http(region, name, noun, draw));
    } else if (kind < 66) {
      apis.httpApis().put(webSocket(region, name, draw));
    } else if (kind < 78) {
      apis.functions().put(function(region, name + "-" + index, draw));
    } else if (kind < 84) {
      apis.graphqlApis().put(graphql(region, name, draw));
    } else if (kind < 95) {
      apis.loadBalancers().put(loadBalancer(region, name, draw));
    } else {
      apis.distributions().put(distribution(noun, draw));
    }
  }

  private RestApiFacts rest(String region, String name, String noun, long draw) {
    RestDraft draft =
        new RestDraft(ids, region, name, ago(100 + Scramble.below(1500, draw, 4)))
            .endpoint(Scramble.chance(250, draw, 5) ? Endpoint.EDGE : Endpoint.REGIONAL)
            .tls(Scramble.chance(150, draw, 6) ? "TLS_1_0" : "TLS_1_2")
            .authorizer("people", "COGNITO_USER_POOLS");
    String authorization =
        List.of("COGNITO_USER_POOLS", "COGNITO_USER_POOLS", "AWS_IAM", "CUSTOM", "NONE")
            .get(Scramble.below(5, draw, 7));
    if (authorization.equals("CUSTOM")) {
      draft.authorizer("legacy-tokens", "TOKEN");
    }
    return draft
        .routes(authorization, Words.crud(noun))
        .routes(
            authorization,
            false,
            Backend.VPC_LINK,
            "GET /" + noun + "/{id}/history",
            "POST /" + noun + "/{id}/history")
        .routes("NONE", false, Backend.MOCK, "OPTIONS /" + noun, "GET /health")
        .stage("prod", updated(draw), Scramble.chance(700, draw, 9), rate(draw), acl(draw))
        .stage("test", ago(3), false, Optional.empty(), Optional.empty())
        .make();
  }

  private HttpApiFacts http(String region, String name, String noun, long draw) {
    HttpDraft draft =
        new HttpDraft(
                ids,
                region,
                name,
                HttpApiFacts.Protocol.HTTP,
                ago(50 + Scramble.below(900, draw, 4)))
            .jwt("accounts", "https://id.example.com/")
            .cors(false, "https://www.example.com");
    return draft
        .routes(Scramble.chance(150, draw, 7) ? "NONE" : "JWT", Words.crud(noun))
        .routes("NONE", Optional.of(Backend.HTTP), "GET /status")
        .stage("$default", updated(draw), Scramble.chance(700, draw, 9), rate(draw))
        .make();
  }

  private HttpApiFacts webSocket(String region, String name, long draw) {
    return new HttpDraft(ids, region, name, HttpApiFacts.Protocol.WEBSOCKET, ago(200))
        .routes(Scramble.chance(300, draw, 7) ? "NONE" : "AWS_IAM", "$connect")
        .routes("NONE", "$disconnect", "$default", "send")
        .stage("live", updated(draw), true, rate(draw))
        .make();
  }

  private FunctionFacts function(String region, String name, long draw) {
    return new FunctionFacts(
        region,
        name,
        Scramble.chance(500, draw, 8) ? "nodejs22.x" : "python3.13",
        ago(20),
        environment(name),
        List.of(
            new FunctionFacts.Url(
                Optional.empty(),
                ids.letters(32) + ".lambda-url." + region + ".on.aws",
                Scramble.chance(250, draw, 7) ? "NONE" : "AWS_IAM",
                Optional.empty(),
                ago(20))));
  }

  private GraphqlFacts graphql(String region, String name, long draw) {
    return new GraphqlFacts(
        region,
        ids.letters(26),
        name,
        List.of(Scramble.chance(250, draw, 7) ? "API_KEY" : "AMAZON_COGNITO_USER_POOLS"),
        false,
        Scramble.chance(600, draw, 9),
        acl(draw));
  }

  private LoadBalancerFacts loadBalancer(String region, String name, long draw) {
    boolean secure = Scramble.chance(750, draw, 7);
    return new LoadBalancerFacts(
        region,
        "app/" + name + "/" + ids.hex(),
        name,
        "application",
        Scramble.chance(600, draw, 8),
        ago(300),
        List.of(
            new LoadBalancerFacts.Listener(80, "HTTP", Optional.empty(), secure, false),
            new LoadBalancerFacts.Listener(
                443,
                "HTTPS",
                Optional.of(
                    secure ? "ELBSecurityPolicy-TLS13-1-2-2021-06" : "ELBSecurityPolicy-2016-08"),
                false,
                Scramble.chance(200, draw, 9))));
  }

  private DistributionFacts distribution(String noun, long draw) {
    return new DistributionFacts(
        ids.distribution(),
        List.of(noun + ".example.com"),
        true,
        Scramble.chance(800, draw, 7) ? "redirect-to-https" : "allow-all",
        "TLSv1.2_2021",
        acl(draw),
        List.of(noun + "-assets.s3.amazonaws.com"),
        ago(90));
  }

  private Instant updated(long draw) {
    return ago(1 + Scramble.below(360, draw, 10));
  }

  private static Optional<Double> rate(long draw) {
    return Scramble.chance(500, draw, 11) ? LIMIT : Optional.empty();
  }

  private static Optional<String> acl(long draw) {
    return Scramble.chance(400, draw, 12) ? Optional.of("edge-rules") : Optional.empty();
  }

  static Map<String, String> environment(String name) {
    return Map.of(
        "TABLE", Canary.of("table-of-" + name), "DATABASE_PASSWORD", Canary.of("password"));
  }

  private Instant ago(int days) {
    return asOf.minus(Duration.ofDays(days));
  }
}
