package io.cloudoperator.service.appsync;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.HostNames;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.aws.WebAclArn;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  private GraphqlApiReader() {}

  static Reading<List<GraphqlApi>> read(RegionClient aws) {
    return aws.ask(AwsService.APPSYNC, client -> client.list(LIST_GRAPHQL_APIS, Map.of()));
  }

  static Page<List<GraphqlApi>> apis(InputStream answer) throws IOException {
    return JsonPages.page(answer, "graphqlApis", "nextToken", GraphqlApiReader::api);
  }

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
            for (int provider = json.enterObject(); json.next(provider); ) {
              if (json.name().equals("authenticationType")) {
                additional.add(json.text());
              }
            }
          }
        }
        case "visibility" -> visibility = json.text();
        // Requests are logged even where fields are not.
        // https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
        case "logConfig" -> logging = json.isObject();
        case "wafWebAclArn" -> webAcl = WebAclArn.name(json.text());
        case "uris" -> {
          for (int uris = json.enterObject(); json.next(uris); ) {
            if (json.name().equals("GRAPHQL")) {
              host = HostNames.of(json.text());
            }
          }
        }
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
