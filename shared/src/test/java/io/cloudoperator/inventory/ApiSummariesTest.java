package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.called;
import static io.cloudoperator.service.Facts.deployed;
import static io.cloudoperator.service.Facts.functionUrl;
import static io.cloudoperator.service.Facts.keyed;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.preflight;
import static io.cloudoperator.service.Facts.rest;
import static io.cloudoperator.service.Facts.withStages;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Reading;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.service.Facts;
import io.cloudoperator.service.lambda.Lambda;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApiSummariesTest {
  private static final ScanId BEFORE = new ScanId("019360f4-5c00-7000-8000-000000000001");

  @Test
  void countsApisByKindAndRoutesByWhatTheyAskFor() {
    ApiSummary summary =
        baseline(
            account()
                .with(
                    rest(
                        method("GET", "/a", "NONE"),
                        method("PUT", "/a", "AWS_IAM"),
                        keyed("POST", "/a"),
                        preflight("/a")))
                .with(functionUrl("NONE")));

    assertThat(summary.apis()).isEqualTo(Map.of("rest", 1L, "function_url", 1L));
    assertThat(summary.routes()).isEqualTo(Map.of("none", 3L, "iam", 1L, "api_key_only", 1L));
    assertThat(summary.publicRoutesWithoutAuthorization()).isEqualTo(3);
    assertThat(summary.sourcesRead()).isEqualTo(9);
  }

  @Test
  void saysWhatWasNotRead() {
    ApiSummary summary = baseline(account().withoutRest());

    assertThat(summary.sourcesRead()).isEqualTo(8);
    assertThat(summary.unread())
        .containsExactly(
            new ApiSummary.UnreadSource(
                "eu-west-1", "rest_apis", Reading.Reason.DENIED_BY_IAM, "AccessDeniedException"));
  }

  @Test
  void saysWhatNoScanHasComeToYet() {
    Inventory inventory = account().inventory();
    Inventory half = PartlyRead.of(inventory, Lambda.FUNCTION_URLS, 5, List.of("a", "b"), "c", "d");
    Inventory whole = PartlyRead.of(inventory, Lambda.FUNCTION_URLS, 2, List.of(), "c", "d");

    assertThat(ApiSummaries.of(half, Optional.empty(), Optional.empty()).unread())
        .containsExactly(
            new ApiSummary.UnreadSource(
                "eu-west-1",
                "function_urls",
                Reading.Reason.FAILED,
                "NotReadYet",
                Optional.of(List.of("a", "b")),
                Optional.of(new ApiSummary.Left(3, 5))));
    assertThat(ApiSummaries.of(whole, Optional.empty(), Optional.empty()).unread()).isEmpty();
  }

  @Test
  void takesTheFirstForTheBaseline() {
    assertThat(baseline(account().with(rest(method("GET", "/", "NONE")))).changes()).isEmpty();
  }

  @Test
  void countsChangesOfApisAndRoutesApart() {
    Inventory before =
        account()
            .with(
                called("gone", rest()),
                called("kept", rest(method("GET", "/a", "NONE"), method("GET", "/b", "NONE"))))
            .inventory();
    Inventory now =
        account()
            .with(
                called("new", rest(method("GET", "/x", "NONE"))),
                called("new2", rest()),
                called("kept", rest(method("GET", "/a", "AWS_IAM"), method("GET", "/c", "NONE"))))
            .inventory();

    assertThat(ApiSummaries.of(now, Optional.of(BEFORE), Optional.of(before)).changes())
        .contains(new ApiSummary.Changes(BEFORE, 2, 0, 1, 1, 1, 1));
  }

  @Test
  void doesNotCountARedeployment() {
    Inventory before = account().with(rest()).inventory();
    Inventory now = account().with(withStages(rest(), deployed("prod", NOW))).inventory();

    assertThat(ApiSummaries.of(now, Optional.of(BEFORE), Optional.of(before)).changes())
        .contains(new ApiSummary.Changes(BEFORE, 0, 0, 0, 0, 0, 0));
  }

  private static ApiSummary baseline(Facts.Account account) {
    return ApiSummaries.of(account.inventory(), Optional.empty(), Optional.empty());
  }
}
