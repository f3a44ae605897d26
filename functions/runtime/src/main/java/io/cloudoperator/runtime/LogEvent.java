package io.cloudoperator.runtime;

import java.util.List;

/**
 * What a line of the functions' logs is about. The code is the field {@code event} of the line and
 * never changes its meaning; docs/operations.md says what to do about each.
 */
public enum LogEvent {
  REQUEST_ANSWERED("request.answered", "an HTTP request was answered"),
  REQUEST_FAILED("request.failed", "an HTTP request failed"),
  REQUESTS_UNLOGGED(
      "requests.unlogged", "requests were refused or failed that have no line of their own"),
  GRANT_SHOWN("grant.shown", "the External ID of a pending connection was shown again"),
  INVOCATION_FAILED("invocation.failed", "an invocation failed"),
  PRIMING_FAILED("priming.failed", "a class could not be warmed up before the snapshot"),
  STORED_UNREADABLE("stored.unreadable", "a stored item could not be read, whole or in part"),
  SCAN_NOT_STARTED("scan.not_started", "the state machine could not be started"),
  SCAN_DUE_FAILED("scan.due_failed", "a scan that was due could not be started"),
  SCAN_RUN_OVER("scan.run_over", "the run is over, or its connection is"),
  SCAN_NOT_PLANNED("scan.not_planned", "a scan could not be planned"),
  SCAN_STEP_FAILED("scan.step_failed", "an earlier step of a scan failed for good"),
  SCAN_FAILED("scan.failed", "a scan ended without a snapshot"),
  SCAN_CONCLUDED("scan.concluded", "a scan was concluded"),
  SHARD_WITHOUT_SESSION("shard.without_session", "a shard has no session to read with"),
  PROOF_NOT_REPEATED("proof.not_repeated", "a proof could not be repeated, and the old one stands"),
  ACCOUNT_NOT_CHECKED("account.not_checked", "the checks of an account failed"),
  APIS_TOO_LARGE("apis.too_large", "what was found of APIs is too large to be kept"),
  INVENTORY_TOO_LARGE("inventory.too_large", "an inventory of APIs is too large to be kept"),
  ROLE_REVOKED("role.revoked", "a connection was revoked: its role is denied"),
  ROLE_RESTORED("role.restored", "a connection is active again: its role is proven"),
  ROLE_QUARANTINED("role.quarantined", "a connection was quarantined: anyone can assume its role"),
  ROLE_UNPROVEN("role.unproven", "a scan was refused: its proof is too old, and was not repeated"),
  REFERENCE_LAPSED(
      "reference.lapsed",
      "a role reference was deleted: its connection was suspended for too long"),
  REFERENCE_TAMPERED("reference.tampered", "a sealed role reference could not be opened"),
  EVENT_NOT_PUBLISHED("event.not_published", "an event about a connection could not be published"),
  RECEIPT_NOT_SIGNED("receipt.not_signed", "a receipt could not be signed"),
  RECEIPT_KEY_UNREADABLE("receipt.key_unreadable", "the public key of receipts could not be read"),
  SNAPSHOTS_TRIMMED("snapshots.trimmed", "snapshots were trimmed"),
  LEDGERS_TRIMMED("ledgers.trimmed", "ledgers were trimmed"),
  TRIM_FAILED("trim.failed", "snapshots and ledgers could not be trimmed"),
  VERIFICATION_FAILED(
      "verification.failed",
      "a verification in the background could not go on, and is begun again");

  private final String code;
  private final String message;

  LogEvent(String code, String message) {
    this.code = code;
    this.message = message;
  }

  /**
   * The event of that code.
   *
   * @throws IllegalArgumentException if there is none
   */
  static LogEvent of(String code) {
    return Choice.of(List.of(values()), LogEvent::code, code);
  }

  /** Stable, for queries and alarms. */
  public String code() {
    return code;
  }

  /** The same for every line with this code. */
  public String message() {
    return message;
  }
}
