package io.cloudoperator.runtime;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.http.Problem;
import io.cloudoperator.json.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. Unless it says otherwise itself, nobody may store it, and no browser may take it for
 * anything but what it says it is.
 *
 * @param headers by names in lower case
 * @param base64 whether the body is bytes, written in Base64
 */
public record ApiResponse(int status, Map<String, String> headers, String body, boolean base64) {
  public ApiResponse {
    headers = Map.copyOf(headers);
  }

  public static ApiResponse json(int status, Object value) {
    return text(status, "application/json", Json.write(value));
  }

  public static ApiResponse ok(Object value) {
    return json(200, value);
  }

  /** 201, with where the new thing is found and a value of ours as JSON. */
  public static ApiResponse created(String location, Object value) {
    return json(201, value).with("location", location);
  }

  public static ApiResponse text(int status, String contentType, String body) {
    return new ApiResponse(status, headers(contentType), body, false);
  }

  /** 200, with bytes as they are. */
  public static ApiResponse bytes(String contentType, byte[] body) {
    return new ApiResponse(
        200, headers(contentType), Base64.getEncoder().encodeToString(body), true);
  }

  /** 302, to an address of the same origin. */
  public static ApiResponse found(String location) {
    return text(302, "text/plain", "").with("location", location);
  }

  private static Map<String, String> headers(String contentType) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", contentType);
    headers.put("cache-control", "no-store");
    headers.put("x-content-type-options", "nosniff");
    return headers;
  }

  public static ApiResponse problem(Problem problem) {
    ApiResponse answer =
        text(problem.code().status(), Problem.CONTENT_TYPE, Json.write(problem.members()));
    return problem.retryAfter().map(wait -> answer.with("retry-after", wait)).orElse(answer);
  }

  /** With this header, in place of one of the same name. */
  public ApiResponse with(String header, String value) {
    return with(Map.of(header, value));
  }

  /** With these headers, in place of those of the same names. */
  public ApiResponse with(Map<String, String> others) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(others);
    return new ApiResponse(status, more, body, base64);
  }

  APIGatewayV2HTTPResponse toResponse() {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body)
        .withIsBase64Encoded(base64)
        .build();
  }
}
