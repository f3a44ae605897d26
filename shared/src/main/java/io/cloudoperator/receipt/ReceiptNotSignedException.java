package io.cloudoperator.receipt;

/** A receipt could not be signed. What it speaks of is deleted all the same. */
public final class ReceiptNotSignedException extends RuntimeException {
  /** For this reason. */
  public ReceiptNotSignedException(Throwable cause) {
    super("a receipt could not be signed", cause);
  }
}
