package io.cloudoperator.connect;

import io.cloudoperator.json.Json;
import io.cloudoperator.receipt.Receipt;
import io.cloudoperator.receipt.ReceiptNotSignedException;
import io.cloudoperator.receipt.ReceiptSigner;

/** Puts its name under any receipt, unless it is away. */
final class Notary implements ReceiptSigner {
  private boolean away;
  private Runnable whileSigning = () -> {};

  @Override
  public String sign(Receipt receipt) {
    whileSigning.run();
    if (away) {
      throw new ReceiptNotSignedException(new IllegalStateException("away"));
    }
    return "signed: " + Json.write(receipt);
  }

  void away(boolean isAway) {
    away = isAway;
  }

  void whileSigning(Runnable action) {
    whileSigning = action;
  }
}
