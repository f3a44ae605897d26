package io.cloudoperator.service.apigateway;

/**
 * What of a custom domain leads requests to APIs. The two versions of API Gateway's API name it
 * differently.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-routing-mode.html">routing
 *     modes</a>
 */
enum RoutingMode {
  /** Mappings alone, which is all that older domains know. */
  MAPPINGS,
  /** Rules alone: a mapping that is still there leads nowhere. */
  RULES,
  /** Rules, and mappings for what no rule matches. */
  RULES_THEN_MAPPINGS;

  /** One that is not known here may lead by both. */
  static RoutingMode of(String name) {
    return switch (name) {
      case "", "BASE_PATH_MAPPING_ONLY", "API_MAPPING_ONLY" -> MAPPINGS;
      case "ROUTING_RULE_ONLY" -> RULES;
      default -> RULES_THEN_MAPPINGS;
    };
  }
}
