package io.cloudoperator.inventory;

import io.cloudoperator.inventory.ApiChanges.Difference;
import java.util.List;

/** What differs in a route. */
final class RouteDifferences {
  private RouteDifferences() {}

  static List<Difference> of(Route before, Route now) {
    PropertyDifferences differences = new PropertyDifferences();
    if (comparable(before, now)) {
      differences.compare(
          "authorization",
          PropertyValues.of(before.authorization()),
          PropertyValues.of(now.authorization()));
    }
    return differences
        .compare(
            "authorizer",
            PropertyValues.of(before.authorizer()),
            PropertyValues.of(now.authorizer()))
        .compare(
            "apiKeyRequired",
            PropertyValues.of(before.apiKeyRequired()),
            PropertyValues.of(now.apiKeyRequired()))
        .compare(before.exposure(), now.exposure())
        .compare(
            "integration",
            PropertyValues.of(before.integration()),
            PropertyValues.of(now.integration()))
        .found();
  }

  /** Whether mutual TLS is asked for is not known where domains were not read. */
  private static boolean comparable(Route before, Route now) {
    boolean known = before.exposure() != Exposure.UNKNOWN && now.exposure() != Exposure.UNKNOWN;
    return known
        || (before.authorization() != Authorization.MUTUAL_TLS
            && now.authorization() != Authorization.MUTUAL_TLS);
  }
}
