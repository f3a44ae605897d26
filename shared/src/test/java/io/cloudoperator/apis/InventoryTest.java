package io.cloudoperator.apis;

import static io.cloudoperator.apis.Facts.IRELAND;
import static io.cloudoperator.apis.Facts.NOW;
import static io.cloudoperator.apis.Facts.OHIO;
import static io.cloudoperator.apis.Facts.account;
import static io.cloudoperator.apis.Facts.called;
import static io.cloudoperator.apis.Facts.method;
import static io.cloudoperator.apis.Facts.rest;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.scan.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InventoryTest {
  @Test
  void saysOfEachServiceWhetherItWasRead() {
    Inventory inventory = account().withoutRest().withoutDomains().inventory();

    assertThat(inventory.read())
        .containsExactly(
            source(ApiService.HTTP_APIS),
            source(ApiService.VPC_LINKS),
            source(ApiService.FUNCTION_URLS),
            source(ApiService.GRAPHQL_APIS),
            source(ApiService.LOAD_BALANCERS),
            new Inventory.Source("global", ApiService.DISTRIBUTIONS));
    assertThat(inventory.unread())
        .containsExactly(
            new Inventory.Unread(
                source(ApiService.REST_APIS),
                Reading.Reason.DENIED_BY_IAM,
                "AccessDeniedException"),
            new Inventory.Unread(
                source(ApiService.DOMAIN_NAMES),
                Reading.Reason.DENIED_BY_IAM,
                "AccessDeniedException"));
  }

  @Test
  void knowsNothingOfARegionThatSaidNothing() {
    Inventory inventory =
        Inventory.of(
            List.of(IRELAND, OHIO), List.of(account().region(IRELAND)), account().global(), NOW);

    assertThat(inventory.unread())
        .hasSize(7)
        .allSatisfy(unread -> {
          assertThat(unread.source().region()).isEqualTo("us-east-2");
          assertThat(unread.reason()).isEqualTo(Reading.Reason.FAILED);
          assertThat(unread.code()).isEqualTo("NotScanned");
        });
  }

  @Test
  void knowsNothingOfDistributionsIfNobodyWasAsked() {
    Inventory inventory =
        Inventory.of(List.of(IRELAND), List.of(account().region(IRELAND)), Optional.empty(), NOW);

    assertThat(inventory.unread())
        .extracting(Inventory.Unread::source)
        .containsExactly(new Inventory.Source("global", ApiService.DISTRIBUTIONS));
  }

  @Test
  void countsWhatAwsShowsTwiceOnce() {
    assertThat(
            account()
                .with(rest(method("GET", "/", "NONE")), rest(method("GET", "/", "NONE")))
                .inventory()
                .apis())
        .hasSize(1);
  }

  @Test
  void keepsApisInTheOrderOfTheirIdsWhateverTheOrderOfAnswers() {
    Facts.Account apis =
        account().with(called("b", rest()), called("a", rest())).with(Facts.functionUrl("NONE"));

    assertThat(
            Inventory.of(
                    List.of(),
                    List.of(apis.region(OHIO), apis.region(IRELAND)),
                    Optional.empty(),
                    NOW)
                .apis())
        .extracting(api -> api.id().toString())
        .containsExactly(
            "eu-west-1/rest/a",
            "eu-west-1/rest/b",
            "eu-west-1/function_url/resize:live",
            "us-east-2/rest/a",
            "us-east-2/rest/b",
            "us-east-2/function_url/resize:live");
  }

  private static Inventory.Source source(ApiService service) {
    return new Inventory.Source("eu-west-1", service);
  }
}
