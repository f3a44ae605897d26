package io.cloudoperator.service;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.Authorizer;
import io.cloudoperator.service.apigateway.DomainName;
import io.cloudoperator.service.apigateway.EndpointType;
import io.cloudoperator.service.apigateway.HttpApi;
import io.cloudoperator.service.apigateway.ResourcePolicy;
import io.cloudoperator.service.apigateway.RestApi;
import io.cloudoperator.service.apigateway.Stage;
import io.cloudoperator.service.appsync.AppSync;
import io.cloudoperator.service.appsync.EventApi;
import io.cloudoperator.service.appsync.GraphqlApi;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.cloudfront.Distribution;
import io.cloudoperator.service.elb.ElasticLoadBalancing;
import io.cloudoperator.service.elb.LoadBalancer;
import io.cloudoperator.service.lambda.FunctionUrl;
import io.cloudoperator.service.lambda.Lambda;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What AWS might say of APIs: an account to whose parts a test gives what it is about. */
public final class Facts {
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  public static final RegionName IRELAND = new RegionName("eu-west-1");
  public static final RegionName OHIO = new RegionName("us-east-2");
  public static final String HOST = "a1.execute-api.eu-west-1.amazonaws.com";
  public static final Stage PROD = stage("prod");

  private Facts() {}

  // Methods and routes.

  public static RestApi.Method method(String verb, String path, String authorization) {
    return new RestApi.Method(
        verb, path, authorization, Optional.empty(), false, Integration.LAMBDA);
  }

  public static RestApi.Method keyed(String verb, String path) {
    return new RestApi.Method(verb, path, "NONE", Optional.empty(), true, Integration.LAMBDA);
  }

  public static RestApi.Method preflight(String path) {
    return new RestApi.Method("OPTIONS", path, "NONE", Optional.empty(), false, Integration.MOCK);
  }

  public static HttpApi.Route route(String key, String authorization) {
    return new HttpApi.Route(key, authorization, Optional.empty(), false, Integration.LAMBDA);
  }

  // Stages.

  /** Deployed yesterday, with logs and a limit. */
  public static Stage stage(String name) {
    return deployed(name, NOW.minus(Duration.ofDays(1)));
  }

  public static Stage deployed(String name, Instant at) {
    return new Stage(
        name, Optional.of("d1"), Optional.of(at), true, Optional.of(50.0), Optional.empty());
  }

  public static Stage behind(String name, String webAcl) {
    return new Stage(
        name, Optional.of("d1"), Optional.of(NOW), true, Optional.of(50.0), Optional.of(webAcl));
  }

  public static Stage bare(String name) {
    return new Stage(
        name, Optional.of("d1"), Optional.of(NOW), false, Optional.empty(), Optional.empty());
  }

  public static Stage empty(String name) {
    return new Stage(
        name, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  // APIs.

  public static RestApi rest(RestApi.Method... methods) {
    return rest(ResourcePolicy.NONE, EndpointType.REGIONAL, methods);
  }

  public static RestApi rest(
      ResourcePolicy policy, EndpointType endpoint, RestApi.Method... methods) {
    return rest("a1", endpoint, false, Optional.empty(), policy, List.of(methods), List.of(PROD));
  }

  public static RestApi withStages(RestApi api, Stage... stages) {
    return new RestApi(
        api.id(),
        api.name(),
        api.created(),
        api.endpointType(),
        api.defaultEndpointDisabled(),
        api.tlsPolicy(),
        api.resourcePolicy(),
        api.methods(),
        List.of(stages),
        api.authorizers());
  }

  public static RestApi withoutDefaultEndpoint(RestApi api) {
    return new RestApi(
        api.id(),
        api.name(),
        api.created(),
        api.endpointType(),
        true,
        api.tlsPolicy(),
        api.resourcePolicy(),
        api.methods(),
        api.stages(),
        api.authorizers());
  }

  public static RestApi called(String id, RestApi api) {
    return new RestApi(
        id,
        "api " + id,
        api.created(),
        api.endpointType(),
        api.defaultEndpointDisabled(),
        api.tlsPolicy(),
        api.resourcePolicy(),
        api.methods(),
        api.stages(),
        api.authorizers());
  }

  public static RestApi withTls(RestApi api, String policy) {
    return rest(
        api.id(),
        api.endpointType(),
        api.defaultEndpointDisabled(),
        Optional.of(policy),
        api.resourcePolicy(),
        api.methods(),
        api.stages());
  }

  private static RestApi rest(
      String id,
      EndpointType endpoint,
      boolean disabled,
      Optional<String> tls,
      ResourcePolicy policy,
      List<RestApi.Method> methods,
      List<Stage> stages) {
    return new RestApi(
        id,
        "orders",
        Optional.of(NOW),
        endpoint,
        disabled,
        tls,
        policy,
        methods,
        stages,
        List.of(new Authorizer("z1", "customers", "COGNITO_USER_POOLS", Optional.empty())));
  }

  public static HttpApi http(HttpApi.Protocol protocol, HttpApi.Route... routes) {
    return new HttpApi(
        "h1",
        "shop",
        protocol,
        Optional.of(NOW),
        false,
        Optional.empty(),
        List.of(routes),
        List.of(stage(protocol == HttpApi.Protocol.HTTP ? "$default" : "live")),
        List.of(new Authorizer("j1", "people", "JWT", Optional.of("https://login.example.com"))));
  }

  public static HttpApi withCors(HttpApi api, boolean anyOrigin, boolean credentials) {
    return new HttpApi(
        api.id(),
        api.name(),
        api.protocol(),
        api.created(),
        api.defaultEndpointDisabled(),
        Optional.of(new Cors(anyOrigin, credentials)),
        api.routes(),
        api.stages(),
        api.authorizers());
  }

  public static FunctionUrl functionUrl(String authType) {
    return new FunctionUrl(
        "resize",
        "live",
        "f1.lambda-url.eu-west-1.on.aws",
        authType,
        Optional.empty(),
        Optional.empty());
  }

  public static GraphqlApi graphql(boolean privateOnly, String... types) {
    return new GraphqlApi(
        "g1",
        "feed",
        List.of(types),
        privateOnly,
        true,
        Optional.empty(),
        "g1.appsync-api.eu-west-1.amazonaws.com");
  }

  public static LoadBalancer loadBalancer(
      boolean internetFacing, LoadBalancer.Listener... listeners) {
    return new LoadBalancer(
        "app/web/50dc6c495c0c9188",
        "web",
        "application",
        internetFacing,
        "web-1.eu-west-1.elb.amazonaws.com",
        Optional.empty(),
        List.of(listeners));
  }

  public static LoadBalancer.Listener https(String policy) {
    return new LoadBalancer.Listener(443, "HTTPS", Optional.of(policy), false, false);
  }

  public static LoadBalancer.Listener plain(boolean redirects) {
    return new LoadBalancer.Listener(80, "HTTP", Optional.empty(), redirects, false);
  }

  // Ways.

  public static DomainName domain(String apiId, String basePath, String stage) {
    return domain(false, "TLS_1_2", apiId, basePath, stage);
  }

  public static DomainName domain(
      boolean mutualTls, String tls, String apiId, String basePath, String stage) {
    return domain(EndpointType.REGIONAL, mutualTls, tls, apiId, basePath, stage);
  }

  public static DomainName domain(
      EndpointType endpoint, String apiId, String basePath, String stage) {
    return domain(endpoint, false, "TLS_1_2", apiId, basePath, stage);
  }

  private static DomainName domain(
      EndpointType endpoint,
      boolean mutualTls,
      String tls,
      String apiId,
      String basePath,
      String stage) {
    return new DomainName(
        "api.example.com",
        endpoint,
        Optional.of(tls),
        mutualTls,
        List.of("d-x1.execute-api.eu-west-1.amazonaws.com"),
        List.of(new DomainName.Mapping(basePath, apiId, stage)));
  }

  public static Distribution distribution(Optional<String> webAcl, String... origins) {
    return new Distribution(
        "E1",
        "d1.cloudfront.net",
        List.of("www.example.com"),
        true,
        false,
        "TLSv1.2_2021",
        webAcl,
        List.of(origins),
        Optional.empty());
  }

  // The account.

  public static <T> Reading<T> denied() {
    return new Reading.Unread<>(Reading.Reason.DENIED_BY_IAM, "AccessDeniedException");
  }

  public static <T> Reading<T> read(T value) {
    return new Reading.Complete<>(value);
  }

  /** All but one, which was denied. */
  public static <T> Reading<T> readExcept(T value, String item) {
    return new Reading.Complete<>(
        value,
        List.of(new UnreadItem(item, Reading.Reason.DENIED_BY_SCP, "AccessDeniedException")));
  }

  public static Account account() {
    return new Account();
  }

  /** One that has its APIs in Ireland. */
  public static final class Account {
    private Reading<List<RestApi>> rest = read(List.of());
    private Reading<List<HttpApi>> http = read(List.of());
    private Reading<List<DomainName>> domains = read(List.of());
    private Reading<List<FunctionUrl>> urls = read(List.of());
    private Reading<List<GraphqlApi>> graphql = read(List.of());
    private Reading<List<EventApi>> events = read(List.of());
    private Reading<List<LoadBalancer>> balancers = read(List.of());
    private Reading<List<Distribution>> distributions = read(List.of());

    public Account except(String restApi) {
      rest = readExcept(valueOf(rest), restApi);
      return this;
    }

    public Account exceptDomain(String domain) {
      domains = readExcept(valueOf(domains), domain);
      return this;
    }

    private static <T> List<T> valueOf(Reading<List<T>> reading) {
      return switch (reading) {
        case Reading.Complete<List<T>>(List<T> value, var _) -> value;
        case Reading.Unread<List<T>> _ -> List.of();
      };
    }

    public Account with(RestApi... apis) {
      rest = read(List.of(apis));
      return this;
    }

    public Account withHttp(HttpApi... apis) {
      http = read(List.of(apis));
      return this;
    }

    public Account with(DomainName... names) {
      domains = read(List.of(names));
      return this;
    }

    public Account with(FunctionUrl... found) {
      urls = read(List.of(found));
      return this;
    }

    public Account with(EventApi... apis) {
      events = read(List.of(apis));
      return this;
    }

    public Account with(GraphqlApi... apis) {
      graphql = read(List.of(apis));
      return this;
    }

    public Account with(LoadBalancer... found) {
      balancers = read(List.of(found));
      return this;
    }

    public Account with(Distribution... found) {
      distributions = read(List.of(found));
      return this;
    }

    public Account withoutRest() {
      rest = denied();
      return this;
    }

    public Account withoutDomains() {
      domains = denied();
      return this;
    }

    public Account withoutDistributions() {
      distributions = denied();
      return this;
    }

    public RegionApis region(RegionName name) {
      SourceReadings readings =
          SourceReadings.NONE
              .with(ApiGateway.REST_APIS, rest)
              .with(ApiGateway.HTTP_APIS, http)
              .with(ApiGateway.DOMAIN_NAMES, domains)
              .with(ApiGateway.VPC_LINKS, read(List.of()))
              .with(Lambda.FUNCTION_URLS, urls)
              .with(AppSync.GRAPHQL_APIS, graphql)
              .with(AppSync.EVENT_APIS, events)
              .with(ElasticLoadBalancing.LOAD_BALANCERS, balancers);
      return new RegionApis(name, readings, List.of());
    }

    public Optional<GlobalApis> global() {
      return Optional.of(
          new GlobalApis(
              SourceReadings.NONE.with(CloudFront.DISTRIBUTIONS, distributions), List.of()));
    }

    public Inventory inventory() {
      return InventoryBuilder.of(List.of(IRELAND), List.of(region(IRELAND)), global(), NOW);
    }

    /** The first that is not a distribution. */
    public Api api() {
      return inventory().apis().stream()
          .filter(api -> !api.id().kind().equals(CloudFront.DISTRIBUTION))
          .findFirst()
          .orElseThrow();
    }
  }
}
