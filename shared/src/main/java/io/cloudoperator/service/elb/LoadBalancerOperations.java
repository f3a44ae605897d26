package io.cloudoperator.service.elb;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.elb.LoadBalancer.Listener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read operations of Elastic Load Balancing. */
public final class LoadBalancerOperations {
  static final String LOAD_BALANCER = "LoadBalancerArn";

  /**
   * The load balancers.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html">DescribeLoadBalancers</a>
   */
  public static final ReadOperation<List<LoadBalancerReader.Found>> DESCRIBE_LOAD_BALANCERS =
      operation(
          "DescribeLoadBalancers",
          Set.of(),
          "Names the load balancers, and which of them face the internet.",
          LoadBalancerReader::loadBalancers);

  /**
   * What one of them listens to.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html">DescribeListeners</a>
   */
  public static final ReadOperation<List<Listener>> DESCRIBE_LISTENERS =
      operation(
          "DescribeListeners",
          Set.of(LOAD_BALANCER),
          "Tells the protocols and TLS of a load balancer, and whether HTTP leads to HTTPS.",
          LoadBalancerReader::listeners);

  private LoadBalancerOperations() {}

  private static <T> ReadOperation<List<T>> operation(
      String name, Set<String> arguments, String why, ReadOperation.Reader<List<T>> reader) {
    return new ReadOperation<>(
        AwsService.ELASTICLOADBALANCING,
        name,
        "elasticloadbalancing:" + name,
        Tier.AUDIT,
        why,
        RequestPath.ROOT,
        arguments,
        // The largest page.
        Map.of("PageSize", "400"),
        Optional.of("Marker"),
        reader);
  }
}
