package io.cloudoperator.apis;

import io.cloudoperator.apis.ApiChanges.Difference;
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
    Differences differences = new Differences().compare("name", before.name(), now.name());
    if (exposureIsKnown(now.id())) {
      differences.compare(before.exposure(), now.exposure());
    }
    differences.compare(
        "issuers", String.join(", ", before.issuers()), String.join(", ", now.issuers()));
    new Pairs<String, Entrance>(known(before), known(now), Entrance::address)
        .each((address, old, way) -> entrance("entrance " + address, old, way, differences));
    new Pairs<String, Deployment>(before.deployments(), now.deployments(), Deployment::stage)
        .each((name, old, stage) -> stage("stage " + name, old, stage, differences));
    return differences
        .compare(
            ApiChanges.DEPLOYED,
            Words.of(Deployments.last(before.deployments())),
            Words.of(Deployments.last(now.deployments())))
        .found();
  }

  /** A distribution can open a load balancer that is internal. */
  private boolean exposureIsKnown(ApiId api) {
    return api.kind() != ApiKind.LOAD_BALANCER || compared.contains(DISTRIBUTIONS);
  }

  private static final Inventory.Source DISTRIBUTIONS =
      new Inventory.Source(ApiId.GLOBAL, ApiService.DISTRIBUTIONS);

  /** The ways that would be found both times if they were there. */
  private List<Entrance> known(Api api) {
    return api.entrances().stream().filter(way -> known(api.id(), way.kind())).toList();
  }

  private boolean known(ApiId api, Entrance.Kind kind) {
    return switch (kind) {
      case DEFAULT_ENDPOINT, LISTENER -> true;
      case CUSTOM_DOMAIN -> domainsAreKnown(api);
      case DISTRIBUTION -> compared.contains(DISTRIBUTIONS) && domainsAreKnown(api);
    };
  }

  private boolean domainsAreKnown(ApiId api) {
    return switch (api.kind()) {
      case REST, HTTP, WEBSOCKET ->
          compared.contains(new Inventory.Source(api.region(), ApiService.DOMAIN_NAMES));
      case FUNCTION_URL, GRAPHQL, LOAD_BALANCER, DISTRIBUTION -> true;
    };
  }

  private static void entrance(
      String property, Optional<Entrance> before, Optional<Entrance> now, Differences differences) {
    if (before.isEmpty() || now.isEmpty()) {
      differences.compare(
          property,
          Words.of(before.map(way -> Words.of(way.exposure()))),
          Words.of(now.map(way -> Words.of(way.exposure()))));
      return;
    }
    Entrance old = before.get();
    Entrance way = now.get();
    differences
        .compare(property + " stage", old.stage(), way.stage())
        .compare(property + " exposure", Words.of(old.exposure()), Words.of(way.exposure()))
        .compare(property + " tls", Words.of(old.tls()), Words.of(way.tls()))
        .compare(property + " webAcl", Words.of(old.webAcl()), Words.of(way.webAcl()))
        .compare(property + " mutualTls", Words.of(old.mutualTls()), Words.of(way.mutualTls()))
        .compare(property + " plainHttp", Words.of(old.plainHttp()), Words.of(way.plainHttp()));
  }

  private static void stage(
      String property,
      Optional<Deployment> before,
      Optional<Deployment> now,
      Differences differences) {
    if (before.isEmpty() || now.isEmpty()) {
      differences.compare(
          property,
          Words.of(before.map(ApiDifferences::state)),
          Words.of(now.map(ApiDifferences::state)));
      return;
    }
    Deployment old = before.get();
    Deployment stage = now.get();
    differences
        .compare(property, state(old), state(stage))
        .compare(property + " accessLogs", Words.of(old.accessLogs()), Words.of(stage.accessLogs()))
        .compare(property + " throttled", Words.of(old.throttled()), Words.of(stage.throttled()))
        .compare(property + " webAcl", Words.of(old.webAcl()), Words.of(stage.webAcl()));
  }

  private static String state(Deployment stage) {
    return stage.deployed() ? "deployed" : "not deployed";
  }
}
