package io.cloudoperator.service.elb;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.CdnIndex;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Exposures;
import io.cloudoperator.scan.RiskFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The load balancers of a region. What they route is not read: an entrance for each listener. */
public final class LoadBalancerRules {
  private static final String PLAIN = "HTTP";

  private final RegionName region;
  private final CdnIndex fronts;

  public LoadBalancerRules(RegionName region, CdnIndex fronts) {
    this.region = region;
    this.fronts = fronts;
  }

  public Api api(LoadBalancer fact) {
    Exposure exposure = fact.internetFacing() ? Exposure.PUBLIC : Exposure.PRIVATE;
    List<Endpoint> ways =
        new ArrayList<>(
            fact.listeners().stream().map(listener -> entrance(fact, listener, exposure)).toList());
    // A distribution reaches one that is internal by way of a VPC origin, and opens it:
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
    ways.addAll(fronts.to(Map.of(fact.host(), List.copyOf(ways)), Exposure.PUBLIC));
    return new Api(
        new ApiId(region.value(), ElasticLoadBalancing.LOAD_BALANCER, fact.id()),
        fact.name(),
        exposure(ways),
        ways.stream().sorted().toList(),
        List.of(),
        List.of(),
        List.of(),
        new ApiFlagCounter()
            .tls(ElasticLoadBalancing.LOAD_BALANCER, ways)
            .add(RiskFlag.Kind.HTTP_LISTENER_WITHOUT_REDIRECT, unredirected(fact))
            .found());
  }

  /** What is internal is known to be private only if no distribution can have opened it. */
  private Exposure exposure(List<Endpoint> ways) {
    Exposure known = Exposures.widest(ways);
    return known == Exposure.PRIVATE && !fronts.complete() ? Exposure.UNKNOWN : known;
  }

  private static Endpoint entrance(
      LoadBalancer fact, LoadBalancer.Listener listener, Exposure exposure) {
    return new Endpoint(
        Endpoint.Kind.LISTENER,
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
        ? fact.listeners().stream().filter(LoadBalancerRules::plainHttp).count()
        : 0;
  }

  private static boolean plainHttp(LoadBalancer.Listener listener) {
    return PLAIN.equals(listener.protocol()) && !listener.redirectsToHttps();
  }
}
