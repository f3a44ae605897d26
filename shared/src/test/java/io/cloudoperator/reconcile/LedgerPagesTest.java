package io.cloudoperator.reconcile;

import static io.cloudoperator.reconcile.Fixtures.SESSION;
import static io.cloudoperator.reconcile.Fixtures.calls;
import static io.cloudoperator.reconcile.Fixtures.ledger;
import static io.cloudoperator.reconcile.Fixtures.source;
import static io.cloudoperator.reconcile.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerPagesTest {
  @Test
  void putsThePagesOfALedgerTogether() throws Exception {
    ObjectNode first = ledger().put("next", "page-2");
    ObjectNode second = ledger();
    String older = "01a1fcb0-a300-7000-8000-000000000002";
    ((ObjectNode) second.at("/sessions/0"))
        .put("session", older)
        .put("begunAt", "2026-11-21T06:00:00Z");

    LedgerDocument whole =
        InputFiles.read(
                List.of(source(text("s3-file.json")), source(second + "\n" + first)),
                Long.MAX_VALUE)
            .ledger()
            .orElseThrow();
    LedgerDocument part =
        InputFiles.read(List.of(source(first.toString())), Long.MAX_VALUE).ledger().orElseThrow();

    assertThat(whole.sessions())
        .extracting(ledger -> ledger.session().value())
        .containsExactly(SESSION, older);
    assertThat(whole.next()).isEmpty();
    assertThat(part.next()).contains("page-2");
  }

  @Test
  void putsTogetherWhatOnePageBeganAndTheNextGoesOnWith() throws Exception {
    ObjectNode first = ledger().put("next", "page-2");
    calls(first).remove(3);
    ObjectNode second = ledger();
    calls(second).remove(0);

    LedgerDocument whole =
        InputFiles.read(
                List.of(source(first.toString()), source(second.toString())), Long.MAX_VALUE)
            .ledger()
            .orElseThrow();

    assertThat(whole.sessions()).isEqualTo(Fixtures.document(ledger().toString()).sessions());
  }

  @Test
  void saysTheSameInWhateverOrderPagesCome() throws Exception {
    TrailSource first = source(ledger().put("next", "page-2").toString());
    TrailSource second = source(ledger().put("next", "page-3").toString());

    InputFiles inOrder = InputFiles.read(List.of(first, second), Long.MAX_VALUE);

    assertThat(inOrder).isEqualTo(InputFiles.read(List.of(second, first), Long.MAX_VALUE));
    assertThat(inOrder.ledger().flatMap(LedgerDocument::next)).contains("page-2");
  }

  @Test
  void isWholeWithTheFirstPageOfTodayAndAllThatWasThereYesterday() throws Exception {
    ObjectNode today = ledger().put("asOf", "2026-11-23T09:00:00Z").put("next", "page-2");

    LedgerDocument whole =
        InputFiles.read(List.of(source(today + "\n" + ledger())), Long.MAX_VALUE)
            .ledger()
            .orElseThrow();

    assertThat(whole.asOf()).isEqualTo("2026-11-23T09:00:00Z");
    assertThat(whole.next()).isEmpty();
  }

  @Test
  void takesNoLedgersOfTwoConnections() {
    ObjectNode other = ledger().put("connection", "con-00000000000000000000000000000002");

    assertThatThrownBy(
            () -> InputFiles.read(List.of(source(ledger() + "\n" + other)), Long.MAX_VALUE))
        .isInstanceOf(TrailException.class)
        .hasMessageContaining("another connection");
  }
}
