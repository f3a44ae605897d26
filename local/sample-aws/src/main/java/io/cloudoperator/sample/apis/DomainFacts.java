package io.cloudoperator.sample.apis;

import java.util.List;

/**
 * A custom domain name of API Gateway.
 *
 * @param id its name
 * @param securityPolicy the least TLS that it accepts, such as {@code TLS_1_0}
 */
public record DomainFacts(
    String region,
    String id,
    Endpoint endpoint,
    String securityPolicy,
    boolean mutualTls,
    List<Mapping> mappings)
    implements Regional {

  public DomainFacts {
    mappings = List.copyOf(mappings);
  }

  /**
   * What of a domain leads where.
   *
   * @param path empty for all of the domain; with a slash in it if it has levels
   * @param rest whether it leads to a REST API
   */
  public record Mapping(String path, String apiId, String stage, boolean rest) {}
}
