package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the ways into VPCs of a region: those of REST APIs, and those of HTTP APIs. */
public final class VpcLinkReader {
  private static final String WHY = "Names the ways into VPCs.";

  public static final ReadOperation<List<VpcLink>> GET_VPC_LINKS =
      ApiVersion.V1.listing("GetVpcLinks", "/vpclinks", WHY, VpcLinkReader::vpcLink);

  public static final ReadOperation<List<VpcLink>> GET_VPC_LINKS_OF_HTTP_APIS =
      ApiVersion.V2.listing("GetVpcLinks", "/v2/vpclinks", WHY, VpcLinkReader::vpcLink);

  private VpcLinkReader() {}

  static List<VpcLink> read(AwsClient client) {
    return Stream.of(GET_VPC_LINKS, GET_VPC_LINKS_OF_HTTP_APIS)
        .flatMap(operation -> client.list(operation, Map.of(), VpcLink::id).stream())
        .toList();
  }

  private static VpcLink vpcLink(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    for (int link = json.enterObject(); json.next(link); ) {
      switch (json.name()) {
        case "id", "vpcLinkId" -> id = json.text();
        case "name" -> name = json.text();
        default -> {}
      }
    }
    return new VpcLink(JsonPages.required(id), name);
  }
}
