package io.cloudoperator.receipt;

/** Signs receipts. */
public interface ReceiptSigner {
  /**
   * The receipt's JSON as a compact JWS: any JOSE library can check it.
   *
   * @throws ReceiptNotSignedException if it cannot be signed now; trying again may help
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-3.1">Compact serialization</a>
   */
  String sign(Receipt receipt);
}
