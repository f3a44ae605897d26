package io.cloudoperator.local.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Speaks to the HTTP API as one tenant. */
public final class ApiClient implements AutoCloseable {
  private final HttpSender http;
  private final URI base;
  private final String token;

  /**
   * @param base of the API; a path in it, as of a stage, comes before those that are asked for
   * @param token empty for routes that anybody may ask
   */
  public ApiClient(URI base, String token) {
    this(base, token, Optional.empty());
  }

  /** The same, through a proxy. */
  public ApiClient(URI base, String token, Optional<ProxyRoute> proxy) {
    this.http = new HttpSender(base, proxy);
    this.base = base;
    this.token = token;
  }

  /**
   * The answer to a GET.
   *
   * @throws ApiException if it is not a 2xx
   */
  public JsonNode get(String path) throws ApiException, InterruptedException {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  /**
   * The answer to a POST; an empty map sends no body.
   *
   * @throws ApiException if it is not a 2xx
   */
  public JsonNode post(String path, Map<String, ?> body) throws ApiException, InterruptedException {
    return send("POST", path, json(body));
  }

  /**
   * The answer to a PUT.
   *
   * @throws ApiException if it is not a 2xx
   */
  public JsonNode put(String path, Map<String, ?> body) throws ApiException, InterruptedException {
    return send("PUT", path, json(body));
  }

  /**
   * The answer to a DELETE.
   *
   * @throws ApiException if it is not a 2xx
   */
  public JsonNode delete(String path) throws ApiException, InterruptedException {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  /**
   * A connection once this role of it is proven.
   *
   * @param connection its path
   * @throws ApiException if the role is not proven in the end, or the answer is not a 2xx
   */
  public JsonNode proveRole(String connection, String roleArn)
      throws ApiException, InterruptedException {
    return proven(
        connection, answer("PUT", connection + "/role", json(Map.of("roleArn", roleArn))));
  }

  /**
   * A connection once the role that it has is proven again.
   *
   * @param connection its path
   * @throws ApiException as of {@link #proveRole}
   */
  public JsonNode verifyRole(String connection) throws ApiException, InterruptedException {
    return proven(connection, answer("POST", connection + "/verify", json(Map.of())));
  }

  /** Asks again for as long as the role is tried. */
  private JsonNode proven(String connection, HttpResponse<String> first)
      throws ApiException, InterruptedException {
    HttpResponse<String> response = first;
    while (true) {
      JsonNode now = accepted(response);
      JsonNode verification = now.path("verification");
      switch (verification.path("status").asText()) {
        case "failed" -> throw refused(response.statusCode(), verification.path("problem"));
        case "verifying" -> {
          Thread.sleep(
              Duration.ofSeconds(response.headers().firstValueAsLong("retry-after").orElse(1)));
          response = answer("GET", connection, HttpRequest.BodyPublishers.noBody());
        }
        default -> {
          return now;
        }
      }
    }
  }

  private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
    return body.isEmpty()
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(Json.write(body));
  }

  /**
   * The answer to a GET as it is, such as a report.
   *
   * @throws ApiException if it is not a 2xx
   */
  public String text(String path) throws ApiException, InterruptedException {
    HttpResponse<String> response = answer("GET", path, HttpRequest.BodyPublishers.noBody());
    if (response.statusCode() / 100 != 2) {
      throw refused(response);
    }
    return response.body();
  }

  private JsonNode send(String method, String path, HttpRequest.BodyPublisher body)
      throws ApiException, InterruptedException {
    return accepted(answer(method, path, body));
  }

  private static JsonNode accepted(HttpResponse<String> response) throws ApiException {
    if (response.statusCode() / 100 != 2) {
      throw refused(response);
    }
    return json(response);
  }

  private static JsonNode json(HttpResponse<String> response) throws ApiException {
    try {
      return Json.STRICT.readTree(Objects.requireNonNullElse(response.body(), ""));
    } catch (JacksonException e) {
      throw new ApiException(
          502, "", "the answer of HTTP status " + response.statusCode() + " was not JSON");
    }
  }

  /** API Gateway's own refusals have a message alone. */
  private static ApiException refused(HttpResponse<String> response) throws ApiException {
    return refused(response.statusCode(), json(response));
  }

  private static ApiException refused(int status, JsonNode problem) {
    String detail =
        problem.path("detail").asText(problem.path("message").asText("the answer says no more."));
    String field = problem.path("field").asText();
    return new ApiException(
        problem.path("status").asInt(status),
        problem.path("code").asText(),
        problem.path("title").asText("HTTP status " + status)
            + ": "
            + detail
            + (field.isEmpty() ? "" : " (" + field + ")"),
        problem.path("awsErrorCode").asText());
  }

  private HttpResponse<String> answer(String method, String path, HttpRequest.BodyPublisher body)
      throws ApiException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceFirst("/+$", "") + path))
            .header("content-type", "application/json")
            .method(method, body);
    if (!token.isEmpty()) {
      request.header("authorization", "Bearer " + token);
    }
    return http.send(request);
  }

  @Override
  public void close() {
    http.close();
  }
}
