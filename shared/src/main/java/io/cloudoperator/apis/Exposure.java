package io.cloudoperator.apis;

/** Who can reach a route. */
public enum Exposure {
  /** Anyone on the internet. */
  PUBLIC,
  /** From the internet only those that a resource policy names. */
  RESTRICTED,
  /** From VPCs alone. */
  PRIVATE,
  /** Nobody: it has no stage that is deployed, or no endpoint that answers. */
  UNREACHABLE
}
