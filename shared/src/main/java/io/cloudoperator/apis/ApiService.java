package io.cloudoperator.apis;

/** What is read as one: either to its end, or not at all. */
public enum ApiService {
  REST_APIS,
  HTTP_APIS,
  DOMAIN_NAMES,
  VPC_LINKS,
  FUNCTION_URLS,
  GRAPHQL_APIS,
  LOAD_BALANCERS,
  DISTRIBUTIONS
}
