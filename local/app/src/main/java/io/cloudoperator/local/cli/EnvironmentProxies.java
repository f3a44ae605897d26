package io.cloudoperator.local.cli;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the proxy that leads to an address as curl and the AWS CLI do: by HTTPS_PROXY,
 * HTTP_PROXY, ALL_PROXY and NO_PROXY, else by the JVM's own settings. None leads to the loopback
 * interface.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html">Proxies
 *     of the AWS CLI</a>
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int DEFAULT_PORT = 1080;

  private final Map<String, String> environment;
  private final ProxySelector otherwise;

  private EnvironmentProxies(Map<String, String> environment, ProxySelector otherwise) {
    this.environment = Map.copyOf(environment);
    this.otherwise = otherwise;
  }

  /** From here on, what listens on this machine is reached without a proxy. */
  static void keepLoopbackDirect() {
    if (!(getDefault() instanceof EnvironmentProxies)) {
      setDefault(new EnvironmentProxies(Map.of(), getDefault()));
    }
  }

  /**
   * From here on, all else is reached by the environment's proxies too.
   *
   * @throws CommandException if a variable does not name a proxy
   */
  static void use(Map<String, String> environment) throws CommandException {
    keepLoopbackDirect();
    for (String scheme : List.of("https", "http", "all")) {
      Optional<String> variable = value(environment, scheme + "_proxy");
      if (variable.isPresent()) {
        URI proxy =
            proxy(variable.get())
                .orElseThrow(() ->
                    new CommandException(
                        scheme.toUpperCase(Locale.ROOT)
                            + "_PROXY is not the address of a proxy, such as"
                            + " http://proxy.example:3128."));
        Optional.ofNullable(proxy.getRawUserInfo()).ifPresent(user -> signIn(proxy, user));
      }
    }
    if (getDefault() instanceof EnvironmentProxies before) {
      setDefault(new EnvironmentProxies(environment, before.otherwise));
    }
  }

  /** The JVM sends no password through a proxy to an https address unless it is told to. */
  private static void signIn(URI proxy, String user) {
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    Authenticator.setDefault(new ProxyAuthenticator(proxy, user.split(":", 2)));
  }

  @Override
  public List<Proxy> select(URI address) {
    if (isLoopback(address.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    Optional<URI> proxy =
        value(environment, address.getScheme() + "_proxy")
            .or(() -> value(environment, "all_proxy"))
            .flatMap(EnvironmentProxies::proxy);
    if (proxy.isEmpty()) {
      return otherwise.select(address);
    }
    return isExcepted(address)
        ? List.of(Proxy.NO_PROXY)
        : List.of(new Proxy(type(proxy.get()), socket(proxy.get())));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // Whoever connects is told.
  }

  static boolean isLoopback(@Nullable String host) {
    return host != null
        && (host.equalsIgnoreCase("localhost")
            || host.startsWith("127.")
            || host.equals("[::1]")
            || host.equals("::1"));
  }

  private boolean isExcepted(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    for (String entry : value(environment, "no_proxy").orElse("").split("[,\\s]+", -1)) {
      String name = entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      if (entry.equals("*")
          || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))) {
        return true;
      }
    }
    return false;
  }

  /** In lower case first, as curl has it. */
  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  private static Optional<URI> proxy(String value) {
    try {
      URI proxy = new URI(value.contains("://") ? value : "http://" + value);
      return Optional.of(proxy)
          .filter(url ->
              url.getHost() != null && url.getScheme().matches("(?i)https?|socks[45]?[ah]?"));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static Proxy.Type type(URI proxy) {
    return proxy.getScheme().toLowerCase(Locale.ROOT).startsWith("socks")
        ? Proxy.Type.SOCKS
        : Proxy.Type.HTTP;
  }

  private static InetSocketAddress socket(URI proxy) {
    return InetSocketAddress.createUnresolved(
        proxy.getHost(), proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort());
  }

  /** Tells the password to its own proxy, and to nobody else. */
  private static final class ProxyAuthenticator extends Authenticator {
    private final URI proxy;
    private final String[] user;

    ProxyAuthenticator(URI proxy, String[] user) {
      this.proxy = proxy;
      this.user = user;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
              && proxy.getHost().equalsIgnoreCase(getRequestingHost())
          ? new PasswordAuthentication(
              decoded(user[0]), decoded(user.length > 1 ? user[1] : "").toCharArray())
          : null;
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
