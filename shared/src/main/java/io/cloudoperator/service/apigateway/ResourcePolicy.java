package io.cloudoperator.service.apigateway;

/** What kind of resource policy a REST API has. Its text is not kept. */
public enum ResourcePolicy {
  NONE,
  /** It allows some request of anyone, without a condition. */
  OPEN,
  /** Whatever it allows depends on who asks, or from where. */
  RESTRICTED,
  /** It is there, and could not be understood. */
  UNKNOWN
}
