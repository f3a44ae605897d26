package io.cloudoperator.access;

import io.cloudoperator.apis.facts.GraphqlApi;
import io.cloudoperator.scan.Reading;
import java.util.List;
import java.util.Map;

/** Reads the GraphQL APIs of a region. */
final class GraphqlApis {
  private GraphqlApis() {}

  static Reading<List<GraphqlApi>> read(Asking aws) {
    return aws.ask(
        AwsService.APPSYNC, client -> client.list(AppSyncOperations.LIST_GRAPHQL_APIS, Map.of()));
  }
}
