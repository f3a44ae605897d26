package io.cloudoperator.query;

import io.cloudoperator.call.Call;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.report.Csv;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some calls of some ledgers, in their order.
 *
 * @param ledgers each with those of its calls that are on this page
 * @param next where the next page begins; empty on the last
 */
record CallsPage(List<Ledger> ledgers, Optional<Cursor> next) {
  /** The most calls of a page. */
  static final int LARGEST = 20_000;

  CallsPage {
    ledgers = List.copyOf(ledgers);
  }

  /**
   * A page that begins after the cursor's call: as many as were asked for and fit into an answer.
   * If its ledger is not kept any more, neither is what came after it: the page is empty.
   *
   * @param room how large the page may be as JSON, as {@link AnswerSize} measures it
   */
  static CallsPage of(List<Ledger> all, int limit, Optional<Cursor> after, long room) {
    List<Ledger> page = new ArrayList<>();
    int shown = 0;
    long left = room;
    boolean begun = after.isEmpty();
    for (Ledger ledger : all) {
      int from = 0;
      if (!begun) {
        if (!ledger.session().equals(after.orElseThrow().session())) {
          continue;
        }
        begun = true;
        from = Math.min(after.orElseThrow().calls(), ledger.calls().size());
      }
      int to = from;
      while (to < ledger.calls().size() && shown < limit) {
        left -= AnswerSize.of(Json.write(ledger.calls().get(to))) + 1;
        if (left < 0 && shown > 0) {
          break;
        }
        to++;
        shown++;
      }
      if (to > from) {
        page.add(
            new Ledger(
                ledger.session(),
                ledger.kind(),
                ledger.begunAt(),
                ledger.calls().subList(from, to)));
      }
      if (to < ledger.calls().size()) {
        return new CallsPage(page, Optional.of(new Cursor(ledger.session(), to)));
      }
    }
    return new CallsPage(page, Optional.empty());
  }

  /** One call a row. */
  String csv() {
    List<List<?>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "session",
            "kind",
            "at",
            "region",
            "service",
            "operation",
            "requestId",
            "status",
            "errorCode",
            "throttled",
            "retry"));
    ledgers.forEach(ledger -> ledger.calls().forEach(call -> rows.add(row(ledger, call))));
    return Csv.write(rows);
  }

  private static List<?> row(Ledger ledger, Call call) {
    return List.of(
        ledger.session(),
        Choice.word(ledger.kind()),
        call.at(),
        call.region(),
        call.service(),
        call.operation(),
        call.requestId(),
        call.status(),
        call.errorCode(),
        call.throttled(),
        call.retry());
  }

  /**
   * Where a page begins, as callers carry it from one page to the next.
   *
   * @param calls how many of the session's calls were shown before
   */
  record Cursor(ScanId session, int calls) {
    Cursor {
      PageCursor.requireCount(calls);
    }
  }
}
