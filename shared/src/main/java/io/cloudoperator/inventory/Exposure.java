package io.cloudoperator.inventory;

/** Who can reach a route; the widest circle first. */
public enum Exposure {
  /** Anyone on the internet. */
  PUBLIC,
  /** From the internet only those that a resource policy names. */
  RESTRICTED,
  /** From VPCs alone. */
  PRIVATE,
  /**
   * Not known: the host that AWS gave to it does not answer, and whether a custom domain leads to
   * it was not read.
   */
  UNKNOWN,
  /** Nobody: it has no stage that is deployed, or no endpoint that answers. */
  UNREACHABLE
}
