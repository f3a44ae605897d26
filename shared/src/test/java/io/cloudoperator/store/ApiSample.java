package io.cloudoperator.store;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.Deployment;
import io.cloudoperator.inventory.DetailsRead;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.ReadRound;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.Authorizer;
import io.cloudoperator.service.apigateway.DomainName;
import io.cloudoperator.service.apigateway.EndpointType;
import io.cloudoperator.service.apigateway.HttpApi;
import io.cloudoperator.service.apigateway.Partly;
import io.cloudoperator.service.apigateway.ResourcePolicy;
import io.cloudoperator.service.apigateway.RestApi;
import io.cloudoperator.service.apigateway.Stage;
import io.cloudoperator.service.apigateway.VpcLink;
import io.cloudoperator.service.appsync.AppSync;
import io.cloudoperator.service.appsync.GraphqlApi;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.cloudfront.Distribution;
import io.cloudoperator.service.elb.ElasticLoadBalancing;
import io.cloudoperator.service.elb.LoadBalancer;
import io.cloudoperator.service.lambda.FunctionUrl;
import io.cloudoperator.service.lambda.Lambda;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Values of APIs to store: with everything in them that can be absent, and without. */
final class ApiSample {
  private static final List<CallCount> CALLS =
      List.of(new CallCount("apigateway", "GetRestApis", 1, 0, 0));

  // Words and methods of which the paths of real APIs are made.
  private static final List<String> NOUNS =
      List.of("orders", "customers", "invoices", "items", "shipments", "carts", "prices", "users");
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "ANY");

  private ApiSample() {}

  /** Of a region of which a scan could not read all. */
  static RegionApis partly(RegionName region) {
    RestApi whole = restApi();
    return new RegionApis(
        region,
        SourceReadings.NONE
            .with(
                ApiGateway.REST_APIS,
                new Reading.Complete<>(
                    List.of(
                        whole,
                        partly(whole, "stages", whole.stages(), Partly.STAGES),
                        partly(whole, "listed", List.of(), Partly.LISTED))))
            .with(
                Lambda.FUNCTION_URLS,
                new Reading.Complete<>(
                    List.of(
                        new FunctionUrl(
                            "resize",
                            "live",
                            "abc.lambda-url.eu-central-1.on.aws",
                            "NONE",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Sample.NOW)))))
            .with(
                ApiGateway.REST_APIS,
                new SourceProgress(3, 2, List.of("listed"), Optional.of(Sample.NOW), List.of()))
            .with(Lambda.FUNCTION_URLS, functions()),
        CALLS);
  }

  private static SourceProgress functions() {
    return new SourceProgress(
        40,
        2,
        List.of("another"),
        Optional.of(Sample.NOW),
        List.of(
            ReadRound.of(
                Sample.NOW,
                List.of(ReadRound.fingerprint("resize"), ReadRound.fingerprint("worker")))));
  }

  private static RestApi partly(RestApi api, String id, List<Stage> stages, Partly partly) {
    return new RestApi(
        id,
        api.name(),
        api.created(),
        api.endpointType(),
        api.defaultEndpointDisabled(),
        api.tlsPolicy(),
        api.resourcePolicy(),
        List.of(),
        stages,
        List.of(),
        Optional.of(partly));
  }

  /** Of a scan that could not read all. */
  static Inventory partlyRead() {
    Inventory whole = inventory();
    Inventory.Source rest = new Inventory.Source("eu-central-1", ApiGateway.REST_APIS);
    return new Inventory(
        whole.read(),
        whole.unread(),
        List.of(
            whole
                .apis()
                .getFirst()
                .with(new DetailsRead(Optional.of(Sample.NOW), Optional.of(Sample.NOW))),
            Api.listed(new ApiId("eu-central-1", ApiGateway.REST, "listed"), "orders")),
        List.of(
            new Inventory.Progress(
                rest, new SourceProgress(2, 1, List.of("listed"), Optional.empty(), List.of())),
            new Inventory.Progress(
                new Inventory.Source("eu-central-1", Lambda.FUNCTION_URLS), functions())));
  }

  static RegionApis region(RegionName region) {
    return new RegionApis(
        region,
        SourceReadings.NONE
            .with(ApiGateway.REST_APIS, new Reading.Complete<>(List.of(restApi())))
            .with(
                ApiGateway.HTTP_APIS,
                new Reading.Complete<>(List.of(httpApi(HttpApi.Protocol.HTTP))))
            .with(
                ApiGateway.DOMAIN_NAMES,
                new Reading.Complete<>(
                    List.of(
                        new DomainName(
                            "api.example.com",
                            EndpointType.REGIONAL,
                            Optional.of("TLS_1_2"),
                            true,
                            List.of("d-abc.execute-api.eu-central-1.amazonaws.com"),
                            List.of(new DomainName.Mapping("v1", "a1b2c3", "prod"))))))
            .with(
                ApiGateway.VPC_LINKS,
                new Reading.Complete<>(List.of(new VpcLink("vl1", "to the cluster"))))
            .with(
                Lambda.FUNCTION_URLS,
                new Reading.Complete<>(
                    List.of(
                        new FunctionUrl(
                            "resize",
                            "live",
                            "abc.lambda-url.eu-west-1.on.aws",
                            "NONE",
                            Optional.of(new Cors(true, true)),
                            Optional.of(Sample.NOW)),
                        new FunctionUrl(
                            "resize",
                            "",
                            "abd.lambda-url.eu-west-1.on.aws",
                            "AWS_IAM",
                            Optional.empty(),
                            Optional.empty()))))
            .with(
                AppSync.GRAPHQL_APIS,
                new Reading.Complete<>(
                    List.of(
                        new GraphqlApi(
                            "g1",
                            "Graph",
                            List.of("API_KEY"),
                            false,
                            true,
                            Optional.of("acl"),
                            "g1.host"))))
            .with(
                ElasticLoadBalancing.LOAD_BALANCERS,
                new Reading.Complete<>(
                    List.of(
                        new LoadBalancer(
                            "app/web/50dc6c495c0c9188",
                            "web",
                            "application",
                            true,
                            "web-1.eu-central-1.elb.amazonaws.com",
                            Optional.of(Sample.NOW),
                            List.of(
                                new LoadBalancer.Listener(
                                    80, "HTTP", Optional.empty(), true, false),
                                new LoadBalancer.Listener(
                                    443,
                                    "HTTPS",
                                    Optional.of("ELBSecurityPolicy-2016-08"),
                                    false,
                                    true)))))),
        CALLS);
  }

  private static RestApi restApi() {
    return new RestApi(
        "a1b2c3",
        "Orders \"é\"",
        Optional.of(Sample.NOW),
        EndpointType.EDGE,
        true,
        Optional.of("TLS_1_0"),
        ResourcePolicy.RESTRICTED,
        List.of(
            new RestApi.Method(
                "GET", "/orders/{id}", "CUSTOM", Optional.of("au1"), true, Integration.LAMBDA),
            new RestApi.Method("ANY", "/", "NONE", Optional.empty(), false, Integration.NONE)),
        List.of(
            new Stage(
                "prod",
                Optional.of("dep1"),
                Optional.of(Sample.NOW),
                true,
                Optional.of(12.5),
                Optional.of("shield")),
            new Stage(
                "old",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty())),
        List.of(new Authorizer("au1", "tokens", "TOKEN", Optional.of("https://issuer.example"))));
  }

  private static HttpApi httpApi(HttpApi.Protocol protocol) {
    return new HttpApi(
        "h1",
        "Chat",
        protocol,
        Optional.empty(),
        false,
        Optional.of(new Cors(false, true)),
        List.of(
            new HttpApi.Route("$default", "JWT", Optional.of("au2"), false, Integration.VPC_LINK)),
        List.of(),
        List.of());
  }

  static GlobalApis global() {
    return new GlobalApis(
        SourceReadings.NONE.with(
            CloudFront.DISTRIBUTIONS,
            new Reading.Complete<>(
                List.of(
                    new Distribution(
                        "E1",
                        "d111111abcdef8.cloudfront.net",
                        List.of("www.example.com"),
                        true,
                        false,
                        "TLSv1.2_2021",
                        Optional.of("edge"),
                        List.of("api.example.com"),
                        Optional.of(Sample.NOW))))),
        CALLS);
  }

  static Inventory inventory() {
    return new Inventory(
        List.of(new Inventory.Source("eu-central-1", ApiGateway.REST_APIS)),
        List.of(
            new Inventory.Unread(
                new Inventory.Source(ApiId.GLOBAL, CloudFront.DISTRIBUTIONS),
                Reading.Reason.THROTTLED,
                "TooManyRequestsException")),
        List.of(api(1, 3)));
  }

  static Catalog catalog(String host) {
    return new Catalog(
        List.of(
            new Catalog.Entry(Optional.empty(), Optional.of(host), List.of("GET /orders/{id}")),
            new Catalog.Entry(
                Optional.of(new ApiId("eu-central-1", ApiGateway.REST, "a1b2c3")),
                Optional.empty(),
                List.of())),
        Sample.NOW);
  }

  /** As many APIs with as many routes each, of which no two have the same paths. */
  static Inventory inventory(int apis, int routes) {
    return new Inventory(
        List.of(new Inventory.Source("eu-central-1", ApiGateway.REST_APIS)),
        List.of(),
        IntStream.range(0, apis).mapToObj(number -> api(number, routes)).toList());
  }

  /** The facts of an account with as many REST APIs in one region. */
  static RegionApis region(RegionName region, int apis, int methods) {
    RegionApis none = ApiDiscovery.unread(region, Reading.Reason.FAILED, "Some", List.of());
    return new RegionApis(
        region,
        none.readings()
            .with(
                ApiGateway.REST_APIS,
                new Reading.Complete<>(
                    IntStream.range(0, apis)
                        .mapToObj(number -> {
                          Random random = new Random(number);
                          return new RestApi(
                              id(random),
                              "service-" + number,
                              Optional.of(Sample.NOW),
                              EndpointType.REGIONAL,
                              false,
                              Optional.of("TLS_1_2"),
                              ResourcePolicy.NONE,
                              IntStream.range(0, methods)
                                  .mapToObj(_ ->
                                      new RestApi.Method(
                                          method(random),
                                          path(random),
                                          "CUSTOM",
                                          Optional.of(id(random)),
                                          false,
                                          Integration.LAMBDA))
                                  .toList(),
                              List.of(
                                  new Stage(
                                      "prod",
                                      Optional.of(id(random)),
                                      Optional.of(Sample.NOW),
                                      true,
                                      Optional.of(100.0),
                                      Optional.empty())),
                              List.of(
                                  new Authorizer(id(random), "tokens", "TOKEN", Optional.empty())));
                        })
                        .toList())),
        CALLS);
  }

  private static Api api(int number, int routes) {
    Random random = new Random(number);
    String id = id(random);
    return new Api(
        new ApiId("eu-central-1", ApiGateway.REST, id),
        "service-" + number,
        Exposure.PUBLIC,
        List.of(
            new Endpoint(
                Endpoint.Kind.DEFAULT_ENDPOINT,
                id + ".execute-api.eu-central-1.amazonaws.com",
                "/prod",
                "prod",
                Exposure.PUBLIC,
                Optional.of("TLS_1_2"),
                Optional.empty(),
                false,
                false)),
        List.of(
            new Deployment(
                "prod", true, Optional.of(Sample.NOW), true, false, Optional.of("shield"))),
        IntStream.range(0, routes)
            .mapToObj(_ ->
                new Route(
                    method(random),
                    path(random),
                    Authorization.COGNITO,
                    Optional.of(id(random)),
                    false,
                    Exposure.PUBLIC,
                    Integration.LAMBDA))
            .toList(),
        List.of("https://issuer.example"),
        new TreeMap<>(Map.of(RiskFlag.Kind.TLS_BELOW_1_2, 1L, RiskFlag.Kind.NO_ACCESS_LOGS, 2L)));
  }

  private static String path(Random random) {
    return "/%s/{%sId}/%s-%s"
        .formatted(noun(random), noun(random), noun(random), id(random).substring(0, 6));
  }

  private static String noun(Random random) {
    return NOUNS.get(random.nextInt(NOUNS.size()));
  }

  private static String method(Random random) {
    return METHODS.get(random.nextInt(METHODS.size()));
  }

  private static String id(Random random) {
    return String.format(Locale.ROOT, "%010x", random.nextLong() & 0xffffffffffL);
  }

  /** Something of this many characters that no compression makes much smaller. */
  static Inventory incompressible(int characters) {
    StringBuilder text = new StringBuilder(characters);
    Random random = new Random(7);
    for (int i = 0; i < characters; i++) {
      text.append((char) ('!' + 2 + random.nextInt(57)));
    }
    return new Inventory(
        List.of(),
        List.of(
            new Inventory.Unread(
                new Inventory.Source("eu-central-1", ApiGateway.REST_APIS),
                Reading.Reason.FAILED,
                text.toString())),
        List.of());
  }
}
