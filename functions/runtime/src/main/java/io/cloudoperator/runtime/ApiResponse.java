package io.cloudoperator.runtime;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.http.Problem;
import io.cloudoperator.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. Unless it says otherwise itself, nobody may store it, and no browser may take it for
 * anything but what it says it is.
 *
 * @param headers by names in lower case
 */
public record ApiResponse(int status, Map<String, String> headers, String body) {
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
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", contentType);
    headers.put("cache-control", "no-store");
    headers.put("x-content-type-options", "nosniff");
    return new ApiResponse(status, headers, body);
  }

  public static ApiResponse problem(Problem problem) {
    return text(problem.code().status(), Problem.CONTENT_TYPE, Json.write(problem.members()));
  }

  /** With this header, in place of one of the same name. */
  public ApiResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiResponse(status, more, body);
  }

  APIGatewayV2HTTPResponse toResponse() {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body)
        .withIsBase64Encoded(false)
        .build();
  }
}
