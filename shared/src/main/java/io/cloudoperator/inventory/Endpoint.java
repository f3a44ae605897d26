package io.cloudoperator.inventory;

import java.util.Comparator;
import java.util.Optional;

/**
 * A way to an API.
 *
 * @param host that callers use; of a load balancer with the listener's port
 * @param path that all paths of the API begin with there; empty, or like {@code /prod}
 * @param stage that is reached; empty where there are none, or where the path names it
 * @param exposure who can use it
 * @param tls the least that it accepts, as AWS names it; absent if AWS does not say
 * @param webAcl the name of the WAF web ACL on this way
 * @param mutualTls whether it asks for a client certificate
 * @param plainHttp whether it answers over HTTP without a redirect to HTTPS
 */
public record Endpoint(
    Kind kind,
    String host,
    String path,
    String stage,
    Exposure exposure,
    Optional<String> tls,
    Optional<String> webAcl,
    boolean mutualTls,
    boolean plainHttp)
    implements Comparable<Endpoint> {
  private static final Comparator<Endpoint> ORDER =
      Comparator.comparing(Endpoint::kind)
          .thenComparing(Endpoint::host)
          .thenComparing(Endpoint::path)
          .thenComparing(Endpoint::stage);

  /** The host that AWS gave to an API without stages. */
  public static Endpoint ofAws(String host, Exposure exposure, Optional<String> webAcl) {
    return new Endpoint(
        Kind.DEFAULT_ENDPOINT, host, "", "", exposure, Optional.empty(), webAcl, false, false);
  }

  /** The address after {@code https://}, which identifies it in its API. */
  public String address() {
    return host + path;
  }

  /**
   * What a client of HTTP calls. Absent of a listener that has no name, as a gateway load
   * balancer's, or of which nothing tells that it speaks HTTP: it has neither TLS nor plain HTTP.
   */
  public Optional<String> url() {
    if (kind != Kind.LISTENER) {
      return Optional.of("https://" + address());
    }
    if (name().isEmpty() || (tls.isEmpty() && !plainHttp)) {
      return Optional.empty();
    }
    return Optional.of((plainHttp ? "http://" : "https://") + address());
  }

  /** Whether it is known to accept TLS 1.0 or 1.1. */
  boolean allowsOldTls() {
    return tls.filter(TlsPolicies::allowsBelow12).isPresent();
  }

  /** The host without a port, as DNS resolves it. */
  public String name() {
    int port = host.lastIndexOf(':');
    return port < 0 ? host : host.substring(0, port);
  }

  @Override
  public int compareTo(Endpoint other) {
    return ORDER.compare(this, other);
  }

  /** What kind of way. */
  public enum Kind {
    /** The host that AWS gave to it. */
    DEFAULT_ENDPOINT,
    CUSTOM_DOMAIN,
    LISTENER,
    /** A CloudFront distribution that has the API as an origin. */
    DISTRIBUTION
  }
}
