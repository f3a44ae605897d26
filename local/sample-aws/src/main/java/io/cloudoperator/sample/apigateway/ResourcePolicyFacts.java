package io.cloudoperator.sample.apigateway;

/** What resource policy a REST API has. */
public enum ResourcePolicyFacts {
  NONE,
  /** It allows anyone. */
  OPEN,
  /** It allows some source addresses. */
  ADDRESSES,
  /** It allows one VPC endpoint. */
  VPC_ENDPOINT
}
