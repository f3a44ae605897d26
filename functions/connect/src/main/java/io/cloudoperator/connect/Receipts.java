package io.cloudoperator.connect;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.UuidV7;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.receipt.Deleted;
import io.cloudoperator.receipt.Receipt;
import io.cloudoperator.receipt.ReceiptNotSignedException;
import io.cloudoperator.receipt.ReceiptSigner;
import io.cloudoperator.receipt.Remainder;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs what was deleted. Deletion comes first: whether a signature can be had decides about the
 * receipt, never about the data.
 */
final class Receipts {
  private final ReceiptSigner signer;
  private final InstantSource clock;
  private final Supplier<SecureRandom> random;
  private final Telemetry telemetry;

  Receipts(
      ReceiptSigner signer,
      InstantSource clock,
      Supplier<SecureRandom> random,
      Telemetry telemetry) {
    this.signer = signer;
    this.clock = clock;
    this.random = random;
    this.telemetry = telemetry;
  }

  /**
   * The answer to every deletion.
   *
   * @param signature the receipt as a compact JWS
   */
  record Signed(Receipt receipt, String signature) {}

  /**
   * A receipt.
   *
   * @param connection that it is of; empty if it is of everything that the tenant had
   * @param account of the connection; empty if none was proven
   * @throws ProblemException 503, and repeating the request gives a receipt
   */
  Signed of(
      Receipt.Kind kind,
      TenantId tenant,
      Optional<ConnectionId> connection,
      Optional<AccountId> account,
      Instant at,
      DeletionCounter counted,
      List<Remainder> retained) {
    Receipt receipt =
        new Receipt(
            UuidV7.at(clock.instant(), random.get()),
            kind,
            tenant,
            connection,
            account,
            at,
            counted.deleted(),
            retained);
    try {
      return new Signed(receipt, signer.sign(receipt));
    } catch (ReceiptNotSignedException e) {
      telemetry.failed(LogEvent.RECEIPT_NOT_SIGNED, e);
      throw notSigned(receipt.deleted());
    }
  }

  private static ProblemException notSigned(List<Deleted> deleted) {
    return new ProblemException(
        Problem.of(
                ProblemCode.RECEIPT_NOT_SIGNED,
                "It is deleted, but the receipt could not be signed. Repeat the request for a"
                    + " receipt; it will count only what is deleted then.")
            .with("deleted", deleted));
  }
}
