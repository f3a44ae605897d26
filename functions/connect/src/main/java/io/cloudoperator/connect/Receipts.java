package io.cloudoperator.connect;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.What;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.UuidV7;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.json.Json;
import io.cloudoperator.receipt.Deleted;
import io.cloudoperator.receipt.Receipt;
import io.cloudoperator.receipt.ReceiptNotSignedException;
import io.cloudoperator.receipt.ReceiptSigner;
import io.cloudoperator.receipt.Remainder;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Opens deletions, closes them with their receipts, and signs these. Deletion comes first: whether
 * a signature can be had decides about the answer, never about the data. What is signed is the text
 * that is kept, so that one deletion has one receipt, however often it is asked for.
 */
final class Receipts {
  private final DeletionStore deletions;
  private final ReceiptSigner signer;
  private final InstantSource clock;
  private final Supplier<SecureRandom> random;
  private final Telemetry telemetry;

  Receipts(
      DeletionStore deletions,
      ReceiptSigner signer,
      InstantSource clock,
      Supplier<SecureRandom> random,
      Telemetry telemetry) {
    this.deletions = deletions;
    this.signer = signer;
    this.clock = clock;
    this.random = random;
    this.telemetry = telemetry;
  }

  /**
   * The answer to every deletion.
   *
   * @param receipt its JSON, to the letter as it is signed
   * @param signature the receipt as a compact JWS
   */
  record Signed(@JsonRawValue String receipt, String signature) {}

  /**
   * The deletion that a request is part of: the one that is open; the one that is closed, if the
   * request only repeats it; a new one otherwise.
   *
   * @param repeats whether there is nothing to delete, so that a closed one is all there is to say
   */
  Deletion deletion(Deletion.Scope scope, Optional<AccountId> account, BooleanSupplier repeats) {
    while (true) {
      Optional<Deletion> known = deletions.find(scope);
      if (known.filter(deletion -> !deletion.closed() || repeats.getAsBoolean()).isPresent()) {
        return known.get();
      }
      Deletion fresh = Deletion.open(scope, UuidV7.at(clock.instant(), random.get()), account);
      if (deletions.open(fresh, known)) {
        return fresh;
      }
    }
  }

  /**
   * Closes a deletion that has nothing left to delete, and signs its receipt.
   *
   * @param last the connection whose record goes with it
   * @param kept whether it is kept until its connection's record is deleted, and not for a time
   * @param at by when all was deleted
   * @throws ProblemException 503, and repeating the request gives the receipt; 409 if the deletion
   *     is not kept any more
   */
  Signed closed(
      Deletion deletion,
      Optional<ConnectionId> last,
      boolean kept,
      Instant at,
      List<Remainder> remains) {
    return deletions
        .close(
            deletion,
            last,
            kept ? Optional.empty() : Optional.of(at.plus(Deletion.KEPT_FOR)),
            counted -> Json.write(receipt(counted, at, remains)))
        .map(this::signed)
        .orElseThrow(ConnectionEditor::changedMeanwhile);
  }

  private static Receipt receipt(Deletion counted, Instant at, List<Remainder> remains) {
    return new Receipt(
        counted.id(),
        counted.scope().kind(),
        counted.scope().tenant(),
        counted.scope().connection(),
        counted.account(),
        at,
        deleted(counted),
        remains);
  }

  /** What a deletion has counted, and also that there was none of what it is meant for. */
  static List<Deleted> deleted(Deletion counted) {
    Set<What> meant =
        switch (counted.scope().kind()) {
          case DISCONNECT -> EnumSet.range(What.ROLE_REFERENCES, What.ACCOUNT_CLAIMS);
          case PURGE -> EnumSet.range(What.SNAPSHOTS, What.CATALOGS);
          case TENANT_PURGE -> EnumSet.allOf(What.class);
        };
    return EnumSet.allOf(What.class).stream()
        .map(what -> new Deleted(Choice.word(what), counted.counts().getOrDefault(what, 0L)))
        .filter(
            deleted -> deleted.count() > 0 || meant.contains(Choice.of(What.class, deleted.what())))
        .toList();
  }

  /**
   * The receipt of a closed deletion, signed.
   *
   * @throws ProblemException 503, and repeating the request gives the receipt
   */
  Signed signed(Deletion closed) {
    String receipt = closed.receipt().orElseThrow();
    try {
      return new Signed(receipt, signer.sign(receipt));
    } catch (ReceiptNotSignedException e) {
      telemetry.failed(LogEvent.RECEIPT_NOT_SIGNED, e);
      throw new ProblemException(
          Problem.of(
                  ProblemCode.RECEIPT_NOT_SIGNED,
                  "It is deleted, but the receipt could not be signed. Repeat the request for it.")
              .with("deleted", Json.read(receipt, Receipt.class).deleted()));
    }
  }
}
