package io.cloudoperator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.service.apigateway.ApiGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKindsTest {
  @Test
  void hasThemInTheOrderOfTheirNames() {
    assertThat(ApiKinds.all())
        .extracting(ApiKind::name)
        .containsExactly(
            "distribution",
            "event",
            "function_url",
            "graphql",
            "http",
            "load_balancer",
            "rest",
            "websocket");
  }

  @Test
  void findsASourceByItsNameAndByItsMember() {
    assertThat(ApiKinds.source("rest_apis").facts()).isEqualTo(ApiGateway.REST_APIS.facts());
    assertThat(ApiKinds.source("of_tomorrow").facts()).isEqualTo(Object.class);
    assertThat(ApiKinds.sourceOfMember("restApis")).contains(ApiGateway.REST_APIS);
    assertThat(ApiKinds.sourceOfMember("ofTomorrow")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eu-west-1/rest/a1b2c3",
        "global/distribution/E1",
        "eu-west-1/load_balancer/app/web/50dc6c495c0c9188",
        "eu-west-1/function_url/resize:live",
        "eu-west-1/rest/!~"
      })
  void readsAnIdAsItIsWritten(String id) {
    assertThat(ApiKinds.id(id)).hasToString(id);
  }

  @Test
  void readsAnIdOfTheLongest() {
    String longest = "eu-west-1/rest/" + "a".repeat(512 - "eu-west-1/rest/".length());

    assertThat(ApiKinds.id(longest)).hasToString(longest);
    refuses(longest + "a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "eu-west-1/rest",
        "eu-west-1/REST/a1",
        "eu-west-1//a1",
        "eu-west-1/of_tomorrow/a1",
        "eu-west-1/rest/a 1",
        "eu-west-1/rest/a\u007f",
        "eu-west-1/rest/\u00e4"
      })
  void refusesWhatIsNoId(String text) {
    refuses(text);
  }

  /** What a later release has stored is shown, too. */
  @Test
  void readsAStoredIdOfAKindThatItDoesNotKnow() {
    ApiId id = ApiKinds.idOfAnyKind("eu-west-1/of_tomorrow/a 1");

    assertThat(id).hasToString("eu-west-1/of_tomorrow/a 1");
    assertThat(id.kind().name()).isEqualTo("of_tomorrow");
  }

  private static void refuses(String text) {
    assertThatThrownBy(() -> ApiKinds.id(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(ApiId.FORM);
  }
}
