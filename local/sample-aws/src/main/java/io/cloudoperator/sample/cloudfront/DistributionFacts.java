package io.cloudoperator.sample.cloudfront;

import io.cloudoperator.sample.data.Regional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A distribution of CloudFront.
 *
 * @param viewerProtocolPolicy allow-all, redirect-to-https or https-only
 * @param minimumTls such as {@code TLSv1.2_2021}
 * @param webAcl the name of a WAF web ACL
 * @param origins hosts; each gets a header that is a secret
 */
public record DistributionFacts(
    String id,
    List<String> aliases,
    boolean enabled,
    String viewerProtocolPolicy,
    String minimumTls,
    Optional<String> webAcl,
    List<String> origins,
    Instant modified)
    implements Regional {

  public DistributionFacts {
    aliases = List.copyOf(aliases);
    origins = List.copyOf(origins);
  }

  @Override
  public int apis() {
    return 1;
  }

  /** It has none: the word stands in its place. */
  @Override
  public String region() {
    return "global";
  }

  public String host() {
    return "d" + id.substring(1).toLowerCase(java.util.Locale.ROOT) + ".cloudfront.net";
  }
}
