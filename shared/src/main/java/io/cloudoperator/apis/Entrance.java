package io.cloudoperator.apis;

import java.util.Optional;

/**
 * A way to an API.
 *
 * @param host that callers use
 * @param path that all paths of the API begin with there; empty, or like {@code /prod}
 * @param stage that is reached; empty where there are none, or where the path names it
 * @param exposure who can use it
 * @param tls the least that it accepts, as AWS names it; absent if AWS does not say
 * @param webAcl the name of the WAF web ACL on this way
 * @param mutualTls whether it asks for a client certificate
 * @param plainHttp whether it answers over HTTP without a redirect to HTTPS
 */
public record Entrance(
    Kind kind,
    String host,
    String path,
    String stage,
    Exposure exposure,
    Optional<String> tls,
    Optional<String> webAcl,
    boolean mutualTls,
    boolean plainHttp) {
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
