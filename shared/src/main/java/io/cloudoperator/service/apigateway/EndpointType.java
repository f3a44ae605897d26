package io.cloudoperator.service.apigateway;

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
  PRIVATE
}
