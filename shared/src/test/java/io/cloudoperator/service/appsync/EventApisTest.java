package io.cloudoperator.service.appsync;

import static io.cloudoperator.service.Facts.account;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.scan.RiskFlag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of Event APIs, and what is said of them. */
class EventApisTest {
  private static final String HOST = "e1.appsync-api.eu-west-1.amazonaws.com";
  private static final String REALTIME = "e1.appsync-realtime-api.eu-west-1.amazonaws.com";

  @Test
  void readsAnEventApiAsAwsDocumentsIt() throws IOException {
    assertThat(
            read(
                """
                {"apis":[{"apiId":"e1","name":"ticker","ownerContact":"canary","created":1.7e9,"apiArn":"arn:canary",
                 "dns":{"HTTP":"%s","REALTIME":"%s"},"tags":{"canary":"canary"},"xrayEnabled":true,
                 "wafWebAclArn":"arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1",
                 "eventConfig":{"authProviders":[{"authType":"AMAZON_COGNITO_USER_POOLS","cognitoConfig":{"userPoolId":"canary","awsRegion":"canary"}}],
                  "connectionAuthModes":[{"authType":"API_KEY"}],"defaultPublishAuthModes":[{"authType":"AWS_IAM"}],
                  "defaultSubscribeAuthModes":[{"authType":"AWS_LAMBDA"},{"authType":"OF_TOMORROW"}],
                  "logConfig":{"logLevel":"ERROR","cloudWatchLogsRoleArn":"arn:canary"}}}],"nextToken":null}\
                """
                    .formatted(HOST, REALTIME)))
        .containsExactly(
            new EventApi(
                "e1",
                "ticker",
                List.of("API_KEY"),
                List.of("AWS_IAM"),
                List.of("AWS_LAMBDA", "OF_TOMORROW"),
                true,
                Optional.of("shop"),
                HOST,
                REALTIME))
        .asString()
        .doesNotContain("canary", "111122223333");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"apis\":[{}]}",
        "{\"apis\":[{\"apiId\":\"a\"}]}",
        "{\"apis\":[{\"apiId\":\"a\",\"dns\":{\"HTTP\":\"h\"}}]}",
        "{\"apis\":[{\"apiId\":\"a\",\"dns\":[]}]}"
      })
  void takesNothingElseForAnAnswer(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void isOnTheInternetAtBothOfItsHosts() {
    assertThat(account().with(api("AWS_IAM", "AWS_IAM", "AWS_IAM")).api())
        .returns("eu-west-1/event/e1", api -> api.id().toString())
        .returns(Exposure.PUBLIC, Api::exposure)
        .satisfies(api ->
            assertThat(api.entrances()).extracting(Endpoint::host).containsExactly(HOST, REALTIME));
  }

  /** Who subscribes has connected before. */
  @Test
  void asksOfEachRouteWhatIsAskedAtLeast() {
    assertThat(routes("API_KEY", "AWS_IAM", "API_KEY"))
        .containsExactly(
            tuple("POST /event", Authorization.IAM),
            tuple("GET /event/realtime", Authorization.API_KEY_ONLY));
    assertThat(routes("API_KEY", "API_KEY", "OPENID_CONNECT"))
        .containsExactly(
            tuple("POST /event", Authorization.API_KEY_ONLY),
            tuple("GET /event/realtime", Authorization.JWT));
    assertThat(routes("AMAZON_COGNITO_USER_POOLS", "OF_TOMORROW", "API_KEY"))
        .containsExactly(
            tuple("POST /event", Authorization.UNKNOWN),
            tuple("GET /event/realtime", Authorization.COGNITO));
  }

  @Test
  void flagsWhatAnyoneWithAKeyMayDoAndWhatIsNotLogged() {
    assertThat(account().with(api("API_KEY", "AWS_IAM", "API_KEY")).api().flags())
        .containsOnlyKeys(RiskFlag.Kind.ROUTES_WITHOUT_AUTHORIZATION, RiskFlag.Kind.NO_ACCESS_LOGS)
        .containsEntry(RiskFlag.Kind.ROUTES_WITHOUT_AUTHORIZATION, 1L);
  }

  @Test
  void saysWhichRouteNeedsAKey() {
    assertThat(account().with(api("API_KEY", "AWS_IAM", "API_KEY")).api().routes())
        .extracting(Route::apiKeyRequired)
        .containsExactly(false, true);
  }

  private static List<Tuple> routes(String connect, String publish, String subscribe) {
    return account().with(api(connect, publish, subscribe)).api().routes().stream()
        .map(route -> tuple(route.key(), route.authorization()))
        .toList();
  }

  private static EventApi api(String connect, String publish, String subscribe) {
    return new EventApi(
        "e1",
        "ticker",
        List.of(connect),
        List.of(publish),
        List.of(subscribe),
        false,
        Optional.empty(),
        HOST,
        REALTIME);
  }

  private static List<EventApi> read(String answer) throws IOException {
    return EventApiReader.LIST_APIS
        .reader()
        .read(new ByteArrayInputStream(answer.getBytes(UTF_8)))
        .value();
  }
}
