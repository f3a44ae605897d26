package io.cloudoperator.local.client;

/** The HTTP API refused: the message is the problem's detail. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  ApiException(int status, String code, String detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The problem's stable code; empty if the answer was no problem of ours. */
  public String code() {
    return code;
  }
}
