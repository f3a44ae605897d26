package io.cloudoperator.service.apigateway;

import java.util.List;
import java.util.Optional;

/**
 * A custom domain name of API Gateway.
 *
 * @param tlsPolicy the least that it accepts, such as {@code TLS_1_0}; absent if AWS does not say
 * @param mutualTls whether clients must show a certificate
 * @param targets the hosts of AWS that the name is to point to
 */
public record DomainName(
    String name,
    EndpointType endpointType,
    Optional<String> tlsPolicy,
    boolean mutualTls,
    List<String> targets,
    List<Mapping> mappings) {
  public DomainName {
    targets = List.copyOf(targets);
    mappings = List.copyOf(mappings);
  }

  /**
   * What of the domain leads where.
   *
   * @param basePath empty for all of it; otherwise without slashes at its ends
   * @param apiId of a REST, HTTP or WebSocket API of the same region
   * @param stage empty if the caller's path begins with it
   */
  public record Mapping(String basePath, String apiId, String stage) {}
}
