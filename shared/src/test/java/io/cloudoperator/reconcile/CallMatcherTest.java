package io.cloudoperator.reconcile;

import static io.cloudoperator.reconcile.Fixtures.LATER;
import static io.cloudoperator.reconcile.Fixtures.calls;
import static io.cloudoperator.reconcile.Fixtures.events;
import static io.cloudoperator.reconcile.Fixtures.ledger;
import static io.cloudoperator.reconcile.Fixtures.reconcile;
import static io.cloudoperator.reconcile.Fixtures.records;
import static io.cloudoperator.reconcile.Fixtures.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.reconcile.Findings.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which event is which call's. */
class CallMatcherTest {
  @Test
  void saysTheSameInWhateverOrderFilesAndEventsCome() throws Exception {
    ObjectNode ledger = ledger();
    List<ObjectNode> events = events();
    for (int i = 0; i < 40; i++) {
      JsonNode call = calls(ledger).get(2);
      calls(ledger)
          .add(
              ((ObjectNode) call.deepCopy())
                  .put(
                      "at", Instant.parse("2026-11-22T06:00:10Z").plusSeconds(i * 20L).toString()));
      events.add(
          events
              .get(2)
              .deepCopy()
              .put("eventID", "e" + i)
              .put(
                  "eventTime",
                  Instant.parse("2026-11-22T06:02:00Z").plusSeconds(i * 27L).toString())
              .put("errorCode", i % 7 == 0 ? "Client.UnauthorizedOperation" : ""));
    }
    Findings first = reconcile(ledger, events);
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(events, random);
      int cut = random.nextInt(events.size());

      assertThat(
              reconcile(
                  ledger,
                  LATER,
                  source(records(events.subList(cut, events.size()))),
                  source(records(events.subList(0, cut)))))
          .usingRecursiveComparison()
          .ignoringFields("files")
          .isEqualTo(first);
    }
    assertThat(first.matched().calls()).isGreaterThan(30);
    assertThat(first.oursWithoutTheirs().missing()).isEqualTo(44 - first.matched().calls());
    assertThat(first.theirsWithoutOurs().unknownCall()).isEqualTo(44 - first.matched().calls());
  }

  @ParameterizedTest
  @CsvSource({"-299, AGREES", "0, AGREES", "299, AGREES", "-302, DIFFERS", "302, DIFFERS"})
  void takesTimesWithinFiveMinutesForTheSame(long seconds, Verdict verdict) throws Exception {
    List<ObjectNode> events = events();
    events
        .get(2)
        .put("eventTime", Instant.parse("2026-11-22T06:00:04Z").plusSeconds(seconds).toString());

    assertThat(reconcile(ledger(), events).verdict()).isEqualTo(verdict);
  }

  @Test
  void needsNoTimeWhereTheRequestIdIsTheSame() throws Exception {
    List<ObjectNode> events = events();
    events.get(1).put("eventTime", "2026-11-22T06:14:00Z");

    assertThat(reconcile(ledger(), events).verdict()).isEqualTo(Verdict.AGREES);
  }

  @Test
  void needsNoRequestId() throws Exception {
    List<ObjectNode> events = events();
    events.forEach(event -> event.remove("requestID"));

    assertThat(reconcile(ledger(), events).matched()).isEqualTo(new Findings.Matched(4, 0));
  }

  @Test
  void needsNoOrderOfCalls() throws Exception {
    ObjectNode ledger = ledger();
    ObjectNode earlier = calls(ledger).get(2).deepCopy();
    calls(ledger).add(earlier.put("at", "2026-11-22T05:50:00Z"));
    List<ObjectNode> events = events();
    events.add(
        events.get(2).deepCopy().put("eventID", "b").put("eventTime", "2026-11-22T05:50:01Z"));

    assertThat(reconcile(ledger, events).verdict()).isEqualTo(Verdict.AGREES);
  }

  @Test
  void findsAnEventOfEachOfAThousandCalls() throws Exception {
    ObjectNode ledger = ledger();
    List<ObjectNode> events = events();
    for (int i = 0; i < 1_000; i++) {
      again(ledger, events, i, 200);
    }

    assertThat(reconcile(ledger, events).verdict()).isEqualTo(Verdict.AGREES);
  }

  /** Each try walks all calls and events, and a ledger says how many there are. */
  @Test
  void triesAThousandCallsWithoutAnAnswerAndNoMore() throws Exception {
    ObjectNode ledger = ledger();
    List<ObjectNode> events = events();
    for (int i = 0; i < 1_003; i++) {
      again(ledger, events, i, 0);
    }

    Findings findings = reconcile(ledger, events);

    assertThat(findings.matched().calls()).isEqualTo(1_004);
    assertThat(findings.oursWithoutTheirs().noAnswer()).isEqualTo(3);
    assertThat(findings.theirsWithoutOurs().unknownCall()).isEqualTo(3);
  }

  /** One call and one event more, at a time of their own. */
  private static void again(ObjectNode ledger, List<ObjectNode> events, int i, int status) {
    Instant at = Instant.parse("2026-11-22T06:01:00Z").plusMillis(500L * i);
    ObjectNode call = calls(ledger).get(2).deepCopy();
    calls(ledger).add(call.put("at", at.toString()).put("status", status).put("requestId", ""));
    events.add(
        events.get(2).deepCopy().put("eventID", "again-" + i).put("eventTime", at.toString()));
  }

  @Test
  void expectsNothingOfACallWithoutAnAnswerAndLeavesTheEventToItsRepetition() throws Exception {
    ObjectNode ledger = ledger();
    ObjectNode unanswered = calls(ledger).get(2).deepCopy();
    calls(ledger)
        .add(unanswered.put("at", "2026-11-22T06:00:04Z").put("status", 0).put("requestId", ""));

    Findings one = reconcile(ledger, events());
    List<ObjectNode> both = events();
    both.add(both.get(2).deepCopy().put("eventID", "it did reach AWS"));
    Findings two = reconcile(ledger, both);

    assertThat(one.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(one.oursWithoutTheirs().noAnswer()).isEqualTo(1);
    assertThat(two.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(two.matched().calls()).isEqualTo(5);
  }

  @Test
  void givesACallWithoutAnAnswerNoEventThatIsOutOfItsReach() throws Exception {
    ObjectNode ledger = ledger();
    ObjectNode unanswered = calls(ledger).get(2).deepCopy();
    calls(ledger)
        .add(unanswered.put("at", "2026-11-22T06:20:00Z").put("status", 0).put("requestId", ""));
    List<ObjectNode> events = events();
    events.add(
        events.get(2).deepCopy().put("eventID", "b").put("eventTime", "2026-11-22T06:02:00Z"));

    Findings findings = reconcile(ledger, events);

    assertThat(findings.oursWithoutTheirs().noAnswer()).isEqualTo(1);
    assertThat(findings.theirsWithoutOurs().unknownCall()).isEqualTo(1);
    assertThat(findings.matched().calls()).isEqualTo(4);
  }

  @Test
  void findsThePairsThatTheEarliestFirstWouldMiss() throws Exception {
    ObjectNode ledger = ledger();
    ObjectNode unanswered = calls(ledger).get(2).deepCopy();
    calls(ledger)
        .add(unanswered.put("at", "2026-11-22T05:58:00Z").put("status", 0).put("requestId", ""));
    List<ObjectNode> events = events();
    events.get(2).put("eventTime", "2026-11-22T06:00:00Z");
    events.add(
        events.get(2).deepCopy().put("eventID", "b").put("eventTime", "2026-11-22T06:05:00Z"));

    assertThat(reconcile(ledger, events).matched().calls()).isEqualTo(5);
  }

  @Test
  void findsOurEventsInAFloodOfOthersOfTheSameKindWhateverComesFirst() throws Exception {
    List<ObjectNode> events = events();
    ObjectNode flood = events.get(1);
    for (int i = 0; i < 2_000; i++) {
      events.add(
          i % 2 == 0 ? 0 : events.size(),
          flood
              .deepCopy()
              .put("eventID", "flood-" + i)
              .put("requestID", "f" + i)
              .put("eventTime", i % 3 == 0 ? "2026-11-22T06:01:00Z" : "2026-11-22T05:59:00Z"));
    }

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.matched()).isEqualTo(new Findings.Matched(4, 2));
    assertThat(findings.theirsWithoutOurs().unknownCall()).isEqualTo(2_000);
  }
}
