package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.HOST;
import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.bare;
import static io.cloudoperator.service.Facts.behind;
import static io.cloudoperator.service.Facts.deployed;
import static io.cloudoperator.service.Facts.distribution;
import static io.cloudoperator.service.Facts.domain;
import static io.cloudoperator.service.Facts.empty;
import static io.cloudoperator.service.Facts.functionUrl;
import static io.cloudoperator.service.Facts.graphql;
import static io.cloudoperator.service.Facts.http;
import static io.cloudoperator.service.Facts.https;
import static io.cloudoperator.service.Facts.keyed;
import static io.cloudoperator.service.Facts.loadBalancer;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.plain;
import static io.cloudoperator.service.Facts.preflight;
import static io.cloudoperator.service.Facts.rest;
import static io.cloudoperator.service.Facts.route;
import static io.cloudoperator.service.Facts.stage;
import static io.cloudoperator.service.Facts.withCors;
import static io.cloudoperator.service.Facts.withStages;
import static io.cloudoperator.service.Facts.withTls;
import static io.cloudoperator.service.Facts.withoutDefaultEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.scan.RiskFlag.Kind;
import io.cloudoperator.service.apigateway.EndpointType;
import io.cloudoperator.service.apigateway.HttpApi.Protocol;
import io.cloudoperator.service.apigateway.ResourcePolicy;
import io.cloudoperator.service.apigateway.RestApi;
import io.cloudoperator.service.apigateway.Stage;
import io.cloudoperator.service.appsync.GraphqlApi;
import io.cloudoperator.service.elb.LoadBalancer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiFlagCounterTest {
  private static final RestApi GUARDED = rest(method("GET", "/orders", "AWS_IAM"));

  @Test
  void findsNothingWrongWithAnApiThatIsInOrder() {
    assertThat(account().with(GUARDED).api().flags()).isEmpty();
  }

  @Test
  void countsRoutesThatAreOpenToAnyone() {
    Api api =
        account()
            .with(
                rest(
                    method("GET", "/orders", "NONE"),
                    keyed("POST", "/orders"),
                    method("PUT", "/orders", "AWS_IAM"),
                    preflight("/orders")))
            .api();

    assertThat(api.routes()).hasSize(4);
    assertThat(api.flags()).isEqualTo(Map.of(Kind.ROUTES_WITHOUT_AUTHORIZATION, 2L));
  }

  /** What answers it may be anything; only a mock answers with headers alone. */
  @Test
  void takesAnOptionsThatABackendAnswersForARouteLikeAnyOther() {
    Api api = account().with(rest(method("OPTIONS", "/orders", "NONE"))).api();

    assertThat(api.flags()).isEqualTo(Map.of(Kind.ROUTES_WITHOUT_AUTHORIZATION, 1L));
  }

  @Test
  void raisesNothingForAnOpenRouteThatTheInternetDoesNotReach() {
    RestApi.Method open = method("GET", "/orders", "NONE");

    assertThat(account().with(rest(ResourcePolicy.NONE, EndpointType.PRIVATE, open)).api().flags())
        .isEmpty();
    assertThat(
            account()
                .with(rest(ResourcePolicy.RESTRICTED, EndpointType.REGIONAL, open))
                .api()
                .flags())
        .isEmpty();
    assertThat(account().with(withoutDefaultEndpoint(rest(open))).api().flags()).isEmpty();
    assertThat(account().with(withoutDefaultEndpoint(rest(open))).withoutDomains().api().flags())
        .isEmpty();
  }

  @Test
  void seesADefaultEndpointThatGoesAroundMutualTls() {
    assertThat(
            account().with(GUARDED).with(domain(true, "TLS_1_2", "a1", "", "prod")).api().flags())
        .containsOnlyKeys(Kind.ENDPOINT_BYPASSES_DOMAIN, Kind.DEFAULT_ENDPOINT_ON);
  }

  @Test
  void seesADefaultEndpointThatGoesAroundADistributionsWaf() {
    assertThat(account().with(GUARDED).with(distribution(Optional.of("f"), HOST)).api().flags())
        .containsOnlyKeys(Kind.ENDPOINT_BYPASSES_DOMAIN);
  }

  @Test
  void seesNoWayAroundAWafThatTheStageHasToo() {
    assertThat(
            account()
                .with(withStages(GUARDED, behind("prod", "own")))
                .with(distribution(Optional.of("front"), HOST))
                .api()
                .flags())
        .isEmpty();
  }

  @Test
  void seesNoWayAroundADistributionThatHasNoWaf() {
    assertThat(account().with(GUARDED).with(distribution(Optional.empty(), HOST)).api().flags())
        .isEmpty();
  }

  @Test
  void seesNoWayAroundWhereThePolicyLetsInOnlyThoseThatItNames() {
    assertThat(
            account()
                .with(
                    rest(
                        ResourcePolicy.RESTRICTED,
                        EndpointType.REGIONAL,
                        method("GET", "/", "NONE")))
                .with(distribution(Optional.of("front"), HOST))
                .api()
                .flags())
        .isEmpty();
  }

  @Test
  void seesNoWayAroundADomainThatLeadsToAnotherStage() {
    assertThat(
            account()
                .with(withStages(GUARDED, behind("prod", "own"), stage("test")))
                .with(domain("a1", "", "prod"))
                .api()
                .flags())
        .containsOnlyKeys(Kind.DEFAULT_ENDPOINT_ON);
  }

  @Test
  void mindsADefaultEndpointOnlyBesideADomain() {
    assertThat(account().with(GUARDED).with(domain("a1", "", "prod")).api().flags())
        .containsOnlyKeys(Kind.DEFAULT_ENDPOINT_ON);
    assertThat(
            account()
                .with(withoutDefaultEndpoint(GUARDED))
                .with(domain("a1", "", "prod"))
                .api()
                .flags())
        .isEmpty();
    assertThat(account().with(GUARDED).withoutDomains().api().flags()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"REGIONAL, true", "PRIVATE, false"})
  void mindsADefaultEndpointThatAPolicyGuardsButNoneInsideAVpc(EndpointType type, boolean minds) {
    assertThat(
            account()
                .with(rest(ResourcePolicy.RESTRICTED, type, method("GET", "/", "NONE")))
                .with(domain(type, "a1", "", "prod"))
                .api()
                .flags()
                .containsKey(Kind.DEFAULT_ENDPOINT_ON))
        .isEqualTo(minds);
  }

  @Test
  void seesTheWayAroundADistributionBeforeAFunctionUrlWithoutAuthorization() {
    String host = "f1.lambda-url.eu-west-1.on.aws";

    assertThat(
            account()
                .with(functionUrl("NONE"))
                .with(distribution(Optional.of("front"), host))
                .api()
                .flags())
        .containsOnlyKeys(Kind.FUNCTION_URL_WITHOUT_AUTHORIZATION, Kind.ENDPOINT_BYPASSES_DOMAIN);
    assertThat(
            account()
                .with(functionUrl("AWS_IAM"))
                .with(distribution(Optional.of("front"), host))
                .api()
                .flags())
        .isEmpty();
  }

  @Test
  void looksAtTheLogsAndTheLimitOfDeployedStagesAlone() {
    assertThat(
            account()
                .with(withStages(GUARDED, bare("prod"), bare("test"), empty("draft")))
                .api()
                .flags())
        .isEqualTo(
            Map.of(
                Kind.NO_ACCESS_LOGS, 2L,
                Kind.NO_THROTTLING, 2L,
                Kind.STAGE_WITHOUT_DEPLOYMENT, 1L));
  }

  @ParameterizedTest
  @CsvSource({"365, false", "366, true"})
  void mindsAnApiThatNobodyDeployedForAYear(int days, boolean old) {
    Stage longAgo = deployed("old", NOW.minus(Duration.ofDays(days)));

    assertThat(
            account()
                .with(withStages(GUARDED, longAgo))
                .api()
                .flags()
                .containsKey(Kind.DEPLOYED_LONG_AGO))
        .isEqualTo(old);
  }

  @Test
  void takesAnApiForUsedIfOneOfItsStagesWasDeployedLately() {
    Stage longAgo = deployed("old", NOW.minus(Duration.ofDays(900)));

    assertThat(account().with(withStages(GUARDED, longAgo, stage("new"))).api().flags()).isEmpty();
  }

  @Test
  void doesNotGuessWhenAStageWasDeployed() {
    Stage longAgo = deployed("old", NOW.minus(Duration.ofDays(900)));
    Stage unsaid =
        new Stage(
            "unsaid",
            Optional.of("d1"),
            Optional.empty(),
            true,
            Optional.of(1.0),
            Optional.empty());

    assertThat(account().with(withStages(GUARDED, longAgo, unsaid)).api().flags()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, true, true", "true, false, false", "false, true, false"})
  void mindsCredentialsFromAnyOrigin(boolean anyOrigin, boolean credentials, boolean flawed) {
    assertThat(
            account()
                .withHttp(
                    withCors(http(Protocol.HTTP, route("GET /", "JWT")), anyOrigin, credentials))
                .api()
                .flags()
                .containsKey(Kind.WILDCARD_CORS_WITH_CREDENTIALS))
        .isEqualTo(flawed);
  }

  @Test
  void mindsKeysAndMissingLogsOfAGraphqlApi() {
    GraphqlApi silent =
        new GraphqlApi("g1", "feed", List.of("API_KEY"), false, false, Optional.empty(), "g1");

    assertThat(account().with(silent).api().flags())
        .isEqualTo(Map.of(Kind.GRAPHQL_API_KEY, 1L, Kind.NO_ACCESS_LOGS, 1L));
    assertThat(account().with(graphql(false, "AWS_IAM")).api().flags()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ELBSecurityPolicy-2016-08",
        "ELBSecurityPolicy-TLS-1-1-2017-01",
        "ELBSecurityPolicy-FS-1-1-2019-08",
        "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"
      })
  void mindsAPolicyThatAllowsOldTls(String policy) {
    assertThat(account().with(loadBalancer(true, https(policy))).api().flags())
        .containsOnlyKeys(Kind.TLS_BELOW_1_2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
        "ELBSecurityPolicy-FS-1-2-Res-2020-10",
        "ELBSecurityPolicy-OfTomorrow"
      })
  void mindsNoPolicyThatIsStrictOrUnknown(String policy) {
    assertThat(account().with(loadBalancer(true, https(policy))).api().flags()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SSLv3, true",
    "TLSv1, true",
    "TLSv1_2016, true",
    "TLSv1.1_2016, true",
    "TLSv1.2_2018, false",
    "TLSv1.2_2021, false",
    "TLSv1.3_2025, false"
  })
  void knowsTheNamesOfCloudFront(String policy, boolean weak) {
    assertThat(TlsPolicies.allowsBelow12(policy)).isEqualTo(weak);
  }

  @Test
  void judgesTheTlsOfADefaultEndpointOnlyIfItWasRead() {
    assertThat(account().with(withTls(GUARDED, "TLS_1_0")).api().flags())
        .isEqualTo(Map.of(Kind.TLS_BELOW_1_2, 1L));
    assertThat(
            account().with(withTls(GUARDED, "SecurityPolicy_TLS13_1_2_PQ_2025_09")).api().flags())
        .isEmpty();
    assertThat(account().with(GUARDED).api().flags()).isEmpty();
  }

  @Test
  void mindsPlainHttpOfAnInternetFacingApplicationLoadBalancerWithoutRedirect() {
    assertThat(account().with(loadBalancer(true, plain(false))).api().flags())
        .isEqualTo(Map.of(Kind.HTTP_LISTENER_WITHOUT_REDIRECT, 1L));
    assertThat(account().with(loadBalancer(true, plain(true))).api().flags()).isEmpty();
    assertThat(account().with(loadBalancer(false, plain(false))).api().flags()).isEmpty();
    LoadBalancer network =
        new LoadBalancer(
            "net/x/1", "x", "network", true, "x", Optional.empty(), List.of(plain(false)));
    assertThat(account().with(network).api().flags()).isEmpty();
  }
}
