package io.cloudoperator.query.report;

import io.cloudoperator.call.Reading;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.PermissionDrift;
import io.cloudoperator.scan.TrailStanding;
import java.util.Optional;

/** The checks of an account as the API shows them; one that was not made has a code alone. */
record AccountChecksView(CheckView<TrailStanding> trail, CheckView<PermissionDrift> role) {
  static AccountChecksView of(AccountChecks checks) {
    return new AccountChecksView(CheckView.of(checks.trail()), CheckView.of(checks.role()));
  }

  /**
   * One check.
   *
   * @param code AWS's error code, of one that was not made
   * @param found of one that was made
   */
  record CheckView<T>(String status, Optional<String> code, Optional<T> found) {
    static <T> CheckView<T> of(Reading<T> reading) {
      return new CheckView<>(
          SnapshotView.status(reading.unread()),
          reading.unread().map(Reading.Unread::code),
          reading.complete());
    }
  }
}
