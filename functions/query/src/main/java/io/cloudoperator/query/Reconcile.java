package io.cloudoperator.query;

import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.reconcile.Findings;
import io.cloudoperator.reconcile.InputFiles;
import io.cloudoperator.reconcile.LedgerDocument;
import io.cloudoperator.reconcile.Reconciliation;
import io.cloudoperator.reconcile.TrailException;
import io.cloudoperator.reconcile.TrailSource;
import io.cloudoperator.reconcile.TrailTime;
import io.cloudoperator.reconcile.TrailTooLargeException;
import io.cloudoperator.runtime.AnswerSize;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Holds the ledgers that are kept against the CloudTrail events that a caller has sent. */
final class Reconcile {
  /**
   * The largest body, so that what Lambda is called with stays below {@link AnswerSize#LARGEST}:
   * binary bodies are base64 in it, and text has its quotes escaped.
   */
  static final int LARGEST = 4 << 20;

  /** The most that a compressed body may become: the answer is due within half a minute. */
  static final long LARGEST_DECOMPRESSED = 64L << 20;

  /** What is answered to more. */
  static final Problem TOO_LARGE =
      Problem.of(
          ProblemCode.BODY_TOO_LARGE,
          ("The body may have %,d bytes at most, and %,d when it is decompressed. Send it compressed,"
                  + " with content-type: application/gzip, or region by region; or run ./cloudoperator"
                  + " reconcile, which does the same offline with files of any size.")
              .formatted(LARGEST, LARGEST_DECOMPRESSED));

  // What gzip's first two bytes become if they are taken for UTF-8.
  private static final byte[] SPOILED = {0x1f, (byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  private Reconcile() {}

  /**
   * What ledger and events say of each other.
   *
   * @throws ProblemException 400 if the body is not CloudTrail's; 413 if it is too large when
   *     decompressed
   */
  static Findings findings(LedgerDocument ledger, byte[] body, Instant asOf) {
    if (body.length >= SPOILED.length
        && Arrays.equals(body, 0, SPOILED.length, SPOILED, 0, SPOILED.length)) {
      throw refused(
          "The body was gzip before it was taken for text; send it with content-type:"
              + " application/gzip.");
    }
    List<TrailSource> sources =
        List.of(new TrailSource("The body", () -> new ByteArrayInputStream(body)));
    try {
      InputFiles files = InputFiles.read(sources, LARGEST_DECOMPRESSED);
      if (files.ledger().isPresent()) {
        throw refused(
            "The body has a ledger in it; send CloudTrail's events alone: the ledger is here.");
      }
      return Reconciliation.of(ledger, files, asOf);
    } catch (TrailTooLargeException _) {
      throw new ProblemException(TOO_LARGE);
    } catch (TrailException e) {
      throw refused(e.getMessage() + ".");
    }
  }

  private static ProblemException refused(String why) {
    return new ProblemException(ProblemCode.UNREADABLE_TRAIL, why);
  }

  /**
   * A time of a query.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Instant time(String text) {
    try {
      return TrailTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "it is a time such as 2026-11-22T09:00:00Z, of the years 1970 to 9999", e);
    }
  }
}
