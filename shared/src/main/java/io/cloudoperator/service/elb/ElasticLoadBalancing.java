package io.cloudoperator.service.elb;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.ApiKind.Trait;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.service.Discovery;
import io.cloudoperator.service.RegionFacts;
import io.cloudoperator.service.ScannedService;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Elastic Load Balancing: load balancers and their listeners. */
public final class ElasticLoadBalancing implements ScannedService {
  // Half of a burst of 40 and 10 a second, by operation.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/load-balancer-api-throttling.html
  public static final AwsService SERVICE =
      AwsService.query("elasticloadbalancing", "2015-12-01").limitedByOperation(5, 20);

  public static final ApiSource<LoadBalancer> LOAD_BALANCERS =
      new ApiSource<>("load_balancers", LoadBalancer.class, ElasticLoadBalancing::mayBe);

  public static final ApiKind LOAD_BALANCER =
      new ApiKind("load_balancer", LOAD_BALANCERS, Set.of(Trait.OPENED_BY_DISTRIBUTIONS), Set.of());

  // Application load balancers have the region before "elb", network load balancers after it.
  private static boolean mayBe(String host, String region) {
    return host.contains("." + region + ".elb.") || host.contains(".elb." + region + ".");
  }

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(
        LoadBalancerReader.DESCRIBE_LOAD_BALANCERS, LoadBalancerReader.DESCRIBE_LISTENERS);
  }

  @Override
  public List<Discovery<?>> regional() {
    return List.of(Discovery.each(LOAD_BALANCERS, SERVICE, LoadBalancerReader::read));
  }

  @Override
  public List<ApiKind> kinds() {
    return List.of(LOAD_BALANCER);
  }

  @Override
  public Stream<Api> apis(RegionFacts found) {
    LoadBalancerRules rules = new LoadBalancerRules(found.region(), found.cdn());
    return found.facts(LOAD_BALANCERS).stream().map(rules::api);
  }
}
