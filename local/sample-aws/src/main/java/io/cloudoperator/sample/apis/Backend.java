package io.cloudoperator.sample.apis;

/** What answers a route. */
public enum Backend {
  LAMBDA,
  /** Another AWS service. */
  AWS,
  HTTP,
  /** HTTP by way of a VPC link. */
  VPC_LINK,
  /** API Gateway itself; REST and WebSocket APIs alone have it. */
  MOCK
}
