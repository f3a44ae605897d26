package io.cloudoperator.inventory;

import io.cloudoperator.scan.RiskFlag;
import java.util.Collections;
import java.util.List;
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
 */
public record Api(
    ApiId id,
    String name,
    Exposure exposure,
    List<Endpoint> entrances,
    List<Deployment> deployments,
    List<Route> routes,
    List<String> issuers,
    SortedMap<RiskFlag.Kind, Long> flags) {
  public Api {
    entrances = List.copyOf(entrances);
    deployments = List.copyOf(deployments);
    routes = List.copyOf(routes);
    issuers = List.copyOf(issuers);
    flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
  }
}
