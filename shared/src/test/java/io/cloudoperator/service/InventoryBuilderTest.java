package io.cloudoperator.service;

import static io.cloudoperator.service.Facts.IRELAND;
import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.OHIO;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.called;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.rest;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Reading;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.appsync.AppSync;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.elb.ElasticLoadBalancing;
import io.cloudoperator.service.lambda.Lambda;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InventoryBuilderTest {
  @Test
  void saysOfEachServiceWhetherItWasRead() {
    Inventory inventory = account().withoutRest().withoutDomains().inventory();

    assertThat(inventory.read())
        .containsExactly(
            source(AppSync.EVENT_APIS),
            source(Lambda.FUNCTION_URLS),
            source(AppSync.GRAPHQL_APIS),
            source(ApiGateway.HTTP_APIS),
            source(ElasticLoadBalancing.LOAD_BALANCERS),
            source(ApiGateway.VPC_LINKS),
            new Inventory.Source("global", CloudFront.DISTRIBUTIONS));
    assertThat(inventory.unread())
        .containsExactly(
            new Inventory.Unread(
                source(ApiGateway.DOMAIN_NAMES),
                Reading.Reason.DENIED_BY_IAM,
                "AccessDeniedException"),
            new Inventory.Unread(
                source(ApiGateway.REST_APIS),
                Reading.Reason.DENIED_BY_IAM,
                "AccessDeniedException"));
  }

  @Test
  void namesWhatCouldNotBeReadOfAServiceThatWas() {
    Inventory inventory = account().with(rest(method("GET", "/", "NONE"))).except("a2").inventory();

    assertThat(inventory.read()).contains(source(ApiGateway.REST_APIS));
    assertThat(inventory.apis()).hasSize(1);
    assertThat(inventory.unread())
        .containsExactly(
            new Inventory.Unread(
                source(ApiGateway.REST_APIS),
                Reading.Reason.DENIED_BY_SCP,
                "AccessDeniedException",
                Optional.of(List.of("a2"))));
  }

  @Test
  void saysHowFarASourceIsReadThatWasNotReadWhole() {
    SourceProgress far = new SourceProgress(2, 1, List.of("a2"), Optional.empty(), List.of());
    SourceReadings readings =
        account().with(rest()).region(IRELAND).readings().with(ApiGateway.REST_APIS, far);

    assertThat(
            InventoryBuilder.of(
                    List.of(IRELAND),
                    List.of(new RegionApis(IRELAND, readings, List.of())),
                    account().global(),
                    NOW)
                .progress())
        .containsExactly(new Inventory.Progress(source(ApiGateway.REST_APIS), far));
  }

  @Test
  void knowsNothingOfARegionThatSaidNothing() {
    Inventory inventory =
        InventoryBuilder.of(
            List.of(IRELAND, OHIO), List.of(account().region(IRELAND)), account().global(), NOW);

    assertThat(inventory.unread())
        .hasSize(8)
        .allSatisfy(unread -> {
          assertThat(unread.source().region()).isEqualTo("us-east-2");
          assertThat(unread.reason()).isEqualTo(Reading.Reason.FAILED);
          assertThat(unread.code()).isEqualTo("NotScanned");
        });
  }

  @Test
  void knowsNothingOfDistributionsIfNobodyWasAsked() {
    Inventory inventory =
        InventoryBuilder.of(
            List.of(IRELAND), List.of(account().region(IRELAND)), Optional.empty(), NOW);

    assertThat(inventory.unread())
        .extracting(Inventory.Unread::source)
        .containsExactly(new Inventory.Source("global", CloudFront.DISTRIBUTIONS));
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
            InventoryBuilder.of(
                    List.of(),
                    List.of(apis.region(OHIO), apis.region(IRELAND)),
                    Optional.empty(),
                    NOW)
                .apis())
        .extracting(api -> api.id().toString())
        .containsExactly(
            "eu-west-1/function_url/resize:live",
            "eu-west-1/rest/a",
            "eu-west-1/rest/b",
            "us-east-2/function_url/resize:live",
            "us-east-2/rest/a",
            "us-east-2/rest/b");
  }

  private static Inventory.Source source(ApiSource<?> service) {
    return new Inventory.Source("eu-west-1", service);
  }
}
