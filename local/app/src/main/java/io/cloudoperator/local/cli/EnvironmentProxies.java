package io.cloudoperator.local.cli;

import io.cloudoperator.local.client.ProxyRoute;
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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
  private static final int HIGHEST_PORT = 65_535;

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
      Optional<Variable> variable = variable(environment, scheme + "_proxy");
      if (variable.isPresent()) {
        URI proxy =
            variable
                .get()
                .proxy()
                .orElseThrow(() ->
                    new CommandException(
                        variable.get().name()
                            + " is not the address of a proxy, such as"
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
    // Nor is a password that is refused sent twenty times, for which accounts are locked.
    System.setProperty("http.maxRedirects", "2");
    Authenticator.setDefault(new ProxyAuthenticator(proxy, user.split(":", 2)));
  }

  @Override
  public List<Proxy> select(URI address) {
    if (isLoopback(address.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    Optional<URI> proxy = leadingTo(address).flatMap(Variable::proxy);
    if (proxy.isEmpty()) {
      return otherwise.select(address);
    }
    return isExcepted(address)
        ? List.of(Proxy.NO_PROXY)
        : List.of(new Proxy(type(proxy.get()), socket(proxy.get())));
  }

  /** What leads to an address from here on, with what names it; empty if that is no proxy. */
  static Optional<ProxyRoute> route(URI address) {
    if (!(getDefault() instanceof EnvironmentProxies proxies)) {
      return Optional.empty();
    }
    Optional<Variable> variable =
        proxies.leadingTo(address).filter(found -> found.proxy().isPresent());
    return proxies.select(address).stream()
        .map(Proxy::address)
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .map(socket ->
            new ProxyRoute(
                socket.getHostString() + ":" + socket.getPort(),
                variable.map(Variable::name).orElse("the JVM's settings"),
                variable
                    .flatMap(Variable::proxy)
                    .map(URI::getRawUserInfo)
                    .map(EnvironmentProxies::basic)
                    .orElse("")))
        .findFirst();
  }

  private static String basic(String rawUser) {
    String[] user = rawUser.split(":", 2);
    String decoded = decoded(user[0]) + ":" + decoded(user.length > 1 ? user[1] : "");
    return "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Variable> leadingTo(URI address) {
    return variable(environment, address.getScheme() + "_proxy")
        .or(() -> variable(environment, "all_proxy"));
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
    for (String entry :
        variable(environment, "no_proxy").map(Variable::value).orElse("").split("[,\\s]+", -1)) {
      String name = entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      if (entry.equals("*")
          || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))) {
        return true;
      }
    }
    return false;
  }

  /** In lower case first, as curl has it. */
  private static Optional<Variable> variable(Map<String, String> environment, String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .filter(environment::containsKey)
        .map(found -> new Variable(found, environment.getOrDefault(found, "")))
        .findFirst()
        .filter(found -> !found.value().isBlank());
  }

  private record Variable(String name, String value) {
    /**
     * Empty if it names none: a word alone may be anything, so that it needs a scheme or a port.
     */
    Optional<URI> proxy() {
      try {
        boolean whole = value.contains("://");
        URI proxy = new URI(whole ? value : "http://" + value);
        return Optional.of(proxy)
            .filter(url ->
                url.getHost() != null && url.getScheme().matches("(?i)https?|socks[45]?[ah]?"))
            .filter(url -> url.getPort() < 0 ? whole : url.getPort() <= HIGHEST_PORT);
      } catch (URISyntaxException _) {
        return Optional.empty();
      }
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

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
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
  }
}
