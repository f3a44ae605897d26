package io.cloudoperator.receipt;

/** Signs receipts. */
public interface ReceiptSigner {
  /**
   * A receipt as a compact JWS: any JOSE library can check it. The same text gives the same JWS as
   * long as the key is the same.
   *
   * @param receipt its JSON, which is signed to the letter
   * @throws ReceiptNotSignedException if it cannot be signed now; trying again may help
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-3.1">Compact serialization</a>
   */
  String sign(String receipt);
}
