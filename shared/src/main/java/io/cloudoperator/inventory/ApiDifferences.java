package io.cloudoperator.inventory;

import io.cloudoperator.inventory.ApiChanges.Difference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What differs in an API itself. Its routes are compared one by one. */
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
    new KeyedDiff<String, Endpoint>(known(before), known(now), Endpoint::address)
        .each((address, old, way) -> entrance("entrance " + address, old, way, differences));
    new KeyedDiff<String, Deployment>(before.deployments(), now.deployments(), Deployment::stage)
        .each((name, old, stage) -> stage("stage " + name, old, stage, differences));
    return differences
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

  private static void entrance(
      String property,
      Optional<Endpoint> before,
      Optional<Endpoint> now,
      PropertyDifferences differences) {
    if (before.isEmpty() || now.isEmpty()) {
      differences.compare(
          property,
          PropertyValues.of(before.map(way -> PropertyValues.of(way.exposure()))),
          PropertyValues.of(now.map(way -> PropertyValues.of(way.exposure()))));
      return;
    }
    Endpoint old = before.get();
    Endpoint way = now.get();
    differences
        .compare(property + " stage", old.stage(), way.stage())
        .compare(
            property + " exposure",
            PropertyValues.of(old.exposure()),
            PropertyValues.of(way.exposure()))
        .compare(property + " tls", PropertyValues.of(old.tls()), PropertyValues.of(way.tls()))
        .compare(
            property + " webAcl", PropertyValues.of(old.webAcl()), PropertyValues.of(way.webAcl()))
        .compare(
            property + " mutualTls",
            PropertyValues.of(old.mutualTls()),
            PropertyValues.of(way.mutualTls()))
        .compare(
            property + " plainHttp",
            PropertyValues.of(old.plainHttp()),
            PropertyValues.of(way.plainHttp()));
  }

  private static void stage(
      String property,
      Optional<Deployment> before,
      Optional<Deployment> now,
      PropertyDifferences differences) {
    if (before.isEmpty() || now.isEmpty()) {
      differences.compare(
          property,
          PropertyValues.of(before.map(ApiDifferences::state)),
          PropertyValues.of(now.map(ApiDifferences::state)));
      return;
    }
    Deployment old = before.get();
    Deployment stage = now.get();
    differences
        .compare(property, state(old), state(stage))
        .compare(
            property + " accessLogs",
            PropertyValues.of(old.accessLogs()),
            PropertyValues.of(stage.accessLogs()))
        .compare(
            property + " throttled",
            PropertyValues.of(old.throttled()),
            PropertyValues.of(stage.throttled()))
        .compare(
            property + " webAcl",
            PropertyValues.of(old.webAcl()),
            PropertyValues.of(stage.webAcl()));
  }

  private static String state(Deployment stage) {
    return stage.deployed() ? "deployed" : "not deployed";
  }
}
