package io.cloudoperator.service;

import static io.cloudoperator.service.Facts.HOST;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.distribution;
import static io.cloudoperator.service.Facts.domain;
import static io.cloudoperator.service.Facts.functionUrl;
import static io.cloudoperator.service.Facts.graphql;
import static io.cloudoperator.service.Facts.http;
import static io.cloudoperator.service.Facts.https;
import static io.cloudoperator.service.Facts.loadBalancer;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.plain;
import static io.cloudoperator.service.Facts.rest;
import static io.cloudoperator.service.Facts.route;
import static io.cloudoperator.service.Facts.withoutDefaultEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.HttpApi.Protocol;
import io.cloudoperator.service.cloudfront.Distribution;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OtherExposureTest {
  @Test
  void readsAnHttpApisRouteKeys() {
    Api api =
        account()
            .withHttp(
                http(
                    Protocol.HTTP,
                    route("GET /orders/{id}", "JWT"),
                    route("ANY /admin", "AWS_IAM"),
                    route("$default", "NONE")))
            .api();

    assertThat(api.routes())
        .extracting(Route::method, Route::path, Route::authorization)
        .containsExactly(
            tuple("ANY", "$default", Authorization.NONE),
            tuple("ANY", "/admin", Authorization.IAM),
            tuple("GET", "/orders/{id}", Authorization.JWT));
    assertThat(api.issuers()).containsExactly("https://login.example.com");
  }

  @Test
  void servesTheDefaultStageOfAnHttpApiWithoutAPrefix() {
    assertThat(account().withHttp(http(Protocol.HTTP)).api().entrances())
        .extracting(Endpoint::address, Endpoint::stage)
        .containsExactly(tuple("h1.execute-api.eu-west-1.amazonaws.com", "$default"));
  }

  @Test
  void authorizesAWebSocketWhenItConnects() {
    Api api =
        account()
            .withHttp(
                http(
                    Protocol.WEBSOCKET,
                    route("send", "NONE"),
                    route("$connect", "AWS_IAM"),
                    route("$default", "NONE")))
            .api();

    assertThat(api.id().kind()).isEqualTo(ApiGateway.WEBSOCKET);
    assertThat(api.routes())
        .extracting(Route::key, Route::authorization)
        .containsExactly(
            tuple("$connect", Authorization.IAM),
            tuple("$default", Authorization.IAM),
            tuple("send", Authorization.IAM));
    assertThat(api.flags()).isEmpty();
  }

  @Test
  void opensAllOfAWebSocketThatConnectsAnyone() {
    Api api = account().withHttp(http(Protocol.WEBSOCKET, route("send", "NONE"))).api();

    assertThat(api.routes()).allMatch(Route::openToAnyone);
  }

  @ParameterizedTest
  @CsvSource({"NONE, NONE", "AWS_IAM, IAM", "SOMETHING_NEW, UNKNOWN"})
  void opensAFunctionUrlToTheInternet(String type, Authorization authorization) {
    Api api = account().with(functionUrl(type)).api();

    assertThat(api.name()).isEqualTo("resize:live");
    assertThat(api.routes())
        .extracting(Route::key, Route::authorization, Route::exposure)
        .containsExactly(tuple("ANY $default", authorization, Exposure.PUBLIC));
  }

  @ParameterizedTest
  @CsvSource({
    "API_KEY, API_KEY_ONLY",
    "AMAZON_COGNITO_USER_POOLS;API_KEY, API_KEY_ONLY",
    "AWS_IAM;AMAZON_COGNITO_USER_POOLS, IAM",
    "OPENID_CONNECT, JWT",
    "AWS_LAMBDA, LAMBDA",
    "AWS_IAM;SOMETHING_NEW, UNKNOWN"
  })
  void letsTheWeakestTypeOfAGraphqlApiDecide(String types, Authorization authorization) {
    Api api = account().with(graphql(false, types.split(";"))).api();

    assertThat(api.routes())
        .extracting(Route::key, Route::authorization, Route::apiKeyRequired, Route::exposure)
        .containsExactly(
            tuple(
                "POST /graphql",
                authorization,
                authorization == Authorization.API_KEY_ONLY,
                Exposure.PUBLIC));
  }

  @Test
  void keepsAPrivateGraphqlApiPrivate() {
    Api api = account().with(graphql(true, "API_KEY")).api();

    assertThat(api.exposure()).isEqualTo(Exposure.PRIVATE);
    assertThat(api.flags()).isEmpty();
  }

  /** It is not reached through one, though one fetches from its host. */
  @Test
  void seesNoDistributionBeforeAPrivateGraphqlApi() {
    Distribution before = distribution(Optional.empty(), "g1.appsync-api.eu-west-1.amazonaws.com");

    assertThat(account().with(graphql(true, "AWS_IAM")).with(before).api().entrances()).hasSize(1);
    assertThat(account().with(graphql(false, "AWS_IAM")).with(before).api().entrances()).hasSize(3);
  }

  @Test
  void seesADoorInEachListenerOfALoadBalancer() {
    Api api =
        account().with(loadBalancer(true, https("ELBSecurityPolicy-2016-08"), plain(true))).api();

    assertThat(api.routes()).isEmpty();
    assertThat(api.exposure()).isEqualTo(Exposure.PUBLIC);
    assertThat(api.entrances())
        .extracting(Endpoint::host, Endpoint::tls, Endpoint::plainHttp)
        .containsExactly(
            tuple(
                "web-1.eu-west-1.elb.amazonaws.com:443",
                Optional.of("ELBSecurityPolicy-2016-08"),
                false),
            tuple("web-1.eu-west-1.elb.amazonaws.com:80", Optional.empty(), false));
  }

  @Test
  void keepsAnInternalLoadBalancerPrivate() {
    assertThat(account().with(loadBalancer(false, plain(false))).api().exposure())
        .isEqualTo(Exposure.PRIVATE);
  }

  @Test
  void doesNotSayThatALoadBalancerIsPrivateWhereDistributionsAreUnread() {
    assertThat(
            account()
                .with(loadBalancer(false, plain(false)))
                .withoutDistributions()
                .api()
                .exposure())
        .isEqualTo(Exposure.UNKNOWN);
    assertThat(
            account()
                .with(loadBalancer(true, plain(false)))
                .withoutDistributions()
                .api()
                .exposure())
        .isEqualTo(Exposure.PUBLIC);
  }

  @Test
  void opensAnInternalLoadBalancerThroughADistribution() {
    assertThat(
            account()
                .with(loadBalancer(false, plain(false)))
                .with(distribution(Optional.empty(), "web-1.eu-west-1.elb.amazonaws.com"))
                .api()
                .exposure())
        .isEqualTo(Exposure.PUBLIC);
  }

  @ParameterizedTest
  @CsvSource({
    "a1.execute-api.eu-west-1.amazonaws.com",
    "A1.execute-api.EU-west-1.amazonaws.com",
    "api.example.com",
    "d-x1.execute-api.eu-west-1.amazonaws.com"
  })
  void findsADistributionByWhateverHostItFetchesFrom(String origin) {
    Api api =
        account()
            .with(rest(method("GET", "/", "NONE")))
            .with(domain("a1", "", "prod"))
            .with(distribution(Optional.of("front"), origin))
            .api();

    assertThat(api.entrances())
        .filteredOn(way -> way.kind() == Endpoint.Kind.DISTRIBUTION)
        .extracting(Endpoint::host, Endpoint::webAcl)
        .containsExactly(
            tuple("d1.cloudfront.net", Optional.of("front")),
            tuple("www.example.com", Optional.of("front")));
  }

  @Test
  void leavesOutADistributionWhoseOriginDoesNotAnswer() {
    assertThat(
            account()
                .with(withoutDefaultEndpoint(rest(method("GET", "/", "NONE"))))
                .with(distribution(Optional.empty(), HOST))
                .api()
                .entrances())
        .isEmpty();
  }

  @Test
  void listsADistributionAsAnApiOfItsOwnThatNobodyReachesOnceItIsDisabled() {
    Distribution on = distribution(Optional.empty(), "origin.example.com");
    Distribution off =
        new Distribution(
            "E2",
            "d2.cloudfront.net",
            List.of(),
            false,
            false,
            "TLSv1",
            Optional.empty(),
            List.of(),
            Optional.empty());

    assertThat(account().with(on, off).inventory().apis())
        .extracting(api -> api.id().toString(), Api::name, Api::exposure)
        .containsExactly(
            tuple("global/distribution/E1", "www.example.com", Exposure.PUBLIC),
            tuple("global/distribution/E2", "d2.cloudfront.net", Exposure.UNREACHABLE));
  }
}
