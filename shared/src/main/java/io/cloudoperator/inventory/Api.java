package io.cloudoperator.inventory;

import io.cloudoperator.scan.RiskFlag;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An API with its endpoints, routes and flags.
 *
 * @param exposure of its most exposed route or entrance
 * @param entrances every way to it that is open
 * @param deployments its stages; none where the service has none
 * @param routes in the order of their paths
 * @param issuers of the tokens that its routes take
 * @param flags what is wrong with it, and in how many places
 * @param details when they were read; absent if all of it was read by the scan that it is of
 */
public record Api(
    ApiId id,
    String name,
    Exposure exposure,
    List<Endpoint> entrances,
    List<Deployment> deployments,
    List<Route> routes,
    List<String> issuers,
    SortedMap<RiskFlag.Kind, Long> flags,
    Optional<DetailsRead> details) {
  public Api {
    entrances = List.copyOf(entrances);
    deployments = List.copyOf(deployments);
    routes = List.copyOf(routes);
    issuers = List.copyOf(issuers);
    flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
  }

  /** One that its scan has read whole. */
  public Api(
      ApiId id,
      String name,
      Exposure exposure,
      List<Endpoint> entrances,
      List<Deployment> deployments,
      List<Route> routes,
      List<String> issuers,
      SortedMap<RiskFlag.Kind, Long> flags) {
    this(id, name, exposure, entrances, deployments, routes, issuers, flags, Optional.empty());
  }

  /** One that is listed, and that no scan has come to yet: who can reach it is not known. */
  public static Api listed(ApiId id, String name) {
    return new Api(
        id,
        name,
        Exposure.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new TreeMap<>(),
        Optional.of(DetailsRead.NEVER));
  }

  /** The same, of which some was read earlier. */
  public Api with(DetailsRead read) {
    return new Api(
        id, name, exposure, entrances, deployments, routes, issuers, flags, Optional.of(read));
  }

  /** Whether nothing is known of it but that it is there. */
  public boolean listedOnly() {
    return details.filter(read -> read.at().isEmpty()).isPresent();
  }
}
