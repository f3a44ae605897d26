package io.cloudoperator.local.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Speaks to the HTTP API as one tenant. */
public final class ApiClient implements AutoCloseable {
  // Longer than API Gateway lets a request take, so that its own answer is seen.
  private static final Duration TIMEOUT = Duration.ofSeconds(35);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String token;

  public ApiClient(URI base, String token) {
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

  private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
    return body.isEmpty()
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(Json.write(body));
  }

  private JsonNode send(String method, String path, HttpRequest.BodyPublisher body)
      throws ApiException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(TIMEOUT)
            .header("authorization", "Bearer " + token)
            .header("content-type", "application/json")
            .method(method, body)
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode answer = Json.STRICT.readTree(response.body());
      if (response.statusCode() / 100 != 2) {
        throw new ApiException(
            response.statusCode(),
            answer.path("code").asText(),
            answer.path("title").asText("HTTP status " + response.statusCode())
                + ": "
                + answer.path("detail").asText("the answer says no more."),
            answer.path("awsErrorCode").asText());
      }
      return answer;
    } catch (JacksonException e) {
      throw new ApiException(502, "", "the API's answer was not JSON");
    } catch (IOException e) {
      throw new ApiException(503, "", "the API did not answer: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
