package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.lambda.InvocationContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.MapAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class HttpFunctionTest {
  private static final String ID = "con-00000000000000000000000000000001";

  record Form(String name, Optional<Tier> tier, Optional<Integer> days) {}

  private final HttpFunction function =
      new HttpFunction(
          Routes.builder()
              .route(
                  "POST /things",
                  Form.class,
                  (request, form) -> ApiResponse.created("/things/1", form))
              .route(
                  "GET /things/{connectionId}",
                  request ->
                      ApiResponse.ok(
                          Map.of(
                              "tenant", request.tenant(),
                              "id", request.connection(),
                              "limit", request.query("limit", 1, 50, 20))))
              .query("limit")
              .route(
                  "GET /quotes",
                  request -> ApiResponse.ok("\"".repeat(request.query("limit", 1, 2_000_000, 20))))
              .query("limit")
              .route(
                  "DELETE /things",
                  request -> {
                    throw new IllegalStateException("arn:aws:iam::444455556666:role/canary");
                  })
              .route(
                  "POST /bytes",
                  20_000,
                  Problem.of(ProblemCode.BODY_TOO_LARGE, "Take another way."),
                  (_, bytes) ->
                      ApiResponse.ok(
                          Map.of("length", bytes.length, "last", bytes[bytes.length - 1])))
              .open("GET /health", request -> ApiResponse.ok(Map.of("status", "up")))
              .build(),
          TenantClaims.of("sub"),
          InstantSource.system(),
          Telemetry.logsOnly());

  @Test
  void rehearsesARouteAndForgetsThatItDid() {
    function.rehearse("GET /things/{connectionId}", Map.of("connectionId", ID), "");

    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void saysWhichRehearsalFailed() {
    assertThatThrownBy(() -> function.rehearse("DELETE /things", Map.of(), ""))
        .hasMessage("DELETE /things is answered with 500");
  }

  @Test
  void readsABodyIntoARecord() {
    APIGatewayV2HTTPResponse answer = post("{\"name\":\"a\",\"tier\":\"minimal\",\"days\":3}");

    assertThat(answer.getStatusCode()).isEqualTo(201);
    assertThat(answer.getHeaders())
        .containsEntry("location", "/things/1")
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-content-type-options", "nosniff");
    assertThat(answer.getBody()).isEqualTo("{\"name\":\"a\",\"tier\":\"minimal\",\"days\":3}");
  }

  /** Each quote is of four characters in what Lambda answers with. */
  @ParameterizedTest
  @CsvSource({"1572000, 200", "1573000, 500"})
  void answersWithNoMoreThanLambdaCan(String quotes, int status) {
    APIGatewayV2HTTPEvent event = event("GET /quotes", null);
    event.setQueryStringParameters(Map.of("limit", quotes));

    assertThat(handle(event).getStatusCode()).isEqualTo(status);
  }

  @Test
  void letsOptionalMembersBeAbsent() {
    assertThat(post("{\"name\":\"a\"}").getBody()).isEqualTo("{\"name\":\"a\"}");
  }

  @Test
  void decodesABodyThatCameAsBase64() {
    APIGatewayV2HTTPEvent event = event("POST /things", "{\"name\":\"ä\"}");
    event.setBody(
        Base64.getEncoder().encodeToString("{\"name\":\"ä\"}".getBytes(StandardCharsets.UTF_8)));
    event.setIsBase64Encoded(true);

    assertThat(handle(event).getBody()).isEqualTo("{\"name\":\"ä\"}");
  }

  @Test
  void handsARouteTheBytesThatWereSentWhateverTheyAre() {
    APIGatewayV2HTTPEvent event = event("POST /bytes", "");
    byte[] sent = new byte[20_000];
    sent[19_999] = (byte) 0x8b;
    event.setBody(Base64.getEncoder().encodeToString(sent));
    event.setIsBase64Encoded(true);

    assertThat(handle(event).getBody()).contains("\"length\":20000", "\"last\":-117");
  }

  @Test
  void refusesMoreBytesThanTheRouteTakesInTheRoutesOwnWords() {
    assertProblem(handle(event("POST /bytes", "x".repeat(20_001))), 413, "body_too_large")
        .containsEntry("detail", "Take another way.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                              | name  | It is missing; it must be a string.",
        "{\"name\":null}                 | name  | It is missing; it must be a string.",
        "{\"name\":7}                    | name  | It must be a string.",
        "{\"name\":[\"a\"]}              | name  | It must be a string.",
        "{\"name\":\"a\",\"tier\":\"x\"} | tier  | It must be \"minimal\" or \"audit\".",
        "{\"name\":\"a\",\"tier\":null}  | tier  | It must be \"minimal\" or \"audit\"; leave it out where there is none.",
        "{\"name\":\"a\",\"tier\":0}     | tier  | It must be \"minimal\" or \"audit\".",
        "{\"name\":\"a\",\"days\":\"3\"} | days  | It must be a whole number.",
        "{\"name\":\"a\",\"days\":3.5}   | days  | It must be a whole number.",
        "{\"name\":\"a\",\"days\":9e99}  | days  | It must be a whole number.",
        "{\"nmae\":\"a\"}                | nmae  | There is no such member; this request takes name, tier, days.",
      })
  void namesTheMemberAtFault(String body, String field, String detail) {
    assertProblem(post(body), 400, "invalid_request")
        .containsEntry("field", field)
        .containsEntry("detail", detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":              | The body is not JSON, at line 1, column 9.",
        "{\"name\":canary}       | The body is not JSON, at line 1, column 9.",
        "{\"name\":\"a\"} {}     | The body is not JSON, at line 1, column 14.",
        "{\"name\":\"a\",\"name\":\"b\"} | The body names a member twice, at line 1, column 20.",
        "[]                      | The body must be a JSON object.",
        "\"name\"                | The body must be a JSON object.",
        "null                    | The body must be a JSON object.",
        "``                      | The body is empty; it must be a JSON object.",
      })
  void saysWhereABodyIsMalformedAndRepeatsNothingOfIt(String body, String detail) {
    APIGatewayV2HTTPResponse answer = post(body);

    assertProblem(answer, 400, "malformed_body").containsEntry("detail", detail);
    assertThat(answer.getBody()).doesNotContain("canary");
  }

  @Test
  void refusesABodyThatIsNestedTooDeeply() {
    assertProblem(
            post("{\"name\":" + "[".repeat(8000) + "]".repeat(8000) + "}"), 400, "malformed_body")
        .hasEntrySatisfying(
            "detail", detail -> assertThat(detail).startsWith("The body is nested too deeply"));
  }

  @Test
  void refusesAHugeBodyWhetherOrNotItIsBase64() {
    String huge = "{\"name\":\"" + "a".repeat(Body.LARGEST) + "\"}";
    APIGatewayV2HTTPEvent encoded = event("POST /things", huge);
    encoded.setBody(Base64.getEncoder().encodeToString(huge.getBytes(StandardCharsets.UTF_8)));
    encoded.setIsBase64Encoded(true);

    assertProblem(post(huge), 413, "body_too_large");
    assertProblem(handle(encoded), 413, "body_too_large");
  }

  @Test
  void countsBytesAndNotCharacters() {
    String wide = "{\"name\":\"" + "é".repeat(Body.LARGEST / 2) + "\"}";

    assertProblem(post(wide), 413, "body_too_large");
  }

  @Test
  void refusesABodyThatIsNoText() {
    APIGatewayV2HTTPEvent latin1 = event("POST /things", "");
    latin1.setBody(
        Base64.getEncoder()
            .encodeToString("{\"name\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1)));
    latin1.setIsBase64Encoded(true);
    APIGatewayV2HTTPEvent noBase64 = event("POST /things", "%%%");
    noBase64.setIsBase64Encoded(true);

    assertProblem(handle(latin1), 400, "malformed_body");
    assertProblem(handle(noBase64), 400, "malformed_body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""})
  void refusesAContentTypeThatIsNotJson(String contentType) {
    APIGatewayV2HTTPEvent event = event("POST /things", "{\"name\":\"a\"}");
    event.setHeaders(Map.of("Content-Type", contentType));

    assertProblem(handle(event), 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "Application/JSON; charset=utf-8", "application/vnd.x+json"})
  void takesEveryContentTypeThatIsJson(String contentType) {
    APIGatewayV2HTTPEvent event = event("POST /things", "{\"name\":\"a\"}");
    event.setHeaders(Map.of("content-type", contentType));

    assertThat(handle(event).getStatusCode()).isEqualTo(201);
  }

  @Test
  void refusesMembersWhereNoneAreReadAndTakesAnEmptyObject() {
    assertProblem(
            handle(withPath(event("GET /things/{connectionId}", "{\"limit\":3}"), ID)),
            400,
            "invalid_request")
        .containsEntry("field", "limit");
    assertThat(handle(withPath(event("GET /things/{connectionId}", "{}"), ID)).getStatusCode())
        .isEqualTo(200);
  }

  @Test
  void takesTheTenantFromTheTokensClaim() {
    assertThat(handle(withPath(event("GET /things/{connectionId}", null), ID)).getBody())
        .contains("\"tenant\":\"acme\"", "\"id\":\"" + ID + "\"", "\"limit\":20");
  }

  @Test
  void refusesATokenWithoutATenantOrWithOneThatCanBeNone() {
    APIGatewayV2HTTPEvent none = event("POST /things", "{}");
    none.getRequestContext().setAuthorizer(null);
    APIGatewayV2HTTPEvent other = event("POST /things", "{}");
    other.getRequestContext().getAuthorizer().getJwt().setClaims(Map.of("client_id", "acme"));
    APIGatewayV2HTTPEvent separator = event("POST /things", "{}");
    separator.getRequestContext().getAuthorizer().getJwt().setClaims(Map.of("sub", "acme#con"));

    for (APIGatewayV2HTTPEvent event : List.of(none, other, separator)) {
      assertProblem(handle(event), 403, "no_tenant");
    }
  }

  @Test
  void asksForNoTenantWhereAnybodyMayRead() {
    APIGatewayV2HTTPEvent event = event("GET /health", null);
    event.getRequestContext().setAuthorizer(null);

    assertThat(handle(event).getStatusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"con-1", "", "../..", "CON-00000000000000000000000000000001", "%00"})
  void hasNothingOfAnIdThatIsNone(String id) {
    assertProblem(
        handle(withPath(event("GET /things/{connectionId}", null), id)), 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "51", "-1", "1e1", "99999999999", "a", ""})
  void namesTheParameterAtFault(String limit) {
    APIGatewayV2HTTPEvent event = withPath(event("GET /things/{connectionId}", null), ID);
    event.setQueryStringParameters(Map.of("limit", limit));

    assertProblem(handle(event), 400, "invalid_request")
        .containsEntry("field", "limit")
        .containsEntry("detail", "It is a whole number from 1 to 50.");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /things/{connectionId}, There is no such parameter; it is one of limit.",
    "DELETE /things, There is no such parameter; this route takes none."
  })
  void refusesAParameterThatTheRouteDoesNotTakeBeforeItDoesAnything(String route, String detail) {
    APIGatewayV2HTTPEvent event = withPath(event(route, null), ID);
    event.setQueryStringParameters(Map.of("dryRun", "true"));

    assertProblem(handle(event), 400, "invalid_request")
        .containsEntry("field", "dryRun")
        .containsEntry("detail", detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=1&limit=2", "limit=7&limit", "limit=7&%6Cimit=7", "limit=7&%zz&limit=7"})
  void refusesAParameterThatIsGivenTwice(String query) {
    APIGatewayV2HTTPEvent event = withPath(event("GET /things/{connectionId}", null), ID);
    event.setRawQueryString(query);
    event.setQueryStringParameters(Map.of("limit", "7"));

    assertProblem(handle(event), 400, "invalid_request")
        .containsEntry("field", "limit")
        .containsEntry("detail", "It is given more than once.");
  }

  @Test
  void knowsNoOtherRoute() {
    assertProblem(handle(event("PATCH /things", null)), 404, "not_found");
  }

  @Test
  void tellsNothingOfItsInsidesWhenItFails() {
    APIGatewayV2HTTPResponse answer = handle(event("DELETE /things", null));

    assertProblem(answer, 500, "internal").containsEntry("requestId", "request-of-the-api");
    assertThat(answer.getBody()).doesNotContain("canary", "Exception", "java", "\tat ");
  }

  private APIGatewayV2HTTPResponse post(@Nullable String body) {
    return handle(event("POST /things", body));
  }

  private APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    return function.handle(event, InvocationContext.of("function", Duration.ofMinutes(3)));
  }

  private static APIGatewayV2HTTPEvent withPath(APIGatewayV2HTTPEvent event, String id) {
    event.setPathParameters(Map.of("connectionId", id));
    return event;
  }

  private static APIGatewayV2HTTPEvent event(String route, @Nullable String body) {
    return APIGatewayV2HTTPEvent.builder()
        .withRouteKey(route)
        .withBody(body)
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withRequestId("request-of-the-api")
                .withAuthorizer(
                    APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                        .withJwt(
                            APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT
                                .builder()
                                .withClaims(Map.of("sub", "acme"))
                                .build())
                        .build())
                .build())
        .build();
  }

  private static MapAssert<String, String> assertProblem(
      APIGatewayV2HTTPResponse answer, int status, String code) {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
    assertThat(answer.getHeaders()).containsEntry("content-type", "application/problem+json");
    try {
      JsonNode problem = Json.STRICT.readTree(answer.getBody());
      assertThat(problem.path("type").asText()).isEqualTo("urn:cloudoperator:problem:" + code);
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      Map<String, String> members = new HashMap<>();
      problem
          .properties()
          .forEach(member -> members.put(member.getKey(), member.getValue().asText()));
      return assertThat(members).containsEntry("code", code);
    } catch (JacksonException e) {
      throw new AssertionError("a problem is JSON", e);
    }
  }
}
