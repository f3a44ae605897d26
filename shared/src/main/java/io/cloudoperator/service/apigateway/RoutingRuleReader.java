package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Declaration;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the routing rules of a custom domain. Alone of what is read of API Gateway, they need a
 * permission of their own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html">ListRoutingRules</a>
 */
public final class RoutingRuleReader {
  public static final ReadOperation<List<RoutingRule>> LIST_ROUTING_RULES = rules(listing());

  /** Private domains may have one name several times, and are told apart by their ids. */
  public static final ReadOperation<List<RoutingRule>> LIST_ROUTING_RULES_OF_PRIVATE_DOMAIN =
      rules(listing().argument(DomainNameReader.DOMAIN_ID));

  private RoutingRuleReader() {}

  private static Declaration listing() {
    return ReadOperation.audit(
            ApiGateway.SERVICE,
            "ListRoutingRules",
            "Tells which REST APIs answer on a custom domain that routes by rules.")
        .path("/v2/domainnames/{domain_name}/routingrules")
        // The largest page.
        .parameter("maxResults", "100");
  }

  private static ReadOperation<List<RoutingRule>> rules(Declaration operation) {
    return operation.jsonList("nextToken", "routingRules", "nextToken", RoutingRuleReader::rule);
  }

  private static RoutingRule rule(JsonReader json) throws IOException {
    long priority = Long.MAX_VALUE;
    boolean conditional = false;
    List<String> basePaths = new ArrayList<>();
    List<Action> actions = new ArrayList<>();
    for (int rule = json.enterObject(); json.next(rule); ) {
      switch (json.name()) {
        case "priority" -> priority = json.number().map(Math::round).orElse(Long.MAX_VALUE);
        case "conditions" -> {
          for (int each = json.enterList(); json.next(each); ) {
            conditional = true;
            basePaths(json, basePaths);
          }
        }
        case "actions" -> {
          for (int each = json.enterList(); json.next(each); ) {
            actions.add(action(json));
          }
        }
        default -> {}
      }
    }
    List<Mapping> mappings = new ArrayList<>();
    for (Action action : actions) {
      if (action.stripsBasePath && !basePaths.isEmpty()) {
        basePaths.forEach(path -> mappings.add(new Mapping(path, action.api, action.stage)));
      } else {
        // The base path is a part of the API's own paths.
        mappings.add(new Mapping("", action.api, action.stage));
      }
    }
    return new RoutingRule(priority, !conditional, mappings);
  }

  private static void basePaths(JsonReader json, List<String> basePaths) throws IOException {
    for (int condition = json.enterObject(); json.next(condition); ) {
      if (json.name().equals("matchBasePaths")) {
        for (int match = json.enterObject(); json.next(match); ) {
          if (json.name().equals("anyOf")) {
            json.texts().forEach(path -> basePaths.add(path.replaceAll("^/+|/+$", "")));
          }
        }
      }
    }
  }

  private record Action(String api, String stage, boolean stripsBasePath) {}

  private static Action action(JsonReader json) throws IOException {
    String api = "";
    String stage = "";
    boolean strips = false;
    for (int action = json.enterObject(); json.next(action); ) {
      if (json.name().equals("invokeApi")) {
        for (int invoke = json.enterObject(); json.next(invoke); ) {
          switch (json.name()) {
            case "apiId" -> api = json.text();
            case "stage" -> stage = json.text();
            case "stripBasePath" -> strips = json.flag();
            default -> {}
          }
        }
      }
    }
    return new Action(JsonPages.required(api), stage, strips);
  }
}
