package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.query.page.SecurityTxt;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTxtTest {
  private static final URI CONTACT = URI.create("https://example.com/report");

  private Instant now = Example.NOON;

  @Test
  void saysNothingOfAnAddressWhereTheApiHasNoPublicName() {
    assertThat(new SecurityTxt(CONTACT, Example.NOON).at(Optional.empty()).split("\r\n"))
        .containsExactly(
            "Contact: https://example.com/report",
            "Expires: 2077-11-21T12:00:00Z",
            "Preferred-Languages: en");
  }

  @Test
  void isBelievedForLessThanAYear() {
    assertThat(SecurityTxt.VALID_FOR).isLessThan(Duration.ofDays(365));
  }

  @Test
  void doesNotLastLongerBecauseSomebodyAsks() {
    QueryHandler handler = handler(CONTACT.toString());
    String first = ask(handler, "api.example.com").getBody();
    now = now.plus(Duration.ofDays(100));

    assertThat(ask(handler, "api.example.com").getBody()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:8080", "localhost", "localhost:8080", "a b.example.com", "x\r\ny.com"})
  void takesNoNameForPublicThatIsNone(String host) {
    assertThat(ask(handler(CONTACT.toString()), host).getBody())
        .startsWith("Contact: ")
        .doesNotContain("Canonical", "Policy");
  }

  /** On a laptop a caller chooses it. */
  @Test
  void takesNoNameOfAnyLengthForPublic() {
    for (String host : List.of("a.".repeat(50_000) + "com", "a.".repeat(126) + "com")) {
      APIGatewayV2HTTPResponse answer = ask(handler(CONTACT.toString()), host);

      assertThat(answer.getStatusCode()).isEqualTo(200);
      assertThat(answer.getBody()).doesNotContain("Canonical");
    }
    assertThat(ask(handler(CONTACT.toString()), "a.".repeat(125) + "com").getBody())
        .contains("Canonical");
  }

  @Test
  void isNotThereWhereTheOperatorNamesNobody() {
    APIGatewayV2HTTPResponse answer = ask(handler(""), "api.example.com");

    assertThat(answer.getStatusCode()).isEqualTo(404);
    assertThat(answer.getHeaders()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.getBody()).contains("has published no security contact");
  }

  private QueryHandler handler(String contact) {
    Map<String, String> environment = new HashMap<>(Deployment.SETTINGS);
    environment.put("SECURITY_CONTACT", contact);
    environment.put("CONNECTIONS_TABLE", "connections");
    environment.put("SCANS_TABLE", "scans");
    environment.put("RECEIPT_KEY_ARN", "arn:aws:kms:us-east-1:999988887777:key/receipts");
    Settings settings = Settings.of(environment);
    return new QueryHandler(
        new Wiring(settings, new AwsClients(settings), Telemetry.logsOnly()) {
          @Override
          public InstantSource clock() {
            return () -> now;
          }
        });
  }

  private static APIGatewayV2HTTPResponse ask(QueryHandler handler, String host) {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey("GET /.well-known/security.txt");
    event.setPathParameters(null);
    event.getRequestContext().setAuthorizer(null);
    event.getRequestContext().setDomainName(host);
    return handler.handleRequest(event, Deployment.CONTEXT);
  }
}
