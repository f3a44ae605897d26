package io.cloudoperator.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.template.JwtAuthorizer;
import io.cloudoperator.platform.template.Trigger.HttpRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiGatewayTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final InstantSource CLOCK = () -> NOW;
  private static final TokenIssuer ISSUER = TokenIssuer.create("https://me.example", CLOCK);
  private static final JwtAuthorizer JWT =
      new JwtAuthorizer("Jwt", "https://me.example", Set.of("things"));

  private static final List<HttpRoute> ROUTES =
      List.of(
          new HttpRoute(
              "Things",
              "Api",
              "GET",
              "/things/{thingId}",
              Optional.of("Jwt"),
              Set.of("things/read")),
          new HttpRoute(
              "Things", "Api", "POST", "/things", Optional.of("Jwt"), Set.of("things/write")),
          new HttpRoute("Open", "Api", "GET", "/things/open", Optional.empty(), Set.of()),
          new HttpRoute("Files", "Api", "GET", "/files/{path+}", Optional.empty(), Set.of()),
          new HttpRoute("One", "Api", "GET", "/files/{file}", Optional.empty(), Set.of()),
          new HttpRoute("List", "Api", "GET", "/files/list", Optional.empty(), Set.of()),
          new HttpRoute("Open", "Api", "POST", "/open", Optional.empty(), Set.of()));

  private final AtomicReference<JsonNode> event = new AtomicReference<>(MAPPER.nullNode());
  private final AtomicReference<String> function = new AtomicReference<>("");
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpApiGateway gateway = gateway(this::answer, Duration.ofSeconds(30));

  private static final String OK = "{\"statusCode\":200,\"body\":\"ok\"}";

  private String answer(String id, String json) throws IOException {
    function.set(id);
    event.set(MAPPER.readTree(json));
    return OK;
  }

  private static HttpApiGateway gateway(FunctionInvoker functions, Duration timeout) {
    try {
      return HttpApiGateway.start(
          new HttpApiGateway.Settings(
              0,
              ROUTES,
              Map.of("Jwt", new JwtVerifier(JWT, ISSUER.publicKeys(), CLOCK)),
              functions,
              Map.of("POST /local/token", request -> "{\"statusCode\":201,\"body\":\"made\"}"),
              CLOCK,
              timeout));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void replace(FunctionInvoker functions, Duration timeout) {
    gateway.close();
    gateway = gateway(functions, timeout);
  }

  @AfterEach
  void close() {
    gateway.close();
    client.close();
  }

  private static String token(Set<String> scopes) {
    return ISSUER.issue(
        new TokenIssuer.Grant("sub", "acme", scopes, "things", Duration.ofHours(1)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Test
  void writesARequestAsAnEventOfPayloadFormatTwo() throws Exception {
    HttpResponse<String> response =
        send(
            request("/things/a%20b%2Fc?x=1&y=%C3%A9&x=2&z")
                .header("Authorization", "Bearer " + token(Set.of("things/read", "more")))
                .header("X-Two", "one")
                .header("X-Two", "two")
                .header("Cookie", "k=v; l=w"));

    assertThat(response.body()).isEqualTo("ok");
    assertThat(function).hasValue("Things");
    JsonNode e = event.get();
    assertThat(e.path("version").asText()).isEqualTo("2.0");
    assertThat(e.path("routeKey").asText()).isEqualTo("GET /things/{thingId}");
    assertThat(e.path("rawPath").asText()).isEqualTo("/things/a%20b%2Fc");
    assertThat(e.path("rawQueryString").asText()).isEqualTo("x=1&y=%C3%A9&x=2&z");
    assertThat(e.path("pathParameters")).isEqualTo(MAPPER.readTree("{\"thingId\":\"a b/c\"}"));
    assertThat(e.path("queryStringParameters"))
        .isEqualTo(MAPPER.readTree("{\"x\":\"1,2\",\"y\":\"é\",\"z\":\"\"}"));
    assertThat(e.path("headers").path("x-two").asText()).isEqualTo("one,two");
    assertThat(e.path("headers").has("cookie")).isFalse();
    assertThat(e.path("cookies")).isEqualTo(MAPPER.readTree("[\"k=v\",\"l=w\"]"));
    assertThat(e.has("body")).isFalse();
    assertThat(e.path("isBase64Encoded").asBoolean(true)).isFalse();
    JsonNode context = e.path("requestContext");
    assertThat(context.path("stage").asText()).isEqualTo("$default");
    assertThat(context.path("timeEpoch").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(context.path("http").path("method").asText()).isEqualTo("GET");
    assertThat(context.path("http").path("sourceIp").asText()).isEqualTo("127.0.0.1");
    JsonNode jwt = context.path("authorizer").path("jwt");
    assertThat(jwt.path("claims").path("sub").asText()).isEqualTo("acme");
    assertThat(jwt.path("scopes")).isEqualTo(MAPPER.readTree("[\"things/read\"]"));
    assertThat(response.headers().firstValue("apigw-requestid"))
        .hasValue(context.path("requestId").asText());
  }

  @Test
  void prefersTheRouteWithoutVariables() throws Exception {
    send(request("/things/open"));

    assertThat(function).hasValue("Open");
  }

  @Test
  void givesAGreedyVariableAllThatIsLeftOfThePath() throws Exception {
    send(request("/files/a/b%20c.js"));

    assertThat(function).hasValue("Files");
    assertThat(event.get().path("routeKey").asText()).isEqualTo("GET /files/{path+}");
    assertThat(event.get().at("/pathParameters/path").asText()).isEqualTo("a/b c.js");
  }

  @ParameterizedTest
  @CsvSource({"/files/list, List", "/files/one, One", "/files/one/two, Files"})
  void prefersARouteWithoutAGreedyVariable(String path, String expected) throws Exception {
    send(request(path));

    assertThat(function).hasValue(expected);
  }

  @Test
  void passesABodyOfTextAsItIs() throws Exception {
    send(
        request("/open")
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString("{\"é\":1}")));

    assertThat(event.get().path("body").asText()).isEqualTo("{\"é\":1}");
    assertThat(event.get().path("isBase64Encoded").asBoolean()).isFalse();
  }

  @Test
  void passesAnyOtherBodyInBase64() throws Exception {
    byte[] body = {0, 1, (byte) 0xff};
    send(
        request("/open")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(body)));

    assertThat(Base64.getDecoder().decode(event.get().path("body").asText())).isEqualTo(body);
    assertThat(event.get().path("isBase64Encoded").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/thing", "/things/", "/things/a/b", "/open"})
  void answersNotFoundWhereThereIsNoRoute(String path) throws Exception {
    assertMessage(send(request(path)), 404, "Not Found");
  }

  @Test
  void answersUnauthorizedWithoutAToken() throws Exception {
    assertMessage(send(request("/things/1")), 401, "Unauthorized");
  }

  @ParameterizedTest
  @CsvSource({
    "https://me.example, other, 0, 60",
    "https://other.example, things, 0, 60",
    "https://me.example, things, -61, 60",
    "https://me.example, things, 30, 60",
  })
  void answersUnauthorizedToATokenThatIsNotForThisApiOrTime(
      String issuer, String audience, long issuedIn, long lifetime) throws Exception {
    TokenIssuer other = TokenIssuer.create(issuer, () -> NOW.plusSeconds(issuedIn));
    String token =
        other.issue(
            new TokenIssuer.Grant(
                "sub", "acme", Set.of("things/read"), audience, Duration.ofSeconds(lifetime)));

    // Its key is taken, so that only the claim decides.
    try (HttpApiGateway own = withKeysOf(other)) {
      var response =
          send(
              HttpRequest.newBuilder(URI.create(own.url() + "/things/1"))
                  .header("Authorization", "Bearer " + token));
      assertMessage(response, 401, "Unauthorized");
    }
  }

  private HttpApiGateway withKeysOf(TokenIssuer issuer) throws IOException {
    return HttpApiGateway.start(
        new HttpApiGateway.Settings(
            0,
            ROUTES,
            Map.of("Jwt", new JwtVerifier(JWT, issuer.publicKeys(), CLOCK)),
            this::answer,
            Map.of(),
            CLOCK));
  }

  @Test
  void answersUnauthorizedToATokenOfAnotherKey(@TempDir Path folder) throws Exception {
    String token =
        TokenIssuer.keptIn(folder, "https://me.example", CLOCK)
            .issue(
                new TokenIssuer.Grant(
                    "sub", "acme", Set.of("things/read"), "things", Duration.ofHours(1)));

    assertMessage(
        send(request("/things/1").header("Authorization", "Bearer " + token)), 401, "Unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "Bearer", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
  void answersUnauthorizedToWhatIsNoToken(String header) throws Exception {
    assertMessage(send(request("/things/1").header("Authorization", header)), 401, "Unauthorized");
  }

  @Test
  void answersForbiddenWithoutAScopeOfTheRoute() throws Exception {
    HttpRequest.Builder request =
        request("/things/1").header("Authorization", "Bearer " + token(Set.of("things/write")));

    assertMessage(send(request), 403, "Forbidden");
    assertThat(function).hasValue("");
  }

  @Test
  void answersTooLargeToALongerBody() throws Exception {
    byte[] body = new byte[10 * 1024 * 1024 + 1];

    assertMessage(
        send(request("/open").POST(BodyPublishers.ofByteArray(body))),
        413,
        "Request Entity Too Large");
    assertMessage(
        send(
            request("/open")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))),
        413,
        "Request Entity Too Large");
    assertThat(function).hasValue("");
  }

  @Test
  void answersTooLargeToABodyThatMakesTheEventLargerThanLambdaTakes() throws Exception {
    String most = "x".repeat(6 * 1024 * 1024 - 4096);
    byte[] binary = new byte[5 * 1024 * 1024];

    assertThat(
            send(request("/open")
                    .header("content-type", "text/plain")
                    .POST(BodyPublishers.ofString(most)))
                .statusCode())
        .isEqualTo(200);
    function.set("");
    assertMessage(
        send(
            request("/open")
                .header("content-type", "text/plain")
                .POST(BodyPublishers.ofString(most + "x".repeat(4096)))),
        413,
        "Request Entity Too Large");
    assertMessage(
        send(
            request("/open")
                .header("content-type", "application/gzip")
                .POST(BodyPublishers.ofByteArray(binary))),
        413,
        "Request Entity Too Large");
    assertThat(function).hasValue("");
  }

  @Test
  void showsNothingOfAFailure() throws Exception {
    replace(
        (_, _) -> {
          throw new IllegalStateException("secret");
        },
        Duration.ofSeconds(30));

    assertMessage(send(request("/things/open")), 500, "Internal Server Error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{\"statusCode\":\"x\"}",
        "{\"statusCode\":200,\"body\":\"*\",\"isBase64Encoded\":true}",
        "{\"statusCode\":200,\"headers\":{\"a\":\"b\\r\\nc: d\"},\"body\":\"x\"}",
      })
  void answersAnInternalErrorToAMalformedAnswer(String answer) throws Exception {
    replace((_, _) -> answer, Duration.ofSeconds(30));

    assertMessage(send(request("/things/open")), 500, "Internal Server Error");
  }

  @Test
  void answersAnInternalErrorToAnAnswerOfMoreBytesThanLambdaGives() throws Exception {
    String frame = "{\"statusCode\":200,\"body\":\"\"}";
    int room = HttpApiGateway.LARGEST_PAYLOAD - frame.length();
    AtomicReference<String> body = new AtomicReference<>("é".repeat(room / 2));
    replace((_, _) -> frame.replace("\"\"", '"' + body.get() + '"'), Duration.ofSeconds(30));

    assertThat(send(request("/things/open")).statusCode()).isEqualTo(200);
    body.updateAndGet(text -> text + "é");
    assertMessage(send(request("/things/open")), 500, "Internal Server Error");
  }

  @Test
  void givesUpAFunctionAfterTheTimeout() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    replace(
        (_, _) -> {
          never.await();
          return OK;
        },
        Duration.ofMillis(50));

    assertMessage(send(request("/things/open")), 503, "Service Unavailable");
  }

  @Test
  void sendsTheAnswerOfAFunction() throws Exception {
    String answer =
        """
        {"statusCode": 202, "headers": {"X-A": "1", "content-type": "application/problem+json"},
         "cookies": ["a=b", "c=d"], "body": "aMOp", "isBase64Encoded": true}
        """;
    replace((_, _) -> answer, Duration.ofSeconds(30));

    HttpResponse<String> response = send(request("/things/open"));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("hé");
    assertThat(response.headers().firstValue("x-a")).hasValue("1");
    assertThat(response.headers().allValues("content-type"))
        .containsExactly("application/problem+json");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=b", "c=d");
  }

  @Test
  void takesAnAnswerWithoutAStatusAsTheBody() throws Exception {
    replace((_, _) -> "{\"a\":1}", Duration.ofSeconds(30));

    HttpResponse<String> response = send(request("/things/open"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"a\":1}");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
  }

  @Test
  void servesAnExtraRouteToThisMachine() throws Exception {
    HttpResponse<String> response =
        send(request("/local/token").POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(201);
  }

  @Test
  void refusesAnExtraRouteToAnotherSitesName() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.url().getPort())) {
      socket
          .getOutputStream()
          .write(
              "POST /local/token HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void refusesAnExtraRouteToAPageOfAnotherSite() throws Exception {
    assertThat(answerToAPageOf("http://evil.example")).startsWith("HTTP/1.1 403");
    assertThat(answerToAPageOf("null")).startsWith("HTTP/1.1 403");
    assertThat(answerToAPageOf(gateway.url().toString())).startsWith("HTTP/1.1 201");
  }

  private String answerToAPageOf(String origin) throws IOException {
    try (Socket socket = post("/local/token", "Content-Length: 0\r\nOrigin: " + origin)) {
      return text(socket);
    }
  }

  @Test
  void holdsNoMoreUnfinishedBodiesThanItHasRoomFor() throws Exception {
    int length = 10_000_000;
    long tooMany = Math.max(2, Runtime.getRuntime().maxMemory() / 12 / length + 2);
    CompletableFuture<String> firstAnswer = new CompletableFuture<>();
    List<Socket> unfinished = new ArrayList<>();
    try {
      for (int i = 0; i < tooMany; i++) {
        Socket socket = post("/open", "Content-Length: " + length);
        unfinished.add(socket);
        Thread.ofVirtual()
            .start(() -> {
              try {
                byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 503".length());
                firstAnswer.complete(new String(head, StandardCharsets.US_ASCII));
              } catch (IOException _) {
                // It was closed without an answer, as all the others are.
              }
            });
      }
      assertThat(firstAnswer.get(30, TimeUnit.SECONDS)).isEqualTo("HTTP/1.1 503");
    } finally {
      for (Socket socket : unfinished) {
        socket.close();
      }
    }
  }

  /** A request whose body has not been sent. */
  private Socket post(String path, String headers) throws IOException {
    URI url = gateway.url();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
    socket
        .getOutputStream()
        .write(
            "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n\r\n"
                .formatted(path, url.getAuthority(), headers)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String text(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void saysThatThePortIsTaken() {
    int port = gateway.url().getPort();

    assertThatThrownBy(() ->
            HttpApiGateway.start(
                new HttpApiGateway.Settings(
                    port, List.of(), Map.of(), this::answer, Map.of(), CLOCK)))
        .isInstanceOf(PortInUseException.class)
        .hasMessage("Port " + port + " is taken by another program");
  }

  @Test
  void refusesARouteWhoseAuthorizerHasNoVerifier() {
    assertThatThrownBy(
            () -> new HttpApiGateway.Settings(0, ROUTES, Map.of(), this::answer, Map.of(), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No verifier for the authorizer Jwt");
  }

  private static void assertMessage(HttpResponse<String> response, int status, String message) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains("\"message\":\"" + message + "\"", "\"status\":" + status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
  }
}
