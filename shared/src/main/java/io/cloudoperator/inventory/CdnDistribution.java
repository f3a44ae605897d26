package io.cloudoperator.inventory;

import java.util.List;
import java.util.Optional;

/**
 * An enabled distribution of a content delivery network, as callers and origins see it.
 *
 * @param hosts the names that it answers to: AWS's own, and the customer's
 * @param origins the hosts that it fetches from
 * @param tls the least that it accepts; absent if AWS does not say
 * @param webAcl the name of the WAF web ACL in front of it
 * @param plainHttp whether it answers over HTTP without a redirect
 */
public record CdnDistribution(
    List<String> hosts,
    List<String> origins,
    Optional<String> tls,
    Optional<String> webAcl,
    boolean plainHttp) {
  public CdnDistribution {
    hosts = hosts.stream().distinct().toList();
    origins = List.copyOf(origins);
  }

  /** The ways through it, one for each of its names. */
  public List<Endpoint> endpoints(
      Exposure exposure, Optional<String> behindWebAcl, boolean mutualTls) {
    return hosts.stream()
        .map(host ->
            new Endpoint(
                Endpoint.Kind.DISTRIBUTION,
                host,
                "",
                "",
                exposure,
                tls,
                behindWebAcl,
                mutualTls,
                plainHttp))
        .toList();
  }
}
