package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.query.report.Csv;
import io.cloudoperator.reconcile.LedgerDocument;
import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.view.LedgerDocuments;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows every call that was made in a customer's account. */
final class CallLedgers {
  private final LedgerStore ledgers;
  private final RunStore runs;

  CallLedgers(LedgerStore ledgers, RunStore runs) {
    this.ledgers = ledgers;
    this.runs = runs;
  }

  /**
   * The ledgers that are asked for: of one scan, also while it runs, or all that are kept.
   *
   * @throws ProblemException 404 if nothing is known of that scan
   */
  LedgerStore.Ledgers of(Connection connection, Optional<ScanId> scan) {
    if (scan.isEmpty()) {
      return ledgers.ledgers(connection.tenant(), connection.id());
    }
    ScanKey key = new ScanKey(connection.tenant(), connection.id(), scan.get());
    List<Ledger> ledger = ledgers.ledger(key).stream().toList();
    if (ledger.isEmpty() && runs.run(key).isEmpty()) {
      throw new ProblemException(Problem.notFound("scan"));
    }
    return new LedgerStore.Ledgers(ledger, 0);
  }

  /**
   * A page as JSON.
   *
   * @param unreadable how many ledgers are kept and cannot be read
   * @param broker whose roles make the calls
   * @param now when the ledgers were read
   */
  static ApiResponse json(
      CallsPage page, int unreadable, Connection connection, AccountId broker, Instant now) {
    return ApiResponse.ok(
        new View(document(page, connection, broker, now), Unreadable.of(unreadable)));
  }

  /** A document, and of how many ledgers it says nothing because they cannot be read. */
  record View(@JsonUnwrapped LedgerDocument document, Optional<Integer> unreadable) {}

  /** A page as it is published, and as it is held against CloudTrail. */
  static LedgerDocument document(
      CallsPage page, Connection connection, AccountId broker, Instant now) {
    return LedgerDocuments.of(
        connection, broker, now, page.ledgers(), page.next().map(PageCursor::token));
  }

  /**
   * A page as CSV; where the next one is, a header says.
   *
   * @param query the parameters of this page but {@code after}, as they came
   */
  static ApiResponse csv(CallsPage page, Connection connection, String query) {
    ApiResponse reply =
        ApiResponse.text(200, Csv.CONTENT_TYPE, page.csv())
            .with(
                "content-disposition",
                "attachment; filename=\"cloudoperator-calls-%s.csv\"".formatted(connection.id()));
    return page.next()
        .map(next ->
            reply.with(
                "link",
                "</connections/%s/calls?%s&after=%s>; rel=\"next\""
                    .formatted(connection.id(), query, PageCursor.token(next))))
        .orElse(reply);
  }
}
