package io.cloudoperator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of docs/decisions/017-exposure.md, without an account around them. */
final class ExposuresTest {
  @ParameterizedTest
  @CsvSource({
    "RESTRICTED, IAM, PUBLIC",
    "RESTRICTED, LAMBDA, PUBLIC",
    "RESTRICTED, NONE, RESTRICTED",
    "RESTRICTED, JWT, RESTRICTED",
    "RESTRICTED, COGNITO, RESTRICTED",
    "PRIVATE, IAM, PRIVATE",
    "UNKNOWN, LAMBDA, UNKNOWN",
    "PUBLIC, NONE, PUBLIC"
  })
  void takesAPolicyForNoFenceWhereWhatAMethodAsksForIsEnough(
      Exposure ways, Authorization authorization, Exposure exposure) {
    assertThat(Exposures.ofMethod(ways, authorization)).isEqualTo(exposure);
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE, RESTRICTED, UNREACHABLE, RESTRICTED",
    "RESTRICTED, PRIVATE, UNREACHABLE, RESTRICTED",
    "PRIVATE, PRIVATE, RESTRICTED, RESTRICTED",
    "RESTRICTED, PRIVATE, UNKNOWN, UNKNOWN",
    "PUBLIC, PRIVATE, UNKNOWN, PUBLIC",
    "PRIVATE, PUBLIC, UNKNOWN, PUBLIC"
  })
  void isOfAnApiTheWidestOfItsWaysAndRoutes(
      Exposure way, Exposure route, Exposure otherwise, Exposure exposure) {
    assertThat(Exposures.of(List.of(way(way, false)), List.of(route(route)), otherwise))
        .isEqualTo(exposure);
  }

  @Test
  void isUnreachableWithoutAWay() {
    assertThat(Exposures.widest(List.of())).isEqualTo(Exposure.UNREACHABLE);
    assertThat(Exposures.widest(List.of(way(Exposure.PRIVATE, false), way(Exposure.PUBLIC, false))))
        .isEqualTo(Exposure.PUBLIC);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, false, NONE",
    "NONE, true, API_KEY_ONLY",
    "AWS_IAM, true, IAM",
    "CUSTOM, false, LAMBDA",
    "COGNITO_USER_POOLS, false, COGNITO",
    "JWT, false, JWT",
    "OF_TOMORROW, false, UNKNOWN"
  })
  void asksForWhatAwsCallsIt(String type, boolean apiKey, Authorization authorization) {
    assertThat(Authorizations.of(type, apiKey, List.of())).isEqualTo(authorization);
    assertThat(Authorizations.of(type, apiKey, List.of(way(Exposure.PUBLIC, false))))
        .isEqualTo(authorization);
  }

  @Test
  void asksForACertificateOnlyWhereEachWayDoes() {
    Endpoint asks = way(Exposure.PUBLIC, true);

    assertThat(Authorizations.of("NONE", true, List.of(asks))).isEqualTo(Authorization.MUTUAL_TLS);
    assertThat(Authorizations.of("NONE", false, List.of(asks, way(Exposure.PUBLIC, false))))
        .isEqualTo(Authorization.NONE);
    assertThat(Authorizations.of("AWS_IAM", false, List.of(asks))).isEqualTo(Authorization.IAM);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"MUTUAL_TLS", "NOT_APPLICABLE"},
      mode = EnumSource.Mode.EXCLUDE)
  void isJudgedAgainAsItWas(Authorization authorization) {
    boolean apiKey = authorization == Authorization.API_KEY_ONLY;

    assertThat(Authorizations.of(Authorizations.type(authorization), apiKey, List.of()))
        .isEqualTo(authorization);
  }

  private static Endpoint way(Exposure exposure, boolean mutualTls) {
    return new Endpoint(
        Endpoint.Kind.CUSTOM_DOMAIN,
        "api.example.com",
        "",
        "prod",
        exposure,
        Optional.empty(),
        Optional.empty(),
        mutualTls,
        false);
  }

  private static Route route(Exposure exposure) {
    return new Route(
        "GET", "/", Authorization.NONE, Optional.empty(), false, exposure, Integration.LAMBDA);
  }
}
