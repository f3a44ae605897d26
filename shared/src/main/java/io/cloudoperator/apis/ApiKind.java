package io.cloudoperator.apis;

/** What an API is made with. */
public enum ApiKind {
  REST,
  HTTP,
  WEBSOCKET,
  FUNCTION_URL,
  GRAPHQL,
  LOAD_BALANCER,
  DISTRIBUTION
}
