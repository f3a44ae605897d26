package io.cloudoperator.service.apigateway;

import io.cloudoperator.service.apigateway.DomainName.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * A domain as it is listed, before it was asked what of it leads where.
 *
 * @param domain without mappings
 * @param id what a private domain has beside its name
 */
record FoundDomain(DomainName domain, Optional<String> id, RoutingMode mode) {
  /** Whether it has to be told from others of its name. */
  boolean isPrivate() {
    return domain.endpointType() == EndpointType.PRIVATE && id.isPresent();
  }

  DomainName with(List<Mapping> mappings) {
    return new DomainName(
        domain.name(),
        domain.endpointType(),
        domain.tlsPolicy(),
        domain.mutualTls(),
        domain.targets(),
        mappings);
  }
}
