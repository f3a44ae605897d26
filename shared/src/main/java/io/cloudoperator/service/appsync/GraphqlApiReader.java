package io.cloudoperator.service.appsync;

import io.cloudoperator.aws.HostNames;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.WebAclArn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the GraphQL APIs of AppSync. Its API keys are not in the answer; the roles, pools and
 * functions that authorize are skipped.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/appsync/latest/APIReference/API_ListGraphqlApis.html">ListGraphqlApis</a>
 */
final class GraphqlApiReader {
  /** 25 is the largest page. */
  static final ReadOperation<List<GraphqlApi>> LIST_GRAPHQL_APIS =
      ReadOperation.audit(
              AppSync.SERVICE,
              "ListGraphqlApis",
              "Names the GraphQL APIs, and how they authorize, log and are protected.")
          .path("/v1/apis")
          .parameter("maxResults", "25")
          .jsonList("nextToken", "graphqlApis", "nextToken", GraphqlApiReader::api);

  private GraphqlApiReader() {}

  private static GraphqlApi api(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    String first = "";
    List<String> additional = new ArrayList<>();
    String visibility = "";
    boolean logging = false;
    Optional<String> webAcl = Optional.empty();
    String host = "";
    for (int api = json.enterObject(); json.next(api); ) {
      switch (json.name()) {
        case "apiId" -> id = json.text();
        case "name" -> name = json.text();
        case "authenticationType" -> first = json.text();
        case "additionalAuthenticationProviders" -> {
          for (int providers = json.enterList(); json.next(providers); ) {
            additional.add(json.text("authenticationType"));
          }
        }
        case "visibility" -> visibility = json.text();
        // Requests are logged even where fields are not.
        // https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
        case "logConfig" -> logging = json.isObject();
        case "wafWebAclArn" -> webAcl = WebAclArn.name(json.text());
        case "uris" -> host = HostNames.of(json.text("GRAPHQL"));
        default -> {}
      }
    }
    additional.addFirst(JsonPages.required(first));
    return new GraphqlApi(
        JsonPages.required(id),
        name,
        additional.stream().distinct().toList(),
        visibility.equals("PRIVATE"),
        logging,
        webAcl,
        host);
  }
}
