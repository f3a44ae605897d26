package io.cloudoperator.service;

import static io.cloudoperator.service.Facts.HOST;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.behind;
import static io.cloudoperator.service.Facts.distribution;
import static io.cloudoperator.service.Facts.domain;
import static io.cloudoperator.service.Facts.empty;
import static io.cloudoperator.service.Facts.keyed;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.rest;
import static io.cloudoperator.service.Facts.stage;
import static io.cloudoperator.service.Facts.withStages;
import static io.cloudoperator.service.Facts.withoutDefaultEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.service.apigateway.EndpointType;
import io.cloudoperator.service.apigateway.ResourcePolicy;
import io.cloudoperator.service.apigateway.RestApi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RestExposureTest {
  private static final RestApi OPEN = rest(method("GET", "/orders", "NONE"));

  @ParameterizedTest
  @CsvSource({
    "NONE, NONE",
    "AWS_IAM, IAM",
    "CUSTOM, LAMBDA",
    "COGNITO_USER_POOLS, COGNITO",
    "SOMETHING_NEW, UNKNOWN"
  })
  void authorizesEachMethodByItself(String type, Authorization authorization) {
    Api api =
        account()
            .with(rest(method("GET", "/a", type), method("GET", "/b", "COGNITO_USER_POOLS")))
            .api();

    assertThat(api.routes())
        .extracting(Route::key, Route::authorization)
        .containsExactly(tuple("GET /a", authorization), tuple("GET /b", Authorization.COGNITO));
  }

  @Test
  void doesNotKnowWhoReachesAnApiToWhichADomainMayLeadThatCouldNotBeRead() {
    Api api = account().with(withoutDefaultEndpoint(OPEN)).exceptDomain("api.example.com").api();

    assertThat(api.exposure()).isEqualTo(Exposure.UNKNOWN);
    assertThat(api.routes()).extracting(Route::exposure).containsExactly(Exposure.UNKNOWN);
  }

  @Test
  void knowsThatAnApiIsOpenWhateverElseMayLeadToIt() {
    assertThat(account().with(OPEN).exceptDomain("api.example.com").api().exposure())
        .isEqualTo(Exposure.PUBLIC);
    assertThat(
            account()
                .with(withoutDefaultEndpoint(OPEN))
                .with(domain("a1", "", "prod"))
                .exceptDomain("other.example.com")
                .api()
                .exposure())
        .isEqualTo(Exposure.PUBLIC);
  }

  @Test
  void knowsThatNobodyReachesAnApiOfWhichNothingIsDeployed() {
    assertThat(
            account()
                .with(withStages(withoutDefaultEndpoint(OPEN), empty("prod")))
                .exceptDomain("api.example.com")
                .api()
                .exposure())
        .isEqualTo(Exposure.UNREACHABLE);
  }

  @Test
  void takesAnApiKeyForNoAuthorization() {
    Route route = route(account().with(rest(keyed("GET", "/orders"))));

    assertThat(route.authorization()).isEqualTo(Authorization.API_KEY_ONLY);
    assertThat(route.openToAnyone()).isTrue();
  }

  @Test
  void saysWhatAKeyIsAskedForBesides() {
    RestApi.Method both =
        new RestApi.Method("GET", "/orders", "AWS_IAM", Optional.empty(), true, Integration.LAMBDA);

    Route route = route(account().with(rest(both)));

    assertThat(route.authorization()).isEqualTo(Authorization.IAM);
    assertThat(route.apiKeyRequired()).isTrue();
  }

  @Test
  void namesTheAuthorizer() {
    RestApi.Method guarded =
        new RestApi.Method(
            "GET", "/orders", "COGNITO_USER_POOLS", Optional.of("z1"), false, Integration.LAMBDA);

    assertThat(route(account().with(rest(guarded))).authorizer()).contains("customers");
  }

  @Test
  void answersTheInternetAtADefaultEndpointForEachDeployedStage() {
    Api api = account().with(withStages(OPEN, stage("prod"), stage("test"), empty("draft"))).api();

    assertThat(api.exposure()).isEqualTo(Exposure.PUBLIC);
    assertThat(api.entrances())
        .extracting(Endpoint::address)
        .containsExactly(HOST + "/prod", HOST + "/test");
  }

  @ParameterizedTest
  @CsvSource({
    "cn-north-1, amazonaws.com.cn",
    "us-gov-west-1, amazonaws.com",
    "eusc-de-east-1, amazonaws.eu"
  })
  void hasTheHostOfItsPartition(String region, String suffix) {
    Inventory inventory =
        InventoryBuilder.of(
            List.of(),
            List.of(account().with(OPEN).region(new RegionName(region))),
            Optional.empty(),
            Facts.NOW);

    assertThat(inventory.apis().getFirst().entrances().getFirst().host())
        .isEqualTo("a1.execute-api." + region + "." + suffix);
  }

  @Test
  void isReachedByNobodyWithoutADeployedStage() {
    Api api = account().with(withStages(OPEN, empty("draft"))).api();

    assertThat(api.exposure()).isEqualTo(Exposure.UNREACHABLE);
    assertThat(api.routes().getFirst().exposure()).isEqualTo(Exposure.UNREACHABLE);
    assertThat(api.entrances()).isEmpty();
  }

  @Test
  void isReachedByNobodyWithTheDefaultEndpointOffAndNoDomain() {
    assertThat(account().with(withoutDefaultEndpoint(OPEN)).api().exposure())
        .isEqualTo(Exposure.UNREACHABLE);
  }

  @Test
  void isNotKnownWithTheDefaultEndpointOffAndDomainsUnread() {
    assertThat(account().with(withoutDefaultEndpoint(OPEN)).withoutDomains().api().exposure())
        .isEqualTo(Exposure.UNKNOWN);
  }

  @Test
  void isPrivateWithAPrivateEndpointWhateverItsPolicy() {
    for (ResourcePolicy policy : ResourcePolicy.values()) {
      Api api =
          account()
              .with(rest(policy, EndpointType.PRIVATE, method("GET", "/orders", "NONE")))
              .api();

      assertThat(api.exposure()).isEqualTo(Exposure.PRIVATE);
      assertThat(api.routes().getFirst().exposure()).isEqualTo(Exposure.PRIVATE);
    }
  }

  @ParameterizedTest
  @EnumSource(ResourcePolicy.class)
  void doesNotKnowWhoReachesAnEndpointOfAKindThatIsNotKnown(ResourcePolicy policy) {
    RestApi fact = rest(policy, EndpointType.UNKNOWN, method("GET", "/orders", "NONE"));

    assertThat(
            List.of(
                account().with(fact).api(),
                account().with(fact).with(domain("a1", "", "prod")).api(),
                account().with(withoutDefaultEndpoint(fact)).api()))
        .allSatisfy(api -> {
          assertThat(api.exposure()).isEqualTo(Exposure.UNKNOWN);
          assertThat(api.routes()).extracting(Route::exposure).containsExactly(Exposure.UNKNOWN);
          assertThat(api.flags()).isEmpty();
        });
    assertThat(account().with(withStages(fact, empty("draft"))).api().exposure())
        .isEqualTo(Exposure.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({"REGIONAL, UNKNOWN", "PRIVATE, PRIVATE"})
  void doesNotKnowWhoComesThroughADomainOfAKindThatIsNotKnown(
      EndpointType endpoint, Exposure exposure) {
    RestApi fact = rest(ResourcePolicy.NONE, endpoint, method("GET", "/orders", "NONE"));
    Facts.Account account =
        account()
            .with(withoutDefaultEndpoint(fact))
            .with(domain(EndpointType.UNKNOWN, "a1", "", "prod"))
            .with(distribution(Optional.empty(), "api.example.com"));

    assertThat(account.api().exposure()).isEqualTo(exposure);
    assertThat(account.api().entrances())
        .isNotEmpty()
        .extracting(Endpoint::exposure)
        .containsOnly(exposure);
  }

  @Test
  void isAsOpenAsItsWidestWayWhateverIsNotKnownOfANarrowerOne() {
    RestApi fact =
        rest(ResourcePolicy.RESTRICTED, EndpointType.REGIONAL, method("GET", "/orders", "NONE"));
    Facts.Account account = account().with(domain(EndpointType.UNKNOWN, "a1", "", "prod"));

    assertThat(account.with(fact).api().exposure()).isEqualTo(Exposure.RESTRICTED);
    assertThat(account.with(withoutDefaultEndpoint(fact)).api().exposure())
        .isEqualTo(Exposure.UNKNOWN);
  }

  @Test
  void takesNoPrivateDomainForTheOnlyWayWhereAnotherIsOfAKindThatIsNotKnown() {
    Facts.Account account =
        account()
            .with(withoutDefaultEndpoint(OPEN))
            .with(domain(EndpointType.PRIVATE, "a1", "", "prod"));

    assertThat(account.api().exposure()).isEqualTo(Exposure.PRIVATE);
    assertThat(account.with(domain(EndpointType.UNKNOWN, "a1", "v1", "prod")).api().exposure())
        .isEqualTo(Exposure.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RESTRICTED")
  void takesNoPolicyForAFenceThatIsNotKnownToBeOne(ResourcePolicy policy) {
    assertThat(restricted(policy, "NONE").exposure()).isEqualTo(Exposure.PUBLIC);
  }

  @ParameterizedTest
  @CsvSource({"NONE", "COGNITO_USER_POOLS"})
  void isRestrictedWhereThePolicyMustAllow(String type) {
    assertThat(restricted(ResourcePolicy.RESTRICTED, type).exposure())
        .isEqualTo(Exposure.RESTRICTED);
  }

  @ParameterizedTest
  @CsvSource({"AWS_IAM", "CUSTOM"})
  void isPublicWhereAnAuthorizersConsentIsEnoughBesideThePolicy(String type) {
    assertThat(restricted(ResourcePolicy.RESTRICTED, type).exposure()).isEqualTo(Exposure.PUBLIC);
  }

  @Test
  void isReachedThroughADomainAtItsBasePath() {
    Api api = account().with(OPEN).with(domain("a1", "v1", "prod")).api();

    assertThat(api.entrances())
        .extracting(Endpoint::kind, Endpoint::address, Endpoint::stage)
        .contains(tuple(Endpoint.Kind.CUSTOM_DOMAIN, "api.example.com/v1", "prod"));
  }

  @Test
  void isNotReachedThroughADomainThatLeadsToAStageThatIsNotThere() {
    assertThat(account().with(withoutDefaultEndpoint(OPEN)).with(domain("a1", "", "gone")).api())
        .extracting(Api::exposure)
        .isEqualTo(Exposure.UNREACHABLE);
  }

  @Test
  void isReachedThroughADomainWhoseCallersNameTheStage() {
    assertThat(account().with(withoutDefaultEndpoint(OPEN)).with(domain("a1", "", "")).api())
        .satisfies(api -> {
          assertThat(api.exposure()).isEqualTo(Exposure.PUBLIC);
          assertThat(api.entrances()).extracting(Endpoint::address).contains("api.example.com");
        });
  }

  @Test
  void hasAStagesWafOnEachWayToTheStage() {
    Api api =
        account()
            .with(withStages(OPEN, behind("prod", "edge"), stage("test")))
            .with(domain("a1", "", "prod"))
            .api();

    assertThat(api.entrances())
        .extracting(Endpoint::address, Endpoint::webAcl)
        .containsExactly(
            tuple(HOST + "/prod", Optional.of("edge")),
            tuple(HOST + "/test", Optional.empty()),
            tuple("api.example.com", Optional.of("edge")));
  }

  @ParameterizedTest
  @CsvSource({"edge, edge", "'', "})
  void hasAWafWhereCallersNameTheStageOnlyIfEachOfThemHasOne(String ofTheOther, String waf) {
    Api api =
        account()
            .with(
                withStages(
                    withoutDefaultEndpoint(OPEN),
                    behind("prod", "edge"),
                    ofTheOther.isEmpty() ? stage("test") : behind("test", ofTheOther)))
            .with(domain("a1", "", ""))
            .api();

    assertThat(api.entrances())
        .extracting(Endpoint::webAcl)
        .containsExactly(Optional.ofNullable(waf));
  }

  @Test
  void asksForACertificateIfEveryOpenWayDoes() {
    assertThat(
            route(
                    account()
                        .with(withoutDefaultEndpoint(OPEN))
                        .with(domain(true, "TLS_1_2", "a1", "", "prod")))
                .authorization())
        .isEqualTo(Authorization.MUTUAL_TLS);
  }

  @Test
  void asksForNothingIfOneWayIsOpenWithoutACertificate() {
    assertThat(
            route(account().with(OPEN).with(domain(true, "TLS_1_2", "a1", "", "prod")))
                .authorization())
        .isEqualTo(Authorization.NONE);
  }

  @Test
  void keepsItsAuthorizerBehindMutualTls() {
    assertThat(
            route(
                    account()
                        .with(withoutDefaultEndpoint(rest(method("GET", "/", "AWS_IAM"))))
                        .with(domain(true, "TLS_1_2", "a1", "", "prod")))
                .authorization())
        .isEqualTo(Authorization.IAM);
  }

  private static Route restricted(ResourcePolicy policy, String type) {
    return route(
        account().with(rest(policy, EndpointType.REGIONAL, method("GET", "/orders", type))));
  }

  private static Route route(Facts.Account account) {
    return account.api().routes().getFirst();
  }
}
