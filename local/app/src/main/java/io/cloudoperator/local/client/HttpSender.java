package io.cloudoperator.local.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends requests, and says in one sentence why one was not answered, and through which proxy. */
public final class HttpSender implements AutoCloseable {
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  // Longer than API Gateway lets a request take, so that its own answer is seen.
  private static final Duration TIMEOUT = Duration.ofSeconds(35);

  // The JDK's words of a proxy that answers CONNECT with something else than 200 or 407.
  private static final Pattern NO_TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI base;
  private final Optional<ProxyRoute> proxy;

  /**
   * @param base what the sentences name
   * @param proxy through which it is reached
   */
  public HttpSender(URI base, Optional<ProxyRoute> proxy) {
    this.base = base;
    this.proxy = proxy;
  }

  /**
   * The answer, whatever its status.
   *
   * @throws ApiException if there is none, or it is the proxy's own
   */
  public HttpResponse<String> send(HttpRequest.Builder request)
      throws ApiException, InterruptedException {
    // Not by an Authenticator: with one, the JDK throws where a 401 or 407 lacks its header. The
    // JDK sends this to the proxy alone.
    proxy
        .map(ProxyRoute::authorization)
        .filter(credentials -> !credentials.isEmpty())
        .ifPresent(credentials -> request.setHeader("proxy-authorization", credentials));
    HttpResponse<String> response;
    try {
      response = http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ApiException(
          503,
          "",
          "%s does not answer%s: %s."
              .formatted(base, proxy.map(through -> " through " + through).orElse(""), reason(e)));
    }
    if (response.statusCode() == PROXY_AUTHENTICATION_REQUIRED) {
      throw new ApiException(response.statusCode(), "", proxyRefuses());
    }
    return response;
  }

  private String proxyRefuses() {
    if (proxy.isEmpty()) {
      return base + " answers as a proxy that asks for a password (HTTP status 407).";
    }
    ProxyRoute asks = proxy.get();
    return asks.authorization().isEmpty()
        ? "A user and a password are asked for by %s (HTTP status 407), and stand before its host: http://USER:PASSWORD@%s."
            .formatted(asks, asks.hostAndPort())
        : "The user and the password that stand before its host are refused by %s (HTTP status 407)."
            .formatted(asks);
  }

  private String reason(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "no name server knows %s".formatted(proxy.isPresent() ? "the proxy" : "its name");
      }
    }
    if (failure instanceof HttpTimeoutException) {
      return "it took too long";
    }
    String message = String.valueOf(failure.getMessage()).replaceFirst("\\.$", "");
    Matcher noTunnel = NO_TUNNEL.matcher(message);
    if (noTunnel.find()) {
      return "the proxy answers with HTTP status " + noTunnel.group(1);
    }
    return failure.getMessage() == null ? "no connection could be made" : message;
  }

  @Override
  public void close() {
    http.close();
  }
}
