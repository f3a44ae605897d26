package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.fuzz.Mutations;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes in a body or as a cursor in place of what a route takes is answered, and is never
 * our fault: bodies of each route that takes one, compressed ones, receipts, and the cursors of all
 * lists. {@code -Dfuzz.seed} and {@code -Dfuzz.tries} try others.
 */
@ExtendWith(SharedBackend.Extension.class)
class RequestFuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 53);
  private static final int TRIES = Integer.getInteger("fuzz.tries", 300) / 6;
  private static final String SCAN = "01a228b4-d9b3-71d1-8352-c2da913f82ec";

  private final SharedBackend shared;

  RequestFuzzTest(SharedBackend shared) {
    this.shared = shared;
  }

  /** A route, and what it takes. */
  record Target(String method, String path, String contentType, List<byte[]> samples) {
    boolean isCursor() {
      return contentType.isEmpty();
    }

    @Override
    public String toString() {
      return method + " " + path + (isCursor() ? "?after" : " " + contentType);
    }
  }

  static Stream<Target> targets() {
    return Stream.of(
        body("POST", "/connections", "{\"name\":\"production\",\"tier\":\"audit\"}"),
        body(
            "PUT",
            "/connections/{id}/role",
            "{\"roleArn\":\"arn:aws:iam::111122223333:role/CloudOperatorReadOnly\"}"),
        body("PUT", "/connections/{id}/schedule", "{\"schedule\":\"daily\"}"),
        body("POST", "/connections/{id}/scans", "{\"regions\":[\"eu-west-1\",\"us-east-1\"]}"),
        body(
            "PUT",
            "/connections/{id}/apis/catalog",
            "{\"entries\":[{\"host\":\"api.example.com\",\"routes\":[\"GET /orders\"]},"
                + "{\"id\":\"eu-central-1/rest/a1b2c3d4e5\",\"routes\":[\"ANY /{proxy+}\"]}]}"),
        body("POST", "/receipts/verify", "{\"signature\":\"" + jws() + "\"}"),
        body("POST", "/local/token", "{\"tenant\":\"acme\",\"scope\":\"cloudoperator/read\"}"),
        body("POST", "/local/launch", "{\"externalId\":\"cloudoperator-0\",\"tier\":\"audit\"}"),
        events("application/json"),
        events("application/gzip"),
        cursor("/connections", "\"con-00000000000000000000000000000000\""),
        cursor("/connections/{id}/calls", "{\"session\":\"" + SCAN + "\",\"calls\":3}"),
        cursor("/connections/{id}/apis", "{\"api\":\"eu-central-1/rest/a1b2c3d4e5\",\"routes\":3}"),
        cursor(
            "/connections/{id}/apis/changes",
            "{\"now\":\"" + SCAN + "\",\"since\":\"" + SCAN + "\",\"from\":3}"),
        cursor(
            "/connections/{id}/apis/catalog",
            "{\"declaredAt\":\"2026-01-01T00:00:00Z\",\"scan\":\"" + SCAN + "\",\"from\":3}"));
  }

  private static Target body(String method, String path, String json) {
    return new Target(method, path, "application/json", Mutations.texts(json));
  }

  private static Target events(String contentType) {
    List<byte[]> files =
        Mutations.texts(
            "{\"Records\":[{\"eventVersion\":\"1.09\",\"eventTime\":\"2026-01-01T00:00:00Z\","
                + "\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"DescribeRegions\","
                + "\"eventID\":\"a\",\"requestID\":\"b\",\"userIdentity\":{\"arn\":\"c\"}}]}");
    return new Target(
        "POST",
        "/connections/{id}/calls/reconcile",
        contentType,
        contentType.endsWith("gzip") ? files.stream().map(Mutations::gzip).toList() : files);
  }

  /** In JSON, before it is a token. */
  private static Target cursor(String path, String json) {
    return new Target("GET", path, "", Mutations.texts(json));
  }

  private static String jws() {
    return Stream.of("{\"alg\":\"RS256\",\"typ\":\"receipt+jwt\",\"kid\":\"a\"}", "{}", "x")
        .map(part -> Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(UTF_8)))
        .reduce((a, b) -> a + "." + b)
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void isAnsweredAndNeverByAFault(Target target) throws Exception {
    String token = shared.backend().token(shared.newTenant());
    try (HttpClient http = HttpClient.newHttpClient()) {
      JsonNode made =
          Json.STRICT.readTree(
              http.send(
                      request("/connections", token)
                          .header("content-type", "application/json")
                          .POST(BodyPublishers.ofString("{\"name\":\"fuzzed\",\"tier\":\"audit\"}"))
                          .build(),
                      BodyHandlers.ofString())
                  .body());
      String path = target.path().replace("{id}", made.path("id").asText());
      Mutations mutations = new Mutations(SEED, target.samples());
      for (int i = 0; i < TRIES; i++) {
        byte[] text = mutations.next();
        HttpResponse<String> answer =
            http.send(sent(target, path, token, text), BodyHandlers.ofString());
        assertThat(answer.statusCode())
            .as(
                "seed %d, try %d: %s for %s",
                SEED,
                i,
                answer.body(),
                new String(text, 0, Math.min(text.length, 1000), ISO_8859_1))
            .isBetween(200, 499);
        if (answer.statusCode() >= 400) {
          assertThat(Json.STRICT.readTree(answer.body()).path("code").asText()).isNotEmpty();
        }
      }
    }
  }

  private HttpRequest sent(Target target, String path, String token, byte[] text) {
    if (!target.isCursor()) {
      return request(path, token)
          .header("content-type", target.contentType())
          .method(target.method(), BodyPublishers.ofByteArray(text))
          .build();
    }
    // Half of them are damaged as tokens are, and not in what they say.
    String cursor =
        text.length % 2 == 0
            ? Base64.getUrlEncoder().withoutPadding().encodeToString(text)
            : new String(text, ISO_8859_1);
    String after = URLEncoder.encode(cursor.substring(0, Math.min(cursor.length(), 3_000)), UTF_8);
    return request(path + "?after=" + after, token).GET().build();
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(shared.backend().url() + path))
        .header("authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(60));
  }
}
