package io.cloudoperator.connection;

/** Whether a connection is accepted whose role can be assumed without its External ID. */
public enum ProofPolicy {
  /** It is refused. */
  REQUIRE,
  /** It is let through, and the proof says so: for an organization's own accounts only. */
  RECORD
}
