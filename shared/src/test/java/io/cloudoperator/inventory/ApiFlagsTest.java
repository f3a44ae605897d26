package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.HOST;
import static io.cloudoperator.service.Facts.IRELAND;
import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.OHIO;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.bare;
import static io.cloudoperator.service.Facts.called;
import static io.cloudoperator.service.Facts.deployed;
import static io.cloudoperator.service.Facts.distribution;
import static io.cloudoperator.service.Facts.domain;
import static io.cloudoperator.service.Facts.empty;
import static io.cloudoperator.service.Facts.functionUrl;
import static io.cloudoperator.service.Facts.graphql;
import static io.cloudoperator.service.Facts.http;
import static io.cloudoperator.service.Facts.loadBalancer;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.plain;
import static io.cloudoperator.service.Facts.rest;
import static io.cloudoperator.service.Facts.route;
import static io.cloudoperator.service.Facts.withCors;
import static io.cloudoperator.service.Facts.withStages;
import static io.cloudoperator.service.Facts.withoutDefaultEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.RiskFlag.Kind;
import io.cloudoperator.service.Facts;
import io.cloudoperator.service.InventoryBuilder;
import io.cloudoperator.service.apigateway.DomainName;
import io.cloudoperator.service.apigateway.EndpointType;
import io.cloudoperator.service.apigateway.HttpApi.Protocol;
import io.cloudoperator.service.cloudfront.Distribution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ApiFlagsTest {
  /** The kinds before it speak of instances, those after it of the account. */
  private static final Set<Kind> OF_APIS =
      Set.copyOf(
          Kind.OTHERS.subList(
              Kind.OTHERS.indexOf(Kind.ROUTES_WITHOUT_AUTHORIZATION),
              Kind.OTHERS.indexOf(Kind.DEPLOYED_LONG_AGO) + 1));

  @Test
  void raisesEveryKindOnceAndTheMostSevereFirst() {
    List<RiskFlag> flags = ApiFlags.of(everyFlaw().inventory());

    assertThat(flags).extracting(RiskFlag::kind).containsExactlyInAnyOrderElementsOf(OF_APIS);
    assertThat(flags).extracting(RiskFlag::severity).isSorted();
    assertThat(flags.getFirst().severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void raisesNothingWhereNothingIs() {
    assertThat(ApiFlags.of(account().inventory())).isEmpty();
    assertThat(ApiFlags.of(account().with(rest(method("GET", "/", "AWS_IAM"))).inventory()))
        .isEmpty();
  }

  @Test
  void raisesNothingForWhatWasNotRead() {
    Inventory unread = InventoryBuilder.of(List.of(IRELAND), List.of(), Optional.empty(), NOW);

    assertThat(ApiFlags.of(unread)).isEmpty();
  }

  @Test
  void namesTheRegionsWithMostFirstAndSaysOfHowMany() {
    Facts.Account one =
        account().with(rest(method("GET", "/a", "NONE"), method("GET", "/b", "AWS_IAM")));
    Facts.Account two =
        account().with(rest(method("GET", "/a", "NONE"), method("GET", "/b", "NONE")));

    RiskFlag flag =
        flag(
            Kind.ROUTES_WITHOUT_AUTHORIZATION,
            InventoryBuilder.of(
                List.of(), List.of(one.region(IRELAND), two.region(OHIO)), one.global(), NOW));

    assertThat(flag.regions()).containsExactly(OHIO, IRELAND);
    assertThat(flag.count()).isEqualTo(3);
    assertThat(flag.title()).isEqualTo("3 of 4 routes are open to anyone on the internet");
  }

  @Test
  void speaksOfOneInTheSingular() {
    assertThat(
            flag(
                    Kind.FUNCTION_URL_WITHOUT_AUTHORIZATION,
                    account().with(functionUrl("NONE")).inventory())
                .title())
        .isEqualTo("1 of 1 function URL takes requests without a signature");
  }

  @Test
  void namesNoRegionForWhatHasNone() {
    RiskFlag flag =
        flag(Kind.TLS_BELOW_1_2, account().with(oldFront("elsewhere.example.com")).inventory());

    assertThat(flag.regions()).isEmpty();
    assertThat(flag.count()).isEqualTo(1);
  }

  @Test
  void countsADomainThatLeadsToManyApisOnce() {
    DomainName shared =
        new DomainName(
            "api.example.com",
            EndpointType.REGIONAL,
            Optional.of("TLS_1_0"),
            false,
            List.of(),
            List.of(
                new DomainName.Mapping("one", "a1", "prod"),
                new DomainName.Mapping("two", "a2", "prod")));
    Inventory inventory =
        account()
            .with(withoutDefaultEndpoint(rest()), called("a2", withoutDefaultEndpoint(rest())))
            .with(shared)
            .inventory();

    assertThat(inventory.apis())
        .extracting(api -> api.flags().get(Kind.TLS_BELOW_1_2))
        .containsExactly(1L, 1L);
    assertThat(flag(Kind.TLS_BELOW_1_2, inventory))
        .satisfies(flag -> {
          assertThat(flag.count()).isEqualTo(1);
          assertThat(flag.title()).isEqualTo("1 of 1 endpoint accepts TLS below 1.2");
        });
  }

  @Test
  void countsANameWithTheOneThatAnswersForItsTls() {
    Inventory inventory = account().with(rest()).with(oldFront(HOST)).inventory();

    assertThat(flag(Kind.TLS_BELOW_1_2, inventory))
        .as("not the API behind the distribution, of whose own endpoint AWS does not say it")
        .satisfies(flag -> {
          assertThat(flag.title()).isEqualTo("1 of 1 endpoint accepts TLS below 1.2");
          assertThat(flag.regions()).isEmpty();
        });
  }

  @Test
  void fitsWhatSecurityHubTakes() {
    // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Recommendation.html
    assertThat(ApiFlags.of(everyFlaw().inventory()))
        .allSatisfy(flag -> {
          assertThat(flag.title()).hasSizeLessThanOrEqualTo(256);
          assertThat(flag.why()).hasSizeLessThanOrEqualTo(1024).endsWith(".");
          assertThat(flag.remedy()).hasSizeLessThanOrEqualTo(512).endsWith(".");
        });
  }

  private static RiskFlag flag(Kind kind, Inventory inventory) {
    return ApiFlags.of(inventory).stream()
        .filter(flag -> flag.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static Facts.Account everyFlaw() {
    return account()
        .with(
            withStages(
                rest(method("GET", "/", "NONE")),
                bare("prod"),
                empty("draft"),
                deployed("old", NOW.minus(Duration.ofDays(1)))),
            called(
                "a2",
                withStages(
                    rest(method("GET", "/", "AWS_IAM")),
                    deployed("old", NOW.minus(Duration.ofDays(800))))))
        .with(domain("a1", "", "prod"))
        .withHttp(withCors(http(Protocol.HTTP, route("GET /", "JWT")), true, true))
        .with(functionUrl("NONE"))
        .with(graphql(false, "API_KEY"))
        .with(loadBalancer(true, plain(false)))
        .with(distribution(Optional.of("front"), HOST), oldFront("elsewhere.example.com"));
  }

  private static Distribution oldFront(String origin) {
    return new Distribution(
        "E9",
        "d9.cloudfront.net",
        List.of(),
        true,
        false,
        "TLSv1",
        Optional.empty(),
        List.of(origin),
        Optional.empty());
  }
}
