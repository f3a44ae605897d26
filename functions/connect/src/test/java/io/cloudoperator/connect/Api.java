package io.cloudoperator.connect;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JacksonException;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.lambda.InvocationContext;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls a handler as API Gateway does, for one tenant. */
final class Api {
  private static final Pattern CONNECTION = Pattern.compile("^(\\w+ /connections/)([^/]*)(.*)$");
  private static final Pattern SCAN = Pattern.compile("^(.*/scans/)([^/]+)(/cancel)$");

  private final ConnectHandler handler;
  private final String tenant;

  Api(ConnectHandler handler, String tenant) {
    this.handler = handler;
    this.tenant = tenant;
  }

  Api as(String otherTenant) {
    return new Api(handler, otherTenant);
  }

  Answer get(String path) {
    return call("GET " + path, null);
  }

  Answer post(String path) {
    return call("POST " + path, null);
  }

  Answer post(String path, String body) {
    return call("POST " + path, body);
  }

  Answer put(String path, String body) {
    return call("PUT " + path, body);
  }

  Answer delete(String path) {
    return call("DELETE " + path, null);
  }

  private Answer call(String methodAndPath, @Nullable String body) {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    String[] parts = methodAndPath.split("\\?", 2);
    if (parts.length == 2) {
      event.setRawQueryString(parts[1]);
      String[] one = parts[1].split("=", 2);
      event.setQueryStringParameters(Map.of(one[0], one[1]));
    }
    Matcher connection = CONNECTION.matcher(parts[0]);
    if (connection.matches()) {
      String route = connection.replaceFirst("$1{connectionId}$3");
      Matcher scan = SCAN.matcher(route);
      event.setRouteKey(scan.matches() ? scan.replaceFirst("$1{scanId}$3") : route);
      event.setPathParameters(
          scan.matches()
              ? Map.of("connectionId", connection.group(2), "scanId", scan.group(2))
              : Map.of("connectionId", connection.group(2)));
    } else {
      event.setRouteKey(parts[0]);
    }
    event.setHeaders(Map.of("content-type", "application/json"));
    event.setBody(body);
    event.setRequestContext(
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withAuthorizer(
                APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                    .withJwt(
                        APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT
                            .builder()
                            .withClaims(Map.of("sub", tenant))
                            .build())
                    .build())
            .build());
    return answer(
        handler.handleRequest(event, InvocationContext.of("function", Duration.ofMinutes(3))));
  }

  static Answer answer(APIGatewayV2HTTPResponse response) {
    try {
      return new Answer(
          response.getStatusCode(),
          response.getHeaders(),
          response.getBody(),
          Json.STRICT.readTree(response.getBody()));
    } catch (JacksonException e) {
      throw new AssertionError("an answer is JSON", e);
    }
  }
}
