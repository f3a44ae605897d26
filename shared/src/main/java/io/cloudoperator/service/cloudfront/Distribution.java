package io.cloudoperator.service.cloudfront;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A distribution of CloudFront. The headers that it adds for its origins are not read.
 *
 * @param host such as {@code d111111abcdef8.cloudfront.net}
 * @param aliases the customer's names for it
 * @param plainHttp whether any of its behaviours answers over HTTP without a redirect
 * @param minimumTls the least that it accepts, such as {@code TLSv1.2_2021}
 * @param webAcl the name, or the id, of the WAF web ACL in front of it
 * @param origins the hosts that it fetches from
 */
public record Distribution(
    String id,
    String host,
    List<String> aliases,
    boolean enabled,
    boolean plainHttp,
    String minimumTls,
    Optional<String> webAcl,
    List<String> origins,
    Optional<Instant> lastModified) {
  public Distribution {
    aliases = List.copyOf(aliases);
    origins = List.copyOf(origins);
  }
}
