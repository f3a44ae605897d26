package io.cloudoperator.service.apigateway;

import java.util.List;

/**
 * From where the endpoint of a REST API or of a custom domain can be reached.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html">endpoint
 *     types</a>
 */
public enum EndpointType {
  /** From the internet, by way of CloudFront. */
  EDGE,
  /** From the internet. */
  REGIONAL,
  /** From VPCs alone, by way of interface endpoints. */
  PRIVATE;

  /**
   * The one from which most can reach it, where it has two for a while. A type that is not known
   * here is taken for one that can be reached from the internet.
   *
   * @param names as AWS says them; where it says none, it is version 1's default
   */
  static EndpointType widest(List<String> names) {
    if (names.isEmpty() || names.contains(EDGE.name())) {
      return EDGE;
    }
    return names.stream().allMatch(PRIVATE.name()::equals) ? PRIVATE : REGIONAL;
  }
}
