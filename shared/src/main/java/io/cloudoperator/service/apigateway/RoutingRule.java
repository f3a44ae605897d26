package io.cloudoperator.service.apigateway;

import io.cloudoperator.service.apigateway.DomainName.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rule of a custom domain that leads requests to a stage of a REST API. Conditions on headers are
 * not kept: whoever calls chooses the headers.
 *
 * @param priority the lowest is asked first
 * @param matchesAll whether it has no condition: no rule and no mapping is asked after it
 * @param mappings what it leads where, one for each base path that it takes
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname-routingrules.html">RoutingRules</a>
 */
record RoutingRule(long priority, boolean matchesAll, List<Mapping> mappings) {
  RoutingRule {
    mappings = List.copyOf(mappings);
  }

  /** What of a domain leads where: by its rules, and by its mappings if any rule lets them. */
  static List<Mapping> leading(List<RoutingRule> rules, List<Mapping> otherwise) {
    List<Mapping> leading = new ArrayList<>();
    for (RoutingRule rule :
        rules.stream().sorted(Comparator.comparingLong(RoutingRule::priority)).toList()) {
      leading.addAll(rule.mappings);
      if (rule.matchesAll) {
        return distinct(leading);
      }
    }
    leading.addAll(otherwise);
    return distinct(leading);
  }

  private static List<Mapping> distinct(List<Mapping> mappings) {
    return mappings.stream().distinct().toList();
  }
}
