package io.cloudoperator.http;

import java.util.Locale;

/**
 * Every {@code code} of a problem that the HTTP API answers, with the status, the title and the
 * {@code retryable} that go with it. Programs of callers branch on them: one is never renamed, and
 * what it means is in openapi.yaml, whose list is checked against this one.
 */
public enum ProblemCode {
  ACCOUNT_ALREADY_CONNECTED(409, "The AWS account is connected already"),
  ACCOUNT_MISMATCH(422, "The role is of another account"),
  ANOTHER_ACCOUNT(409, "The connection is of another account"),
  BODY_TOO_LARGE(413, "The body is too large"),
  BROKER_NOT_AUTHORIZED(503, "We cannot assume roles now", true),
  CATALOG_TOO_LARGE(413, "The catalogue is too large"),
  CHANGED_MEANWHILE(409, "The connection changed meanwhile", true),
  CONFUSED_DEPUTY(422, "The role can be assumed without its External ID"),
  CONNECTION_DISCONNECTED(409, "The connection is disconnected"),
  CONNECTION_NOT_ACTIVE(409, "The connection is not active"),
  CONNECTION_NOT_PENDING(409, "The connection is not pending"),
  DOCUMENT_TOO_LARGE(422, "The document is too large"),
  EVENTS_EXPIRED(409, "CloudTrail no longer shows its events"),
  INTERNAL(500, "Internal error"),
  INVALID_REQUEST(400, "The request is not valid"),
  MALFORMED_BODY(400, "The body cannot be read"),
  NO_CATALOG(404, "There is no catalogue"),
  NO_INVENTORY(404, "There is no inventory"),
  NO_SCAN(409, "There is nothing to be looked up"),
  NO_TENANT(403, "The token names no tenant"),
  NOT_FOUND(404, "Not found"),
  NOT_STARTED(503, "The scan was not started", true),
  PROOF_INCONCLUSIVE(503, "The role could not be proven now", true),
  PURGE_INCOMPLETE(503, "Not everything is deleted yet", true),
  RECEIPT_KEY_UNAVAILABLE(503, "Receipts cannot be checked now", true),
  RECEIPT_NOT_SIGNED(503, "Deleted, but without a receipt", true),
  REFERENCE_TAMPERED(409, "The stored role reference cannot be trusted"),
  ROLE_MISSING(409, "The role is not known yet"),
  ROLE_NOT_ASSUMABLE(422, "The role cannot be assumed", true),
  ROLE_REVOKED(422, "The role can no longer be assumed", true),
  SCAN_ENDED(409, "The scan has ended"),
  SCAN_RUNNING(409, "A scan is running", true),
  SCAN_WITHOUT_RESULT(409, "The scan has no result"),
  SIGN_IN_AGAIN(403, "The sign-in was too long ago"),
  SNAPSHOT_GONE(410, "The snapshot is no longer kept"),
  STORED_UNREADABLE(409, "What is stored cannot be read"),
  TIER_WITHOUT_APIS(409, "The tier reads no APIs"),
  TIER_WITHOUT_LOOKUP(409, "The tier does not read CloudTrail"),
  TOO_MANY_PENDING(429, "Too many connections wait for their roles", true),
  TOO_MANY_REQUESTS(429, "Too many requests", true),
  TOO_MANY_VERIFYING(429, "Too many roles are being verified", true),
  UNREADABLE_TRAIL(400, "The body is not CloudTrail's"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body is not JSON");

  private final int status;
  private final String title;
  private final boolean retryable;

  ProblemCode(int status, String title) {
    this(status, title, false);
  }

  ProblemCode(int status, String title, boolean retryable) {
    this.status = status;
    this.title = title;
    this.retryable = retryable;
  }

  /** The status of HTTP that it is answered with, 4xx or 5xx. */
  public int status() {
    return status;
  }

  /** What is wrong, in a few words for people. */
  public String title() {
    return title;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** As it stands in an answer: lower case and underscores. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
