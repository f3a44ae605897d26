package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.LoadBalancer;
import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.RiskFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The load balancers of a region. What they route is not read: an entrance for each listener. */
final class LoadBalancers {
  private static final String PLAIN = "HTTP";

  private final RegionName region;
  private final Fronts fronts;

  LoadBalancers(RegionName region, Fronts fronts) {
    this.region = region;
    this.fronts = fronts;
  }

  Api api(LoadBalancer fact) {
    Exposure exposure = fact.internetFacing() ? Exposure.PUBLIC : Exposure.PRIVATE;
    List<Entrance> ways =
        new ArrayList<>(
            fact.listeners().stream().map(listener -> entrance(fact, listener, exposure)).toList());
    // A distribution reaches one that is internal by way of a VPC origin, and opens it:
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
    ways.addAll(fronts.to(Map.of(fact.host(), List.copyOf(ways)), Exposure.PUBLIC));
    return new Api(
        new ApiId(region.value(), ApiKind.LOAD_BALANCER, fact.id()),
        fact.name(),
        Exposures.widest(ways),
        ways.stream().sorted().toList(),
        List.of(),
        List.of(),
        List.of(),
        new Flaws()
            .tls(ApiKind.LOAD_BALANCER, ways)
            .add(RiskFlag.Kind.HTTP_LISTENER_WITHOUT_REDIRECT, unredirected(fact))
            .found());
  }

  private static Entrance entrance(
      LoadBalancer fact, LoadBalancer.Listener listener, Exposure exposure) {
    return new Entrance(
        Entrance.Kind.LISTENER,
        fact.host() + ":" + listener.port(),
        "",
        "",
        exposure,
        listener.tlsPolicy(),
        Optional.empty(),
        false,
        plainHttp(listener));
  }

  private static long unredirected(LoadBalancer fact) {
    return fact.internetFacing() && "application".equals(fact.type())
        ? fact.listeners().stream().filter(LoadBalancers::plainHttp).count()
        : 0;
  }

  private static boolean plainHttp(LoadBalancer.Listener listener) {
    return PLAIN.equals(listener.protocol()) && !listener.redirectsToHttps();
  }
}
