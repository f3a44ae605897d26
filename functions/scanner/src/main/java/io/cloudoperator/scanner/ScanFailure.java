package io.cloudoperator.scanner;

import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.scan.Run;
import java.util.List;
import java.util.stream.Collectors;

/** Why a scan ends without a snapshot: a stable code, and a sentence for people. */
enum ScanFailure {
  ROLE_NOT_ASSUMABLE(
      "AWS did not let us assume the role: it is gone, its trust policy or External ID changed, or"
          + " a policy of the organization denies it."),
  ROLE_REVOKED(ConnectionEvent.Kind.REVOKED.sentence()),
  ROLE_QUARANTINED(ConnectionEvent.Kind.QUARANTINED.sentence()),
  PROOF_OUTDATED(ConnectionEvent.Kind.UNPROVEN.sentence()),
  BROKER_NOT_AUTHORIZED(
      "AWS did not let us assume the role, nor a role of our own: the reason is on our side, and"
          + " nothing was concluded about the role."),
  ACCOUNT_MISMATCH(
      "The role led into another AWS account than the one that was connected, so nothing was"
          + " read."),
  REGIONS_UNREADABLE(
      "The account's regions could not be listed: the role or a policy of the organization denies"
          + " ec2:DescribeRegions."),
  REGIONS_NOT_ENABLED(
      "The scan names regions that this account does not have, or has not enabled: %s."),
  NO_REGION_CHOSEN("The scan leaves out every region that this account has enabled."),
  REFERENCE_TAMPERED(
      "The stored role reference does not belong to this connection or was changed, so it was not"
          + " used."),
  AWS_UNAVAILABLE(
      "AWS gave no verdict, because it throttled us or could not be reached; a later scan may"
          + " succeed."),
  NOT_ACTIVE(
      "The connection was disconnected, revoked or quarantined, or its results were purged, during"
          + " the scan."),
  NOTHING_READ(
      "Neither a region nor the bucket list could be read, so the results of earlier scans stand."),
  INTERNAL("The scan failed on our side; the operator finds why in the logs.");

  private final String sentence;

  ScanFailure(String sentence) {
    this.sentence = sentence;
  }

  String code() {
    return Choice.word(this);
  }

  Run.Failure asFailure() {
    return new Run.Failure(code(), sentence);
  }

  /** Of one whose sentence names regions, which a request has named before. */
  Run.Failure asFailure(List<RegionName> named) {
    String names = named.stream().map(RegionName::value).collect(Collectors.joining(", "));
    return new Run.Failure(code(), sentence.formatted(names));
  }
}
