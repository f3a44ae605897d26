package io.cloudoperator.platform.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes back to a client: a body as text, or in Base64. */
record Response(
    int status, Map<String, String> headers, List<String> cookies, String body, boolean base64) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The server's own business. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "date", "transfer-encoding", "keep-alive");

  /**
   * API Gateway's own answers, {@code {"message": …}}, here with the members of a problem as well:
   * who develops against a laptop sees one form of refusal.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
   */
  static Response message(int status, String message) {
    String detail =
        switch (status) {
          case 401 -> "The request has no access token that is valid here.";
          case 403 -> "The access token lacks the scope that this route asks for.";
          case 404 -> "There is no such route.";
          case 413 -> "A request may have 10 MB at most.";
          case 503 -> "The function did not answer in time.";
          default -> "The function failed.";
        };
    return message(status, message, detail);
  }

  /** The same, for a reason of its own. */
  static Response message(int status, String message, String detail) {
    String problem =
        MAPPER
            .createObjectNode()
            .put("type", "about:blank")
            .put("title", message)
            .put("status", status)
            .put("detail", detail)
            .put("code", message.toLowerCase(Locale.ROOT).replace(' ', '_'))
            .put("message", message)
            .toString();
    return new Response(
        status, Map.of("content-type", "application/problem+json"), List.of(), problem, false);
  }

  private static Response json(int status, String body) {
    return new Response(status, Map.of("content-type", "application/json"), List.of(), body, false);
  }

  Response with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, more, cookies, body, base64);
  }

  /**
   * Reads a function's answer in payload format 2.0; empty if it is malformed. An answer without a
   * status code is itself the body.
   */
  static Optional<Response> read(String answer) {
    try {
      JsonNode json = MAPPER.readTree(answer);
      if (!json.has("statusCode")) {
        return Optional.of(json(200, answer));
      }
      int status = json.path("statusCode").asInt(-1);
      if (status < 200 || status > 599) {
        return Optional.empty();
      }
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("content-type", "text/plain;charset=UTF-8");
      for (var header : json.path("headers").properties()) {
        headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText());
      }
      List<String> cookies = new ArrayList<>();
      json.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
      String body = json.path("body").isNull() ? "" : json.path("body").asText("");
      boolean base64 = json.path("isBase64Encoded").asBoolean();
      Response response = new Response(status, headers, cookies, body, base64);
      response.bytes();
      return Optional.of(response);
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Throws IllegalArgumentException if the body is not the Base64 that it says it is. */
  private byte[] bytes() {
    return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
  }

  void send(HttpExchange exchange, String requestId) throws IOException {
    headers.forEach((name, value) -> {
      if (!HOP_BY_HOP.contains(name)) {
        exchange.getResponseHeaders().set(name, value);
      }
    });
    cookies.forEach(cookie -> exchange.getResponseHeaders().add("set-cookie", cookie));
    exchange.getResponseHeaders().set("apigw-requestid", requestId);
    byte[] bytes = bytes();
    boolean bodiless =
        exchange.getRequestMethod().equals("HEAD")
            || status == 204
            || status == 304
            || bytes.length == 0;
    exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
    if (!bodiless) {
      exchange.getResponseBody().write(bytes);
      // Before the server waits for what is left of a request that was refused.
      exchange.getResponseBody().flush();
    }
  }
}
