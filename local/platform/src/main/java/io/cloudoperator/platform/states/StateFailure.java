package io.cloudoperator.platform.states;

import java.io.Serial;

/**
 * A state failed with an error name that Retry and Catch can match.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Error
 *     names</a>
 */
final class StateFailure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  static final String RUNTIME = "States.Runtime";
  static final String DATA_LIMIT = "States.DataLimitExceeded";
  static final String TIMEOUT = "States.Timeout";

  private final String error;
  private final String reason;

  StateFailure(String error, String reason) {
    super(error + ": " + reason);
    this.error = error;
    this.reason = reason;
  }

  String error() {
    return error;
  }

  /** What Step Functions calls the cause. */
  String reason() {
    return reason;
  }
}
