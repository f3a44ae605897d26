package io.cloudoperator.inventory;

/** The credential that a route asks of its callers. */
public enum Authorization {
  /** Nothing. */
  NONE,
  /** Nothing but an API key, which identifies a plan and was never meant to identify a caller. */
  API_KEY_ONLY,
  /** A request signed with credentials of AWS. */
  IAM,
  /** A token that API Gateway or AppSync checks by itself. */
  JWT,
  /** What a Lambda function of the customer's accepts. */
  LAMBDA,
  /** A token of a Cognito user pool. */
  COGNITO,
  /** A client certificate, on every way to it. */
  MUTUAL_TLS,
  /** An authorization of a type that is not known here. */
  UNKNOWN,
  /** None that the service could check, as with a load balancer or a distribution. */
  NOT_APPLICABLE
}
