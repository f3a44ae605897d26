package io.cloudoperator.service.apigateway;

/** What a scan has read of an API of which it has not read all: the rest is as it was earlier. */
public enum Partly {
  /** Its stages, and that nothing was deployed to them since its routes were read. */
  STAGES,
  /** What the list says of it. */
  LISTED,
  /** Not known: a later release has read it. */
  UNKNOWN
}
