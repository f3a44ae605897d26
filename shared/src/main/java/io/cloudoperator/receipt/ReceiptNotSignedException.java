package io.cloudoperator.receipt;

/** A receipt could not be signed. The data that it is about is deleted all the same. */
public final class ReceiptNotSignedException extends RuntimeException {
  public ReceiptNotSignedException(Throwable cause) {
    super("a receipt could not be signed", cause);
  }
}
