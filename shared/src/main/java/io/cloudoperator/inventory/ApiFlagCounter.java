package io.cloudoperator.inventory;

import io.cloudoperator.scan.RiskFlag.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Counts the flags of one API. */
public final class ApiFlagCounter {
  /** An API that was last deployed longer ago is flagged: it may not be in use. */
  public static final Duration LONG_AGO = Duration.ofDays(365);

  private final SortedMap<Kind, Long> counts = new TreeMap<>();

  /** A flag that is found nowhere is not counted. */
  public ApiFlagCounter add(Kind kind, long count) {
    if (count > 0) {
      counts.merge(kind, count, Long::sum);
    }
    return this;
  }

  public ApiFlagCounter openRoutes(List<Route> routes) {
    return add(Kind.ROUTES_WITHOUT_AUTHORIZATION, count(routes, Route::openToAnyone));
  }

  /** Names that accept old TLS. A distribution before an API answers for itself. */
  public ApiFlagCounter tls(ApiKind kind, List<Endpoint> ways) {
    return add(
        Kind.TLS_BELOW_1_2,
        ways.stream()
            .filter(way -> answersFor(kind, way) && way.allowsOldTls())
            .map(Endpoint::host)
            .distinct()
            .count());
  }

  public static boolean answersFor(ApiKind kind, Endpoint way) {
    return way.kind() != Endpoint.Kind.DISTRIBUTION || kind.is(ApiKind.Trait.DISTRIBUTION);
  }

  /** A default endpoint that answers beside the way that callers are meant to take. */
  public ApiFlagCounter bypass(List<Endpoint> ways) {
    List<Endpoint> defaults =
        ways.stream().filter(way -> way.kind() == Endpoint.Kind.DEFAULT_ENDPOINT).toList();
    boolean domain = ways.stream().anyMatch(way -> way.kind() == Endpoint.Kind.CUSTOM_DOMAIN);
    boolean outside =
        defaults.stream().anyMatch(way -> way.exposure().compareTo(Exposure.RESTRICTED) <= 0);
    boolean around =
        defaults.stream()
            .filter(way -> way.exposure() == Exposure.PUBLIC)
            .anyMatch(way -> ways.stream().anyMatch(other -> avoids(way, other)));
    return add(Kind.DEFAULT_ENDPOINT_ON, domain && outside ? 1 : 0)
        .add(Kind.ENDPOINT_BYPASSES_DOMAIN, around ? 1 : 0);
  }

  private static boolean avoids(Endpoint way, Endpoint other) {
    boolean leadTogether =
        way.stage().isEmpty() || other.stage().isEmpty() || way.stage().equals(other.stage());
    return leadTogether
        && ((other.mutualTls() && !way.mutualTls())
            || (other.webAcl().isPresent() && way.webAcl().isEmpty()));
  }

  /** Of stages, only those to which something was deployed can be called. */
  public ApiFlagCounter stages(List<Deployment> stages, Instant at) {
    List<Deployment> deployed = stages.stream().filter(Deployment::deployed).toList();
    boolean longAgo =
        Deployment.last(stages).filter(last -> last.isBefore(at.minus(LONG_AGO))).isPresent();
    return add(Kind.STAGE_WITHOUT_DEPLOYMENT, stages.size() - deployed.size())
        .add(Kind.NO_ACCESS_LOGS, count(deployed, stage -> !stage.accessLogs()))
        .add(Kind.NO_THROTTLING, count(deployed, stage -> !stage.throttled()))
        .add(Kind.DEPLOYED_LONG_AGO, longAgo ? 1 : 0);
  }

  public ApiFlagCounter cors(Optional<Cors> cors) {
    boolean wide = cors.filter(rule -> rule.anyOrigin() && rule.credentials()).isPresent();
    return add(Kind.WILDCARD_CORS_WITH_CREDENTIALS, wide ? 1 : 0);
  }

  public SortedMap<Kind, Long> found() {
    return counts;
  }

  private static <T> long count(Collection<T> things, Predicate<T> those) {
    return things.stream().filter(those).count();
  }
}
