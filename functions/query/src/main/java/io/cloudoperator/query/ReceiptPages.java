package io.cloudoperator.query;

import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.json.Json;
import io.cloudoperator.receipt.Receipt;
import io.cloudoperator.receipt.ReceiptKey;
import io.cloudoperator.receipt.ReceiptKeyException;
import io.cloudoperator.receipt.ReceiptVerifier;
import io.cloudoperator.receipt.Verification;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import java.util.Optional;
import java.util.function.Supplier;

/** Receipts of deletion, checked for anybody, and the key to check them alone. */
final class ReceiptPages {
  private final Supplier<ReceiptKey> key;
  private final ReceiptVerifier verifier;
  private final Telemetry telemetry;

  ReceiptPages(Supplier<ReceiptKey> key, Telemetry telemetry) {
    this.key = key;
    this.verifier = new ReceiptVerifier(key);
    this.telemetry = telemetry;
  }

  /** A compact JWS. */
  record Given(String signature) {}

  /**
   * What came of checking it.
   *
   * @param receipt what we signed, if we did
   * @param reason why it is not a receipt of ours, if it is not
   */
  record Checked(boolean valid, Optional<Receipt> receipt, Optional<String> reason) {}

  Checked verify(Given given) {
    try {
      return switch (verifier.verify(given.signature())) {
        case Verification.Verified verified ->
            new Checked(true, Optional.of(verified.receipt()), Optional.empty());
        case Verification.Refused refused ->
            new Checked(false, Optional.empty(), Optional.of(refused.why()));
      };
    } catch (ReceiptKeyException e) {
      throw unavailable(e);
    }
  }

  /** A JWK Set. */
  String jwks() {
    try {
      return Json.write(key.get().jwks());
    } catch (ReceiptKeyException e) {
      throw unavailable(e);
    }
  }

  private ProblemException unavailable(ReceiptKeyException e) {
    telemetry.failed(LogEvent.RECEIPT_KEY_UNREADABLE, e);
    return new ProblemException(
        ProblemCode.RECEIPT_KEY_UNAVAILABLE,
        "The public key could not be read, so nothing was concluded. Try again.");
  }
}
