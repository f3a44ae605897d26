package io.cloudoperator.sample.apis;

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
