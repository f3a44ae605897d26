package io.cloudoperator.access;

import io.cloudoperator.apis.facts.LoadBalancer;
import io.cloudoperator.scan.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the load balancers of a region, and what they listen to. */
final class LoadBalancers {
  private LoadBalancers() {}

  /** One that vanishes while it is read is left out: it is not there. */
  static Reading<List<LoadBalancer>> read(Asking aws) {
    return aws.ask(
        AwsService.ELASTICLOADBALANCING,
        client ->
            Overlap.each(
                    client.list(LoadBalancerOperations.DESCRIBE_LOAD_BALANCERS, Map.of()),
                    found ->
                        Vanished.unless(() ->
                                client.list(
                                    LoadBalancerOperations.DESCRIBE_LISTENERS,
                                    Map.of(LoadBalancerOperations.LOAD_BALANCER, found.arn())))
                            .map(found::with))
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }
}
