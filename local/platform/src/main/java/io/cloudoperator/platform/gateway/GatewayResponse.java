package io.cloudoperator.platform.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What goes back to a client: a body as text, or in Base64. */
record GatewayResponse(
    int status, Map<String, String> headers, List<String> cookies, String body, boolean base64) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The server's own business. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "date", "transfer-encoding", "keep-alive");

  // https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 and #section-5.5
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\P{Cntrl}]*");

  /**
   * API Gateway's own answers, {@code {"message": …}}, here with the members of a problem as well:
   * who develops against a laptop sees one form of refusal.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
   */
  static GatewayResponse message(int status, String message) {
    String detail =
        switch (status) {
          case 401 -> "The request has no access token that is valid here.";
          case 403 -> "The access token lacks the scope that this route asks for.";
          case 404 -> "There is no such route.";
          case 408 -> "A request is to be sent within 30 seconds.";
          case 413 -> "A request may have 10 MB at most.";
          case 503 -> "The function did not answer in time.";
          default -> "The function failed.";
        };
    return message(status, message, detail);
  }

  /** The same, for a reason of its own. */
  static GatewayResponse message(int status, String message, String detail) {
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
    return new GatewayResponse(
        status, Map.of("content-type", "application/problem+json"), List.of(), problem, false);
  }

  private static GatewayResponse json(int status, String body) {
    return new GatewayResponse(
        status, Map.of("content-type", "application/json"), List.of(), body, false);
  }

  GatewayResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new GatewayResponse(status, more, cookies, body, base64);
  }

  /**
   * Reads a function's answer in payload format 2.0; empty if it is malformed. An answer without a
   * status code is itself the body.
   */
  static Optional<GatewayResponse> read(String answer) {
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
      GatewayResponse response = new GatewayResponse(status, headers, cookies, body, base64);
      response.bytes();
      return Optional.of(response).filter(GatewayResponse::isHttp);
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private boolean isHttp() {
    return headers.keySet().stream().allMatch(name -> NAME.matcher(name).matches())
        && headers.values().stream().allMatch(value -> VALUE.matcher(value).matches())
        && cookies.stream().allMatch(cookie -> VALUE.matcher(cookie).matches());
  }

  /** Throws IllegalArgumentException if the body is not the Base64 that it says it is. */
  private byte[] bytes() {
    return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
  }

  /** Sends it, and ends the exchange. */
  void send(Response response, Callback callback, String requestId) {
    response.setStatus(status);
    headers.forEach((name, value) -> {
      if (!HOP_BY_HOP.contains(name)) {
        response.getHeaders().put(name, value);
      }
    });
    cookies.forEach(cookie -> response.getHeaders().add("set-cookie", cookie));
    response.getHeaders().put("apigw-requestid", requestId);
    response.write(true, ByteBuffer.wrap(bytes()), callback);
  }
}
