package io.cloudoperator.service.elb;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import io.cloudoperator.concurrent.ParallelMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the load balancers of a region, and what they listen to. */
public final class LoadBalancerLister {
  private LoadBalancerLister() {}

  /** One that vanishes while it is read is left out: it is not there. */
  public static Reading<List<LoadBalancer>> read(RegionClient aws) {
    return aws.askEach(
        AwsService.ELASTICLOADBALANCING,
        (client, items) ->
            ParallelMap.each(
                    client.list(
                        LoadBalancerOperations.DESCRIBE_LOAD_BALANCERS,
                        Map.of(),
                        LoadBalancerReader.Found::arn),
                    found ->
                        items
                            .read(
                                found.loadBalancer().id(),
                                () ->
                                    client.list(
                                        LoadBalancerOperations.DESCRIBE_LISTENERS,
                                        Map.of(LoadBalancerOperations.LOAD_BALANCER, found.arn()),
                                        listener -> listener.protocol() + listener.port()))
                            .map(found::with))
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }
}
