package io.cloudoperator.sample.apigateway;

/** What answers a route. */
public enum IntegrationTarget {
  LAMBDA,
  /** Another AWS service. */
  AWS,
  HTTP,
  /** HTTP by way of a VPC link. */
  VPC_LINK,
  /** API Gateway itself; REST and WebSocket APIs alone have it. */
  MOCK
}
