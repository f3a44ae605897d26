package io.cloudoperator.sample.wire;

/** An error answer, rendered in the form of the service that was called. */
public final class AwsError extends RuntimeException {

  private final int status;
  private final String code;

  public AwsError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
