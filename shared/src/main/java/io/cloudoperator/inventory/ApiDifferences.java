package io.cloudoperator.inventory;

import io.cloudoperator.inventory.ApiChanges.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The differences of an API itself, and of one of its routes. */
final class ApiDifferences {
  private final Set<Inventory.Source> compared;

  /**
   * @param compared the sources that were read both times
   */
  ApiDifferences(Set<Inventory.Source> compared) {
    this.compared = compared;
  }

  List<Difference> of(Api before, Api now) {
    PropertyDifferences differences =
        new PropertyDifferences().compare("name", before.name(), now.name());
    if (exposureIsKnown(now.id())) {
      differences.compare(before.exposure(), now.exposure());
    }
    differences.compare(
        "issuers", String.join(", ", before.issuers()), String.join(", ", now.issuers()));
    return differences
        .compare(
            "entrance",
            known(before),
            known(now),
            Endpoint::address,
            way -> PropertyValues.of(way.exposure()),
            ApiDifferences::properties)
        .compare(
            "stage",
            before.deployments(),
            now.deployments(),
            Deployment::stage,
            ApiDifferences::state,
            ApiDifferences::properties)
        .compare(
            ApiChanges.DEPLOYED,
            PropertyValues.of(Deployment.last(before.deployments())),
            PropertyValues.of(Deployment.last(now.deployments())))
        .found();
  }

  /** A distribution can open a load balancer that is internal. */
  private boolean exposureIsKnown(ApiId api) {
    return !api.kind().is(ApiKind.Trait.OPENED_BY_DISTRIBUTIONS) || distributionsAreKnown();
  }

  private boolean distributionsAreKnown() {
    return compared.stream()
        .anyMatch(source -> source.service().name().equals(ApiSource.DISTRIBUTIONS));
  }

  /** The ways that would be found both times if they were there. */
  private List<Endpoint> known(Api api) {
    return api.entrances().stream().filter(way -> known(api.id(), way.kind())).toList();
  }

  private boolean known(ApiId api, Endpoint.Kind kind) {
    return switch (kind) {
      case DEFAULT_ENDPOINT, LISTENER -> true;
      case CUSTOM_DOMAIN -> domainsAreKnown(api);
      case DISTRIBUTION -> distributionsAreKnown() && domainsAreKnown(api);
    };
  }

  private boolean domainsAreKnown(ApiId api) {
    return api.kind()
        .domains()
        .map(domains -> compared.contains(new Inventory.Source(api.region(), domains)))
        .orElse(true);
  }

  private static Map<String, String> properties(Endpoint way) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("stage", way.stage());
    properties.put("exposure", PropertyValues.of(way.exposure()));
    properties.put("tls", PropertyValues.of(way.tls()));
    properties.put("webAcl", PropertyValues.of(way.webAcl()));
    properties.put("mutualTls", PropertyValues.of(way.mutualTls()));
    properties.put("plainHttp", PropertyValues.of(way.plainHttp()));
    return properties;
  }

  private static Map<String, String> properties(Deployment stage) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("", state(stage));
    properties.put("accessLogs", PropertyValues.of(stage.accessLogs()));
    properties.put("throttled", PropertyValues.of(stage.throttled()));
    properties.put("webAcl", PropertyValues.of(stage.webAcl()));
    return properties;
  }

  private static String state(Deployment stage) {
    return stage.deployed() ? "deployed" : "not deployed";
  }

  /** What differs in a route. */
  static List<Difference> of(Route before, Route now) {
    PropertyDifferences differences = new PropertyDifferences();
    // Whether mutual TLS is asked for is not known where domains were not read.
    boolean known = before.exposure() != Exposure.UNKNOWN && now.exposure() != Exposure.UNKNOWN;
    if (known
        || (before.authorization() != Authorization.MUTUAL_TLS
            && now.authorization() != Authorization.MUTUAL_TLS)) {
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
}
