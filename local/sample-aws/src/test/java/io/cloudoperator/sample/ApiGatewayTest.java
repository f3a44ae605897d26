package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.sample.apigateway.DomainFacts;
import io.cloudoperator.sample.apigateway.GatewayApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.Api;
import software.amazon.awssdk.services.apigatewayv2.model.ApiMapping;
import software.amazon.awssdk.services.apigatewayv2.model.Route;
import software.amazon.awssdk.services.apigatewayv2.model.RoutingRule;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiGatewayTest {

  private SampleAws aws;
  private Clients clients;
  private ApiGatewayClient rest;
  private ApiGatewayV2Client http;
  private String region;

  @BeforeAll
  void start() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults().withRestApis(60, 20));
    clients = new Clients(aws);
    region = aws.customer().all(GatewayApi.class).all().getFirst().region();
    rest = clients.apiGateway(clients.customer(), region);
    http = clients.apiGatewayV2(clients.customer(), region);
  }

  @AfterAll
  void stop() {
    aws.close();
  }

  @Test
  void pagesAddUpToEveryRestApiOnce() {
    List<RestApi> told = rest.getRestApisPaginator(each -> each.limit(7)).items().stream().toList();
    List<GatewayApi> truth =
        aws.customer().all(GatewayApi.class).in(region).stream()
            .filter(each -> each.kind() == GatewayApi.Kind.REST)
            .toList();
    assertThat(truth).hasSizeGreaterThan(60);
    assertThat(told)
        .extracting(
            RestApi::id,
            RestApi::name,
            RestApi::createdDate,
            RestApi::disableExecuteApiEndpoint,
            each -> each.endpointConfiguration().typesAsStrings().getFirst())
        .containsExactlyElementsOf(
            truth.stream()
                .map(each ->
                    tuple(
                        each.id(),
                        each.name(),
                        each.created(),
                        each.executeApiDisabled(),
                        each.endpoint().name()))
                .toList());
  }

  @Test
  void somePagesAreShortOrEmptyThoughMoreFollow() {
    List<Integer> sizes =
        rest.getRestApisPaginator(each -> each.limit(7)).stream()
            .map(GetRestApisResponse::items)
            .map(List::size)
            .toList();
    assertThat(sizes.subList(0, sizes.size() - 1)).contains(0).contains(3).contains(7);
  }

  @Test
  void tellsTheMethodsOnlyIfAsked() {
    GatewayApi api = restApi("orders");
    assertThat(routes(rest(api), api, true))
        .containsExactlyInAnyOrderElementsOf(
            api.routes().stream()
                .map(each ->
                    each.key() + " " + each.authorization() + " " + each.authorizerId().orElse("-"))
                .toList());
    assertThat(routes(rest(api), api, false))
        .allSatisfy(each -> assertThat(each).endsWith("null -"));
  }

  @Test
  void tellsStagesAndAuthorizers() {
    GatewayApi api = restApi("shipping");
    ApiGatewayClient client = rest(api);
    assertThat(client.getStages(each -> each.restApiId(api.id())).item())
        .extracting(Stage::stageName, each -> each.accessLogSettings() != null)
        .containsExactlyElementsOf(
            api.stages().stream().map(each -> tuple(each.name(), each.accessLogs())).toList());
    assertThat(client.getStages(each -> each.restApiId(api.id())).item().getFirst())
        .satisfies(stage -> {
          assertThat(stage.methodSettings().values())
              .extracting(MethodSetting::throttlingRateLimit)
              .containsExactly(100.0);
          assertThat(stage.lastUpdatedDate()).isEqualTo(api.stages().getFirst().updated());
        });
    assertThat(client.getAuthorizers(each -> each.restApiId(api.id())).items())
        .extracting(Authorizer::id, Authorizer::typeAsString)
        .containsExactlyElementsOf(
            api.authorizers().stream().map(each -> tuple(each.id(), each.type())).toList());
  }

  @Test
  void escapesAResourcePolicyOnceMoreAsAwsDoes() {
    GatewayApi api =
        aws.customer().all(GatewayApi.class).all().stream()
            .filter(each -> each.policy() == GatewayApi.Policy.ADDRESSES)
            .findFirst()
            .orElseThrow();
    assertThat(rest(api).getRestApi(each -> each.restApiId(api.id())).policy())
        .startsWith("{\\\"Version\\\":\\\"2012-10-17\\\"")
        .contains("192.0.2.0/24");
  }

  @Test
  void mapsDomainsInBothVersions() {
    DomainFacts domain =
        aws.customer().all(DomainFacts.class).find(region, "mobile.example.com").orElseThrow();
    assertThat(http.getApiMappings(each -> each.domainName(domain.id())).items())
        .extracting(ApiMapping::apiMappingKey, ApiMapping::apiId)
        .containsExactlyElementsOf(
            domain.mappings().stream().map(each -> tuple(each.path(), each.apiId())).toList());
    assertThat(rest.getBasePathMappings(each -> each.domainName("api.example.com")).items())
        .extracting(each -> each.basePath() + " " + each.stage())
        .containsExactlyInAnyOrder("(none) prod", "orders prod");
    assertThat(
            http.getDomainNames().items().stream()
                .filter(each -> each.mutualTlsAuthentication() != null)
                .map(each -> each.domainName()))
        .containsExactlyInAnyOrder("payments.example.com", "ledger.example.com");
  }

  @Test
  void tellsHowADomainRoutesInTheWordsOfEachVersion() {
    assertThat(
            rest.getDomainName(each -> each.domainName("tickets.example.com"))
                .routingModeAsString())
        .isEqualTo("ROUTING_RULE_ONLY");
    assertThat(
            rest.getDomainName(each -> each.domainName("beta.example.com")).routingModeAsString())
        .isEqualTo("ROUTING_RULE_THEN_BASE_PATH_MAPPING");
    assertThat(
            http.getDomainName(each -> each.domainName("beta.example.com")).routingModeAsString())
        .isEqualTo("ROUTING_RULE_THEN_API_MAPPING");
    assertThat(
            http.getDomainNames(each -> each.maxResults("100")).items().stream()
                .filter(each -> each.domainName().equals("api.example.com"))
                .map(each -> each.routingModeAsString()))
        .containsExactly("API_MAPPING_ONLY");
  }

  @Test
  void listsTheRoutingRulesOfADomainPageByPage() {
    DomainFacts domain =
        aws.customer().all(DomainFacts.class).find(region, "tickets.example.com").orElseThrow();
    assertThat(domain.mappings()).isEmpty();
    List<RoutingRule> rules =
        http
            .listRoutingRulesPaginator(each -> each.domainName(domain.id()).maxResults(1))
            .routingRules()
            .stream()
            .toList();
    assertThat(rules)
        .extracting(
            RoutingRule::routingRuleId,
            RoutingRule::priority,
            each -> each.actions().getFirst().invokeApi().apiId(),
            each -> each.actions().getFirst().invokeApi().stage())
        .containsExactlyElementsOf(
            domain.rules().stream()
                .map(each -> tuple(each.id(), each.priority(), each.apiId(), each.stage()))
                .toList());
    assertThat(rules.getFirst().conditions().getFirst().matchBasePaths().anyOf())
        .containsExactly("tickets");
    assertThat(rules.getFirst().conditions().getLast().matchHeaders().anyOf().getFirst().header())
        .isEqualTo("x-canary");
    assertThat(rules.getLast().conditions()).isEmpty();
    assertThat(http.listRoutingRules(each -> each.domainName("api.example.com")).routingRules())
        .isEmpty();
    assertThatThrownBy(() -> http.listRoutingRules(each -> each.domainName("nobody.example.com")))
        .hasMessageContaining("Invalid domain name identifier");
  }

  @Test
  void pagesAddUpToEveryHttpApiAndRouteOnce() {
    List<GatewayApi> truth = httpApis();
    assertThat(allApis(1))
        .extracting(Api::apiId, Api::protocolTypeAsString)
        .containsExactlyElementsOf(
            truth.stream().map(each -> tuple(each.id(), each.kind().name())).toList());
    for (GatewayApi api : truth) {
      assertThat(http.getRoutes(each -> each.apiId(api.id())).items())
          .extracting(Route::routeKey, Route::authorizationTypeAsString)
          .containsExactlyElementsOf(
              api.routes().stream().map(each -> tuple(each.key(), each.authorization())).toList());
    }
  }

  @Test
  void anAuthorizerIsToldByItself() {
    for (GatewayApi api : httpApis()) {
      for (GatewayApi.Authorizer authorizer : api.authorizers()) {
        assertThat(
                http.getAuthorizer(each -> each.apiId(api.id()).authorizerId(authorizer.id()))
                    .authorizerTypeAsString())
            .isEqualTo(authorizer.type());
      }
      assertThatThrownBy(
              () -> http.getAuthorizer(each -> each.apiId(api.id()).authorizerId("nosuch")))
          .isInstanceOf(AwsServiceException.class)
          .hasMessageContaining("Invalid Authorizer identifier");
    }
  }

  @Test
  void everyFlawIsThere() {
    Set<String> stagesWithoutDeployment =
        aws.customer().all(GatewayApi.class).all().stream()
            .filter(
                each -> each.stages().stream().anyMatch(stage -> stage.deploymentId().isEmpty()))
            .map(GatewayApi::name)
            .collect(Collectors.toSet());
    assertThat(stagesWithoutDeployment).contains("beta-feed");
    assertThat(aws.customer().all(GatewayApi.class).all())
        .anySatisfy(api -> assertThat(api.stages()).isEmpty())
        .anySatisfy(api ->
            assertThat(api.authorizers())
                .extracting(GatewayApi.Authorizer::type)
                .contains("WORKLOAD_IDENTITY"))
        .anySatisfy(api ->
            assertThat(api.stages()).extracting(GatewayApi.Stage::accessLogs).containsOnly(false));
    assertThat(aws.customer().all(DomainFacts.class).all())
        .extracting(DomainFacts::securityPolicy)
        .contains("TLS_1_0", "TLS_1_2");
  }

  @Test
  void aChangeShowsInTheNextAnswer() {
    GatewayApi before = restApi("webhooks");
    GatewayApi after =
        before.with(
            new GatewayApi.Route(
                "",
                "DELETE /github",
                "AWS_IAM",
                Optional.empty(),
                false,
                GatewayApi.Backend.LAMBDA));
    aws.customer().all(GatewayApi.class).put(after);
    assertThat(routes(rest(before), before, true)).contains("DELETE /github AWS_IAM -");
    aws.customer().all(GatewayApi.class).remove(after);
    assertThatThrownBy(() -> rest(before).getRestApi(each -> each.restApiId(before.id())))
        .isInstanceOf(NotFoundException.class);
    aws.customer().all(GatewayApi.class).put(before);
  }

  @Test
  void answersInHalToWhoeverDoesNotAskForJson() {
    ApiGatewayClient any = clients.apiGatewayWithoutAccept(clients.customer(), region);
    assertThat(any.getRestApis().items()).isEmpty();
    assertThat(rest.getRestApis().items()).isNotEmpty();
  }

  @Test
  void refusesWhatIsWrong() {
    assertThatThrownBy(() -> rest.getRestApis(each -> each.limit(501)))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> rest.getRestApis(each -> each.position("elsewhere")))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> rest.getRestApi(each -> each.restApiId("nosuchapi1")))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(404);
              assertThat(e.getMessage()).contains("Invalid API identifier specified");
            });
    assertThatThrownBy(() -> http.getRoutes(each -> each.apiId("nosuchapi1")))
        .isInstanceOf(software.amazon.awssdk.services.apigatewayv2.model.NotFoundException.class);
    assertThatThrownBy(() -> rest.getModels(each -> each.restApiId("nosuchapi1")))
        .isInstanceOfSatisfying(
            ApiGatewayException.class, e -> assertThat(e.statusCode()).isEqualTo(501));
  }

  private List<Api> allApis(int most) {
    List<Api> all = new ArrayList<>();
    Optional<String> token = Optional.empty();
    int pages = 0;
    do {
      String from = token.orElse(null);
      var page = http.getApis(each -> each.maxResults(Integer.toString(most)).nextToken(from));
      all.addAll(page.items());
      assertThat(++pages).as("pages go on").isLessThan(100);
      token = Optional.ofNullable(page.nextToken());
    } while (token.isPresent());
    return all;
  }

  private List<GatewayApi> httpApis() {
    return aws.customer().all(GatewayApi.class).in(region).stream()
        .filter(each -> each.kind() != GatewayApi.Kind.REST)
        .toList();
  }

  private GatewayApi restApi(String name) {
    return aws.customer().all(GatewayApi.class).all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ApiGatewayClient rest(GatewayApi api) {
    return clients.apiGateway(clients.customer(), api.region());
  }

  private static List<String> routes(ApiGatewayClient client, GatewayApi api, boolean methods) {
    return client
        .getResourcesPaginator(each -> {
          each.restApiId(api.id()).limit(2);
          if (methods) {
            each.embed("methods");
          }
        })
        .items()
        .stream()
        .filter(Resource::hasResourceMethods)
        .flatMap(resource ->
            resource.resourceMethods().entrySet().stream()
                .map(each -> route(each.getKey(), resource, each.getValue())))
        .toList();
  }

  private static String route(String verb, Resource resource, Method method) {
    return "%s %s %s %s"
        .formatted(
            verb,
            resource.path(),
            method.authorizationType(),
            method.authorizerId() == null ? "-" : method.authorizerId());
  }
}
