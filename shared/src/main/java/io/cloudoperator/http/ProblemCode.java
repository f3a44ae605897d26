package io.cloudoperator.http;

import java.util.Locale;

/**
 * Every {@code code} of a problem that the HTTP API answers. Programs of callers branch on them:
 * one is never renamed, and what it means is in openapi.yaml, whose list is checked against this
 * one.
 */
public enum ProblemCode {
  ACCOUNT_ALREADY_CONNECTED,
  ACCOUNT_MISMATCH,
  ANOTHER_ACCOUNT,
  BODY_TOO_LARGE,
  BROKER_NOT_AUTHORIZED,
  CATALOG_TOO_LARGE,
  CHANGED_MEANWHILE,
  CONFUSED_DEPUTY,
  CONNECTION_DISCONNECTED,
  CONNECTION_NOT_ACTIVE,
  DOCUMENT_TOO_LARGE,
  EVENTS_EXPIRED,
  INTERNAL,
  INVALID_REQUEST,
  MALFORMED_BODY,
  NO_CATALOG,
  NO_INVENTORY,
  NO_SCAN,
  NO_TENANT,
  NOT_FOUND,
  NOT_STARTED,
  PROOF_INCONCLUSIVE,
  PURGE_INCOMPLETE,
  RECEIPT_KEY_UNAVAILABLE,
  RECEIPT_NOT_SIGNED,
  REFERENCE_TAMPERED,
  ROLE_MISSING,
  ROLE_NOT_ASSUMABLE,
  ROLE_REVOKED,
  SCAN_RUNNING,
  SCAN_WITHOUT_RESULT,
  SNAPSHOT_GONE,
  TIER_WITHOUT_APIS,
  TIER_WITHOUT_LOOKUP,
  UNREADABLE_TRAIL,
  UNSUPPORTED_MEDIA_TYPE;

  /** As it stands in an answer: lower case and underscores. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
