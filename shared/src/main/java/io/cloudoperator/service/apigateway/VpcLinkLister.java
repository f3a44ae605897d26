package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the ways into VPCs of a region: those of REST APIs, and those of HTTP APIs. */
public final class VpcLinkLister {
  private VpcLinkLister() {}

  public static Reading<List<VpcLink>> read(RegionClient aws) {
    return aws.ask(
        AwsService.APIGATEWAY,
        client ->
            Stream.of(RestApiOperations.GET_VPC_LINKS, HttpApiOperations.GET_VPC_LINKS)
                .flatMap(operation -> client.list(operation, Map.of(), VpcLink::id).stream())
                .toList());
  }
}
