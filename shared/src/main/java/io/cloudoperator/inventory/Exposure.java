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
   * Not known: the ways that were read let in nobody, or fewer than it would take, and whether
   * others lead to it was not read.
   */
  UNKNOWN,
  /** Nobody: it has no stage that is deployed, or no endpoint that answers. */
  UNREACHABLE
}
