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
  PRIVATE,
  /** Not known: a type that was not there when this was written. */
  UNKNOWN;

  /**
   * The one from which most can reach it, where it has two for a while.
   *
   * @param names as AWS says them
   * @param otherwise what it is where AWS says none
   */
  static EndpointType widest(List<String> names, EndpointType otherwise) {
    if (names.isEmpty()) {
      return otherwise;
    }
    for (EndpointType open : List.of(EDGE, REGIONAL)) {
      if (names.contains(open.name())) {
        return open;
      }
    }
    return names.stream().allMatch(PRIVATE.name()::equals) ? PRIVATE : UNKNOWN;
  }
}
