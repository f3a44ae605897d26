package io.cloudoperator.apis;

import io.cloudoperator.apis.ApiChanges.Difference;
import java.util.List;

/** What differs in a route. */
final class RouteDifferences {
  private RouteDifferences() {}

  static List<Difference> of(Route before, Route now) {
    Differences differences = new Differences();
    if (comparable(before, now)) {
      differences.compare(
          "authorization", Words.of(before.authorization()), Words.of(now.authorization()));
    }
    return differences
        .compare("authorizer", Words.of(before.authorizer()), Words.of(now.authorizer()))
        .compare(
            "apiKeyRequired", Words.of(before.apiKeyRequired()), Words.of(now.apiKeyRequired()))
        .compare(before.exposure(), now.exposure())
        .compare("integration", Words.of(before.integration()), Words.of(now.integration()))
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
