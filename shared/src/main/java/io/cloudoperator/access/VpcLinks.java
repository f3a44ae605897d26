package io.cloudoperator.access;

import io.cloudoperator.apis.facts.VpcLink;
import io.cloudoperator.scan.Reading;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the ways into VPCs of a region: those of REST APIs, and those of HTTP APIs. */
final class VpcLinks {
  private VpcLinks() {}

  static Reading<List<VpcLink>> read(Asking aws) {
    return aws.ask(
        AwsService.APIGATEWAY,
        client ->
            Stream.of(RestApiOperations.GET_VPC_LINKS, HttpApiOperations.GET_VPC_LINKS)
                .flatMap(operation -> client.list(operation, Map.of()).stream())
                .toList());
  }
}
