package io.cloudoperator.receipt;

/** The public key of receipts could not be read: nothing can be said about any receipt now. */
public final class ReceiptKeyException extends RuntimeException {
  /** For this reason. */
  public ReceiptKeyException(Throwable cause) {
    super("the public key of receipts could not be read", cause);
  }
}
