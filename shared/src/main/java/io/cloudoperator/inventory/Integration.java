package io.cloudoperator.inventory;

/** What answers a route. Its address, parameters and templates are not kept. */
public enum Integration {
  /** AWS Lambda. */
  LAMBDA,
  /** Another AWS service. */
  AWS,
  /** An HTTP endpoint on the internet. */
  HTTP,
  /** An HTTP endpoint in a VPC, by way of a VPC link. */
  VPC_LINK,
  /** API Gateway itself. */
  MOCK,
  /** There is none: the route answers with an error. */
  NONE,
  /** A type that is not known here. */
  OTHER
}
