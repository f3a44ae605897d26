package io.cloudoperator.receipt;

/** The public key of receipts could not be read, so no receipt can be verified now. */
public final class ReceiptKeyException extends RuntimeException {
  public ReceiptKeyException(Throwable cause) {
    super("the public key of receipts could not be read", cause);
  }
}
