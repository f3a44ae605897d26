package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.inventory.Inventory.Unread;
import io.cloudoperator.service.ApiKinds;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.lambda.Lambda;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InventoryTest {
  private static final Inventory.Source URLS =
      new Inventory.Source("eu-west-1", Lambda.FUNCTION_URLS);

  @Test
  void standsInTheOrderOfTheIdsOfItsApis() {
    Api first = Api.listed(ApiKinds.id("eu-west-1/http/z"), "z");
    Api second = Api.listed(ApiKinds.id("eu-west-1/rest/a"), "a");
    Api third = Api.listed(ApiKinds.id("us-east-1/http/a"), "a");

    assertThat(new Inventory(List.of(), List.of(), List.of(third, second, first)).apis())
        .containsExactly(first, second, third);
  }

  @Test
  void onlyListsAnApiUntilItsDetailsWereRead() {
    Api listed = Api.listed(ApiKinds.id("eu-west-1/rest/a1"), "orders");

    assertThat(listed.listedOnly()).isTrue();
    assertThat(listed.with(new DetailsRead(Optional.of(NOW), Optional.empty())).listedOnly())
        .isFalse();
  }

  @Test
  void gathersItemsThatCouldNotBeReadByTheirReason() {
    assertThat(
            Unread.items(
                URLS,
                List.of(
                    new UnreadItem("a", Reason.THROTTLED, "TooMany"),
                    new UnreadItem("b", Reason.DENIED_BY_IAM, "AccessDenied"),
                    new UnreadItem("c", Reason.THROTTLED, "TooMany"),
                    new UnreadItem("d", Reason.THROTTLED, "SlowDown"))))
        .containsExactlyInAnyOrder(
            new Unread(URLS, Reason.THROTTLED, "TooMany", Optional.of(List.of("a", "c"))),
            new Unread(URLS, Reason.DENIED_BY_IAM, "AccessDenied", Optional.of(List.of("b"))),
            new Unread(URLS, Reason.THROTTLED, "SlowDown", Optional.of(List.of("d"))));
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1/function_url/resize, true",
    "eu-west-1/function_url/resize:live, true",
    "eu-west-1/function_url/resized, false",
    "us-east-1/function_url/resize, false",
    "eu-west-1/rest/resize, false"
  })
  void hidesTheUrlsOfAFunctionThatCouldNotBeRead(String api, boolean hidden) {
    ApiId id = ApiKinds.id(api);

    assertThat(
            new Unread(URLS, Reason.FAILED, "Internal", Optional.of(List.of("watch", "resize")))
                .hides(id))
        .isEqualTo(hidden);
    assertThat(new Unread(URLS, Reason.FAILED, "Internal").hides(id))
        .as("of a source that is unread all may be there")
        .isEqualTo(id.source().equals(URLS));
  }

  @ParameterizedTest
  @CsvSource({"resize:live, resize", "resize, resize", "a1b2c3, a1b2c3"})
  void listsTheUrlOfAFunctionUnderTheFunction(String local, String item) {
    assertThat(new ApiId("eu-west-1", Lambda.FUNCTION_URL, local).item()).isEqualTo(item);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rest/a1", "eu-west-1/rest/", "eu-west-1/rest", "eu-west-1/soap/a1"})
  void refusesAnIdOfAnotherForm(String id) {
    assertThatThrownBy(() -> ApiKinds.id(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesARegionWithASlash() {
    assertThatThrownBy(() -> new ApiId("eu/west", ApiGateway.REST, "a1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsKindsAndSourcesByTheirNamesAlone() {
    assertThat(ApiKind.unknown("rest")).isEqualTo(ApiGateway.REST).hasToString("rest");
    assertThat(ApiKind.unknown("soap")).isNotEqualTo(ApiGateway.REST);
    assertThat(ApiSource.unknown("rest_apis"))
        .isEqualTo(ApiGateway.REST_APIS)
        .hasToString("rest_apis");
    assertThat(ApiSource.unknown("soap_apis")).isNotEqualTo(ApiGateway.REST_APIS);
    assertThat(Stream.of(ApiGateway.REST, Lambda.FUNCTION_URL, ApiGateway.HTTP).sorted())
        .containsExactly(Lambda.FUNCTION_URL, ApiGateway.HTTP, ApiGateway.REST);
  }

  @Test
  void takesAnythingForPossibleInASourceOfALaterRelease() {
    assertThat(ApiSource.unknown("soap_apis").hosts().mayBe("soap.example.com", "eu-west-1"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"rest_apis, restApis", "distributions, distributions"})
  void storesASourceUnderAMemberInJavasWriting(String source, String member) {
    assertThat(ApiSource.unknown(source).member()).isEqualTo(member);
  }
}
