package io.cloudoperator.platform.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/**
 * Writes a request as the event of payload format 2.0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda integrations</a>
 */
final class Events {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Set<String> TEXT_TYPES =
      Set.of("application/json", "application/javascript", "application/xml");

  private Events() {}

  static ObjectNode event(
      Request request,
      String api,
      Router.Match match,
      Optional<JwtVerifier.Verified> token,
      Set<String> scopes,
      byte[] body,
      String requestId,
      Instant now) {
    String path = path(request);
    String query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
    Map<String, String> headers = headers(request);
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "2.0");
    event.put("routeKey", match.target().key());
    event.put("rawPath", path);
    event.put("rawQueryString", query);
    List<String> cookies = cookies(request);
    if (!cookies.isEmpty()) {
      cookies.forEach(event.putArray("cookies")::add);
    }
    headers.forEach(event.putObject("headers")::put);
    Map<String, String> parameters = queryParameters(query);
    if (!parameters.isEmpty()) {
      parameters.forEach(event.putObject("queryStringParameters")::put);
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("accountId", "000000000000");
    context.put("apiId", api);
    token.ifPresent(verified -> {
      ObjectNode jwt = context.putObject("authorizer").putObject("jwt");
      verified.claims().forEach(jwt.putObject("claims")::put);
      if (scopes.isEmpty()) {
        jwt.putNull("scopes");
      } else {
        scopes.stream().sorted().forEach(jwt.putArray("scopes")::add);
      }
    });
    String domain = headers.getOrDefault("host", "");
    context.put("domainName", domain);
    context.put("domainPrefix", domain.split("[.:]", 2)[0]);
    context
        .putObject("http")
        .put("method", request.getMethod())
        .put("path", path)
        .put("protocol", request.getConnectionMetaData().getProtocol())
        .put("sourceIp", Request.getRemoteAddr(request))
        .put("userAgent", headers.getOrDefault("user-agent", ""));
    context.put("requestId", requestId);
    context.put("routeKey", match.target().key());
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    if (!match.pathParameters().isEmpty()) {
      match.pathParameters().forEach(event.putObject("pathParameters")::put);
    }
    boolean text = text(headers.getOrDefault("content-type", "text/plain"));
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
    return event;
  }

  /** As it was sent; "/" where a request has none. */
  static String path(Request request) {
    return Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      if (!field.is("cookie")) {
        String value = Optional.ofNullable(field.getValue()).orElse("");
        headers.merge(
            field.getName().toLowerCase(Locale.ROOT), value, (before, next) -> before + "," + next);
      }
    }
    return headers;
  }

  private static List<String> cookies(Request request) {
    List<String> cookies = new ArrayList<>();
    for (String header : request.getHeaders().getValuesList("cookie")) {
      for (String cookie : header.split(";", -1)) {
        if (!cookie.isBlank()) {
          cookies.add(cookie.strip());
        }
      }
    }
    return cookies;
  }

  private static Map<String, String> queryParameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String value = parts.length == 2 ? decoded(parts[1]) : "";
        parameters.merge(decoded(parts[0]), value, (before, next) -> before + "," + next);
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static boolean text(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || TEXT_TYPES.contains(type)
        || type.endsWith("+json")
        || type.endsWith("+xml");
  }
}
