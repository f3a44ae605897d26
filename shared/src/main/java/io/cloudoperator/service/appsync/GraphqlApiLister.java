package io.cloudoperator.service.appsync;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import java.util.List;
import java.util.Map;

/** Reads the GraphQL APIs of a region. */
public final class GraphqlApiLister {
  private GraphqlApiLister() {}

  public static Reading<List<GraphqlApi>> read(RegionClient aws) {
    return aws.ask(
        AwsService.APPSYNC, client -> client.list(AppSyncOperations.LIST_GRAPHQL_APIS, Map.of()));
  }
}
