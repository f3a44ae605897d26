package io.cloudoperator.sample.apigateway;

/** From where the endpoint of a REST API or of a domain can be reached. */
public enum Endpoint {
  EDGE,
  REGIONAL,
  PRIVATE
}
