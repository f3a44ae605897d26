package io.cloudoperator.service;

/**
 * What a session is for. It can make the calls of its own phase and no others, so that each session
 * policy stays small, and says what it is for.
 */
public enum SessionPhase {
  /** Counts resources and finds APIs. */
  SCAN,
  /** Checks the account's trail and our own role, and what CloudTrail has of our sessions. */
  VERIFY
}
