package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.Regional;
import java.util.List;

/**
 * A custom domain name of API Gateway.
 *
 * @param id its name
 * @param securityPolicy the least TLS that it accepts, such as {@code TLS_1_0}
 * @param rules none, unless the mode looks at them
 */
public record DomainFacts(
    String region,
    String id,
    GatewayApi.Endpoint endpoint,
    String securityPolicy,
    boolean mutualTls,
    RoutingMode routingMode,
    List<Mapping> mappings,
    List<RoutingRule> rules)
    implements Regional {

  public DomainFacts {
    mappings = List.copyOf(mappings);
    rules = List.copyOf(rules);
  }

  /**
   * What is asked where a request to a domain name goes; in version 2's words.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-routing-mode.html">Set
   *     the routing mode</a>
   */
  public enum RoutingMode {
    API_MAPPING_ONLY("BASE_PATH_MAPPING_ONLY"),
    ROUTING_RULE_ONLY("ROUTING_RULE_ONLY"),
    ROUTING_RULE_THEN_API_MAPPING("ROUTING_RULE_THEN_BASE_PATH_MAPPING");

    private final String first;

    RoutingMode(String first) {
      this.first = first;
    }

    /** Version 1's word for it. */
    public String ofVersion1() {
      return first;
    }
  }

  /**
   * What of a domain leads where.
   *
   * @param path empty for all of the domain; with a slash in it if it has levels
   * @param rest whether it leads to a REST API
   */
  public record Mapping(String path, String apiId, String stage, boolean rest) {}

  /**
   * A rule that sends requests to a stage of a REST API. Without a condition it matches all.
   *
   * @param priority from 1, which is looked at first, to 1,000,000; no other rule has it
   * @param basePaths one of which has to match, if there are any
   * @param headers one of which has to match, if there are any
   */
  public record RoutingRule(
      String id,
      int priority,
      List<String> basePaths,
      List<HeaderMatch> headers,
      String apiId,
      String stage,
      boolean stripBasePath) {
    public RoutingRule {
      basePaths = List.copyOf(basePaths);
      headers = List.copyOf(headers);
    }
  }

  /** A header and its value, in which a star stands for anything. */
  public record HeaderMatch(String header, String valueGlob) {}
}
