package io.cloudoperator.sample.wire;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A request as it came, undecoded, which is what its signature is over. */
public final class WireRequest {

  /** Far above what any operation of the sample takes. */
  private static final int LARGEST_BODY = 1 << 20;

  private final String method;
  private final String rawPath;
  private final String rawQuery;
  private final Headers headers;
  private final byte[] body;

  private WireRequest(
      String method, String rawPath, String rawQuery, Headers headers, byte[] body) {
    this.method = method;
    this.rawPath = rawPath;
    this.rawQuery = rawQuery;
    this.headers = headers;
    this.body = body;
  }

  static WireRequest read(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new AwsError(413, "RequestEntityTooLarge", "The request is too large");
    }
    return new WireRequest(
        exchange.getRequestMethod(),
        Optional.ofNullable(uri.getRawPath()).filter(path -> !path.isEmpty()).orElse("/"),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        exchange.getRequestHeaders(),
        body);
  }

  public String method() {
    return method;
  }

  public String rawPath() {
    return rawPath;
  }

  public String rawQuery() {
    return rawQuery;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  List<String> headerValues(String name) {
    List<String> values = headers.get(name);
    return values == null ? List.of() : values;
  }

  String bodySha256() {
    return SigV4.sha256Hex(body);
  }

  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
