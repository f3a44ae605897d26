package io.cloudoperator.local.client;

/** The HTTP API refused: the message is the problem's title and detail. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String awsErrorCode;

  /**
   * @param code empty if the answer was no problem of ours
   */
  public ApiException(int status, String code, String sentence) {
    this(status, code, sentence, "");
  }

  ApiException(int status, String code, String sentence, String awsErrorCode) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.awsErrorCode = awsErrorCode;
  }

  public int status() {
    return status;
  }

  /** The problem's stable code; empty if the answer was no problem of ours. */
  public String code() {
    return code;
  }

  /** What AWS called its refusal, where that is the reason; else empty. */
  public String awsErrorCode() {
    return awsErrorCode;
  }
}
