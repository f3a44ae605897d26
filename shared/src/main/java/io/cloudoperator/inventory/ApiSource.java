package io.cloudoperator.inventory;

/** What is read as one: either to its end, or not at all. */
public enum ApiSource {
  REST_APIS,
  HTTP_APIS,
  DOMAIN_NAMES,
  VPC_LINKS,
  FUNCTION_URLS,
  GRAPHQL_APIS,
  LOAD_BALANCERS,
  DISTRIBUTIONS
}
