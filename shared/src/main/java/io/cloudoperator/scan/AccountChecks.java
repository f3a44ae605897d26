package io.cloudoperator.scan;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;

/**
 * The checks of the account itself that a scan of the audit tier makes. A check that was not made
 * is unread: neither a flag nor a pass.
 *
 * @param trail whether CloudTrail records what happens in the account
 * @param role whether our own role is as it was asked for
 */
public record AccountChecks(Reading<TrailStanding> trail, Reading<PermissionDrift> role) {
  /** Whether both were made. */
  public boolean made() {
    return trail instanceof Complete && role instanceof Complete;
  }

  /** Neither could be made, for the same reason. */
  public static AccountChecks unread(Reason reason, String code) {
    return new AccountChecks(new Unread<>(reason, code), new Unread<>(reason, code));
  }
}
