package io.cloudoperator.inventory;

/** What a caller must show for a route to be answered. */
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
  /** Something that is not known here. */
  UNKNOWN,
  /** It is no matter of this service, as with a load balancer or a distribution. */
  NOT_APPLICABLE
}
