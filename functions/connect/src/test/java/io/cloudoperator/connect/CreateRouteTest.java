package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.platform.lambda.InvocationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateRouteTest extends ConnectStage {
  @Test
  void createsAPendingConnectionThatExpiresInADay() {
    Answer created = api.post("/connections", "{\"name\":\" Production \"}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.headers()).containsEntry("location", "/connections/" + created.at("/id"));
    assertThat(created.at("/name")).isEqualTo("Production");
    assertThat(created.at("/tier")).isEqualTo("minimal");
    assertThat(created.at("/status")).isEqualTo("pending");
    assertThat(created.at("/expiresAt")).isEqualTo("2076-11-23T12:00:00Z");
  }

  @Test
  void letsNoTenantLeaveConnectionsPendingWithoutEnd() {
    String first = create().at("/id");
    time.sleep(Duration.ofHours(1));
    IntStream.range(1, CreateConnection.MOST_PENDING).forEach(_ -> create());

    Answer refused = create();

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.at("/code")).isEqualTo("too_many_pending");
    assertThat(refused.at("/retryAfter")).isEqualTo("82800");
    assertThat(refused.headers()).containsEntry("retry-after", "82800");
    assertThat(api.delete("/connections/" + first).status()).isEqualTo(200);
    assertThat(create().status()).isEqualTo(201);
    time.sleep(Duration.ofHours(24));
    assertThat(create().status()).isEqualTo(201);
  }

  @Test
  void issuesEachConnectionItsOwnExternalId() {
    String one = create().at("/externalId");
    String other = create().at("/externalId");

    assertThat(one).matches(ExternalId.ISSUED).isNotEqualTo(other);
  }

  @Test
  void trustsOnlyOurBrokerRolesWithThatExternalId() {
    Answer created = create();

    assertThat(created.body().at("/role/trustPolicy/Statement").toString())
        .isEqualTo(
            """
            [{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},\
            "Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"%s"},\
            "StringLike":{"aws:PrincipalArn":\
            "arn:aws:iam::111122223333:role/cloudoperator/broker/*"}}}]\
            """
                .formatted(created.at("/externalId")));
  }

  @Test
  void answersTheEventThatSamLocalInvokeSends() throws IOException {
    APIGatewayV2HTTPEvent event =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readValue(
                Files.readString(DeployedTables.REPOSITORY.resolve("events/connect.json")),
                APIGatewayV2HTTPEvent.class);

    Answer created =
        Api.answer(
            handler(Map.of())
                .handleRequest(event, InvocationContext.of("function", Duration.ofMinutes(3))));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/name")).isEqualTo("Production");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                    | malformed_body  | ``",
        "{\"name\":\"a\",\"externalId\":\"mine\"} | invalid_request | externalId",
        "{\"name\":1}                         | invalid_request | name",
        "{\"name\":\"  \"}                    | invalid_request | name",
        "{\"name\":\"a\\u0000b\"}             | invalid_request | name",
        "{\"name\":\"a\\ud800\"}              | invalid_request | name",
        "{\"name\":\"a\\nb\"}                 | invalid_request | name",
        "{\"name\":\"a\",\"tier\":\"full\"}   | invalid_request | tier",
        "{}                                   | invalid_request | name",
      })
  void refusesABadBodyAndCreatesNothing(String body, String code, String field) {
    Answer refused = api.post("/connections", body);

    assertProblem(refused, 400, code);
    assertThat(refused.at("/field")).isEqualTo(field);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void refusesANameThatIsTooLongAndABodyThatIsHuge() {
    assertProblem(create("n".repeat(65)), 400, "invalid_request");
    assertProblem(create("n".repeat(20_000)), 413, "body_too_large");
    assertThat(create("n".repeat(64)).status()).isEqualTo(201);
  }
}
