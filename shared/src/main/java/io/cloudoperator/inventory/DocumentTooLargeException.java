package io.cloudoperator.inventory;

/** A value is larger than what can be stored of its kind; nothing of it was stored. */
public final class DocumentTooLargeException extends IllegalArgumentException {
  /** Of a source that could be read and not be stored. */
  public static final String CODE = "TooLarge";

  private static final long serialVersionUID = 1;

  /**
   * @param message what it is, its size and the limit, and no value of the customer's account
   */
  public DocumentTooLargeException(String message) {
    super(message);
  }
}
