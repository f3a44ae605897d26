package io.cloudoperator.service.appsync;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.connection.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read operations of AppSync. */
public final class AppSyncOperations {
  /**
   * 25 is the largest page.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/appsync/latest/APIReference/API_ListGraphqlApis.html">ListGraphqlApis</a>
   */
  public static final ReadOperation<List<GraphqlApi>> LIST_GRAPHQL_APIS =
      new ReadOperation<>(
          AwsService.APPSYNC,
          "ListGraphqlApis",
          "appsync:ListGraphqlApis",
          Tier.AUDIT,
          "Names the GraphQL APIs, and how they authorize, log and are protected.",
          RequestPath.of("/v1/apis"),
          Set.of(),
          Map.of("maxResults", "25"),
          Optional.of("nextToken"),
          GraphqlApiReader::apis);

  private AppSyncOperations() {}
}
