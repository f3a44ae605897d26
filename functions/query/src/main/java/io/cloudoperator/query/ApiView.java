package io.cloudoperator.query;

import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.CatalogComparison;
import io.cloudoperator.inventory.Deployment;
import io.cloudoperator.inventory.DetailsRead;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.RiskFlag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API as the HTTP API shows it.
 *
 * @param readAt when the scan began that read its routes; absent if none has come to it yet
 * @param stagesReadAt when the one began that read its stages, if it is another
 * @param routeCount of all of its routes
 * @param routesBefore how many of them are on the pages before; absent if none
 * @param routes those on this page: nearly always all
 * @param standing {@code declared} or {@code shadow}; absent if no catalogue was declared
 */
record ApiView(
    ApiId id,
    String region,
    ApiKind kind,
    String name,
    Exposure exposure,
    Optional<CatalogComparison.Standing> standing,
    List<EntranceView> entrances,
    List<Deployment> deployments,
    List<String> issuers,
    List<FlagView> flags,
    Optional<Instant> readAt,
    Optional<Instant> stagesReadAt,
    int routeCount,
    Optional<Integer> routesBefore,
    List<Route> routes) {
  /**
   * All of an API.
   *
   * @param scannedAt when the scan began that it is of
   * @param severities of the kinds of flags
   */
  static ApiView of(
      Api api,
      Instant scannedAt,
      Map<RiskFlag.Kind, Severity> severities,
      Optional<CatalogComparison.Standing> standing) {
    Optional<Instant> readAt = api.details().map(DetailsRead::at).orElse(Optional.of(scannedAt));
    Optional<Instant> stagesReadAt = api.details().flatMap(DetailsRead::stagesAt);
    return new ApiView(
        api.id(),
        api.id().region(),
        api.id().kind(),
        api.name(),
        api.exposure(),
        standing,
        api.entrances().stream().map(way -> EntranceView.of(way, api.id().kind())).toList(),
        api.deployments(),
        api.issuers(),
        api.flags().entrySet().stream()
            .map(flag ->
                new FlagView(
                    flag.getKey(),
                    severities.getOrDefault(flag.getKey(), Severity.LOW),
                    flag.getValue()))
            .toList(),
        readAt,
        stagesReadAt.filter(at -> !readAt.equals(Optional.of(at))),
        api.routes().size(),
        Optional.empty(),
        api.routes());
  }

  /** The same with some of its routes alone. */
  ApiView withRoutes(int from, int to) {
    return new ApiView(
        id,
        region,
        kind,
        name,
        exposure,
        standing,
        entrances,
        deployments,
        issuers,
        flags,
        readAt,
        stagesReadAt,
        routeCount,
        from == 0 ? Optional.empty() : Optional.of(from),
        routes.subList(from, to));
  }

  /** How many of its routes have been shown with this page. */
  int shown() {
    return routesBefore.orElse(0) + routes.size();
  }

  /** A way to the API, as an address. */
  record EntranceView(
      Endpoint.Kind kind,
      Optional<String> url,
      Optional<String> stage,
      Exposure exposure,
      Optional<String> tls,
      Optional<String> webAcl,
      boolean mutualTls,
      boolean plainHttp) {
    private static EntranceView of(Endpoint entrance, ApiKind kind) {
      return new EntranceView(
          entrance.kind(),
          url(entrance, kind),
          Optional.of(entrance.stage()).filter(stage -> !stage.isEmpty()),
          entrance.exposure(),
          entrance.tls(),
          entrance.webAcl(),
          entrance.mutualTls(),
          entrance.plainHttp());
    }

    /** Of a listener that is not known to speak HTTP the host and port alone, if it has a name. */
    private static Optional<String> url(Endpoint entrance, ApiKind kind) {
      return kind.is(ApiKind.Trait.WEB_SOCKET)
          ? Optional.of("wss://" + entrance.address())
          : entrance
              .url()
              .or(() -> Optional.of(entrance.address()).filter(_ -> !entrance.name().isEmpty()));
    }
  }

  /** What is wrong with it, and in how many places. */
  record FlagView(RiskFlag.Kind kind, Severity severity, long count) {}
}
