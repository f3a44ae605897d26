package io.cloudoperator.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts over HTTP, for anybody: no request here has a token. */
@ExtendWith(Deployment.Extension.class)
class ReceiptRoutesTest {
  private static final String VERIFY = "POST /receipts/verify";
  private static final String KEY = "GET /receipts/key";
  private static final String HEADER =
      "{\"alg\":\"RS256\",\"typ\":\"receipt+jwt\",\"kid\":\"the-key\"}";
  private static final String RECEIPT =
      """
      {"id":"01997f6e-7c00-7abc-8def-0123456789ab","kind":"disconnect","tenant":"acme",\
      "connection":"con-0123456789abcdef0123456789abcdef","account":"444455556666",\
      "at":"2076-11-22T12:00:00Z","deleted":[{"what":"role_references","count":1}],\
      "remains":[{"what":"results","how":"kept"},\
      {"what":"logs","until":"2076-12-25T12:15:00Z","how":"they expire"}]}\
      """;

  private final Deployment deployment;

  ReceiptRoutesTest(Deployment deployment) {
    this.deployment = deployment;
  }

  @Test
  void showsWhatAGenuineReceiptSays() throws Exception {
    JsonNode checked = body(verify(sign(RECEIPT, deployment.signingKey())));

    assertThat(checked.at("/valid").asBoolean()).isTrue();
    assertThat(checked.get("receipt")).isEqualTo(Json.STRICT.readTree(RECEIPT));
    assertThat(checked.has("reason")).isFalse();
  }

  @Test
  void saysWhyAnotherIsNotOne() throws Exception {
    String genuine = sign(RECEIPT, deployment.signingKey());
    String forged = genuine.replace(encoded(RECEIPT), encoded(RECEIPT.replace("acme", "them")));

    JsonNode checked = body(verify(forged));

    assertThat(checked.at("/valid").asBoolean()).isFalse();
    assertThat(checked.at("/reason").asText()).contains("signature");
    assertThat(checked.has("receipt")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a.b.c", "..", "\u0000", "\ud800", "e30.e30.e30"})
  void refusesAnyTextWithoutFailing(String text) throws Exception {
    APIGatewayV2HTTPResponse answer = verify(text);

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(body(answer).at("/valid").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                              | malformed_body",
        "{                               | malformed_body",
        "\"a.b.c\"                       | malformed_body",
        "{}                              | invalid_request",
        "{\"signature\":null}            | invalid_request",
        "{\"signature\":7}               | invalid_request",
        "{\"signature\":[\"a\"]}         | invalid_request",
        "{\"signature\":\"\",\"key\":1}  | invalid_request",
      })
  void refusesABodyOfAnotherForm(String body, String code) throws Exception {
    APIGatewayV2HTTPResponse answer = post(body);

    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(body(answer).at("/code").asText()).isEqualTo(code);
  }

  @Test
  void takesNoBodyThatIsHuge() throws Exception {
    assertThat(verify("A".repeat(20_000)).getStatusCode()).isEqualTo(413);
  }

  @Test
  void publishesTheKeyAsAJwkSet() throws Exception {
    APIGatewayV2HTTPResponse answer = call(KEY, null);

    assertThat(answer.getHeaders())
        .containsEntry("content-type", "application/jwk-set+json")
        .containsEntry("cache-control", "public, max-age=300");
    assertThat(body(answer).at("/keys/0/kid").asText()).isEqualTo("the-key");
    assertThat(body(answer).at("/keys/0/n").asText()).matches("[\\w-]{342}");
    assertThat(body(answer).at("/keys/0/e").asText()).isEqualTo("AQAB");
  }

  @Test
  void concludesNothingWithoutTheKey() throws Exception {
    deployment.loseReceiptKey();
    APIGatewayV2HTTPResponse unverified = verify(sign(RECEIPT, deployment.signingKey()));
    deployment.loseReceiptKey();
    APIGatewayV2HTTPResponse unpublished = call(KEY, null);

    for (APIGatewayV2HTTPResponse answer :
        new APIGatewayV2HTTPResponse[] {unverified, unpublished}) {
      assertThat(answer.getStatusCode()).isEqualTo(503);
      assertThat(body(answer).at("/code").asText()).isEqualTo("receipt_key_unavailable");
      assertThat(body(answer).at("/retryable").asBoolean()).isTrue();
    }
  }

  private APIGatewayV2HTTPResponse verify(String signature) throws Exception {
    return post(Json.write(Map.of("signature", signature)));
  }

  private APIGatewayV2HTTPResponse post(String body) throws Exception {
    return call(VERIFY, body);
  }

  private APIGatewayV2HTTPResponse call(String route, @Nullable String body) throws Exception {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(route);
    event.setPathParameters(null);
    event.getRequestContext().setAuthorizer(null);
    event.setBody(body);
    APIGatewayV2HTTPResponse answer = deployment.handle(event);
    deployment.contract().assertAllows(route, answer);
    return answer;
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) throws Exception {
    return Json.STRICT.readTree(answer.getBody());
  }

  /** Written by the RFC, with nothing of ours. */
  private static String sign(String payload, PrivateKey key) throws Exception {
    String input = encoded(HEADER) + "." + encoded(payload);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(input.getBytes(UTF_8));
    return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
