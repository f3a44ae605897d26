package io.cloudoperator.platform.states;

import java.io.Serial;

/**
 * An error of the Lambda service, not of a function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception">Handle
 *     transient Lambda service exceptions</a>
 */
public final class LambdaServiceException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String error;

  /** For example {@code Lambda.TooManyRequestsException}. */
  public LambdaServiceException(String error, String message) {
    super(message);
    this.error = error;
  }

  String error() {
    return error;
  }
}
