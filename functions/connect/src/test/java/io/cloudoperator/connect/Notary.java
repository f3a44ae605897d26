package io.cloudoperator.connect;

import io.cloudoperator.receipt.ReceiptNotSignedException;
import io.cloudoperator.receipt.ReceiptSigner;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Puts its name under any receipt, unless it is away. */
final class Notary implements ReceiptSigner {
  private final Queue<String> signed = new ConcurrentLinkedQueue<>();
  private boolean away;
  private Runnable whileSigning = () -> {};

  @Override
  public String sign(String receipt) {
    whileSigning.run();
    if (away) {
      throw new ReceiptNotSignedException(new IllegalStateException("away"));
    }
    signed.add(receipt);
    return "signed: " + receipt;
  }

  /** Each text that was ever signed. */
  Set<String> signed() {
    return new LinkedHashSet<>(signed);
  }

  void away(boolean isAway) {
    away = isAway;
  }

  void whileSigning(Runnable action) {
    whileSigning = action;
  }
}
