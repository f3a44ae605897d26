package io.cloudoperator.reconcile;

import static io.cloudoperator.reconcile.Fixtures.LATER;
import static io.cloudoperator.reconcile.Fixtures.SESSION;
import static io.cloudoperator.reconcile.Fixtures.calls;
import static io.cloudoperator.reconcile.Fixtures.events;
import static io.cloudoperator.reconcile.Fixtures.ledger;
import static io.cloudoperator.reconcile.Fixtures.reconcile;
import static io.cloudoperator.reconcile.Fixtures.records;
import static io.cloudoperator.reconcile.Fixtures.source;
import static io.cloudoperator.reconcile.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.reconcile.Findings.Assumption.PolicyIs;
import io.cloudoperator.reconcile.Findings.Verdict;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.SessionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationTest {
  private static final String OTHER_ROLE_SESSION =
      "arn:aws:sts::444455556666:assumed-role/CloudOperatorReadOnly/%s";

  @Test
  void agreesWhenEachCallHasItsEventAndEachEventItsCall() throws Exception {
    Findings findings =
        reconcile(
            ledger(), LATER, source(text("lookup-events.json")), source(text("s3-file.json")));

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.matched()).isEqualTo(new Findings.Matched(4, 2));
    assertThat(findings.oursWithoutTheirs().calls()).isEmpty();
    assertThat(findings.theirsWithoutOurs().events()).isEmpty();
    assertThat(findings.assumptions().publishedPolicy()).isEqualTo(1);
    assertThat(findings.assumptions().remarkable()).isEmpty();
    assertThat(findings.keyUse()).isEqualTo(new Findings.KeyUse(2, 0, 1, List.of()));
    assertThat(findings.regionsWithoutEvents()).isEmpty();
    assertThat(findings.files().events()).isEqualTo(5);
    assertThat(findings.files().from()).contains(Instant.parse("2026-11-22T06:00:02Z"));
    assertThat(findings.files().to()).contains(Instant.parse("2026-11-22T06:00:07Z"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void reportsACallWhoseEventIsNotThere(int which) throws Exception {
    List<ObjectNode> events = events();
    events.remove(which);

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.oursWithoutTheirs().missing()).isEqualTo(1);
    assertThat(findings.oursWithoutTheirs().calls())
        .singleElement()
        .satisfies(ours -> {
          assertThat(ours.why()).isEqualTo(Findings.CallWithoutEvent.Why.MISSING);
          assertThat(ours.call().at()).isEqualTo(calls(ledger()).get(which).get("at").textValue());
        });
    assertThat(findings.theirsWithoutOurs().events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void reportsAnEventWhoseCallIsNotThere(int which) throws Exception {
    ObjectNode ledger = ledger();
    calls(ledger).remove(which);

    Findings findings = reconcile(ledger, events());

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.theirsWithoutOurs().unknownCall()).isEqualTo(1);
    assertThat(findings.theirsWithoutOurs().events())
        .singleElement()
        .satisfies(theirs -> {
          assertThat(theirs.why()).isEqualTo(Findings.EventWithoutCall.Why.UNKNOWN_CALL);
          assertThat(theirs.session()).isEqualTo(SESSION);
          assertThat(theirs.eventId()).isEqualTo(events().get(which).get("eventID").textValue());
        });
  }

  @ParameterizedTest
  @CsvSource({
    "eventName, TerminateInstances",
    "awsRegion, us-west-2",
    "eventSource, rds.amazonaws.com",
  })
  void reportsBothWhenTheyAreNotOfTheSameCall(String field, String value) throws Exception {
    List<ObjectNode> events = events();
    events.get(2).put(field, value);

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.oursWithoutTheirs().missing()).isEqualTo(1);
    assertThat(findings.theirsWithoutOurs().unknownCall()).isEqualTo(1);
  }

  @Test
  void reportsOneEventMoreOfAKindThatTheLedgerHas() throws Exception {
    List<ObjectNode> events = events();
    events.add(events.get(2).deepCopy().put("eventID", "another"));

    assertThat(reconcile(ledger(), events).theirsWithoutOurs().unknownCall()).isEqualTo(1);
  }

  @Test
  void countsAnEventOnceThatStandsInTwoFiles() throws Exception {
    Findings findings =
        reconcile(ledger(), LATER, source(records(events())), source(text("lookup-events.json")));

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.files().duplicates()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"PT1H59M, TOO_EARLY, 4, 0", "PT2H1M, DIFFERS, 0, 4"})
  void givesCloudTrailTwoHours(Duration later, Verdict verdict, long early, long missing)
      throws Exception {
    Findings findings =
        reconcile(
            ledger(),
            Instant.parse("2026-11-22T06:00:00Z").plus(later),
            source("{\"Records\":[]}"));

    assertThat(findings.verdict()).isEqualTo(verdict);
    assertThat(findings.oursWithoutTheirs().tooEarlyToSay()).isEqualTo(early);
    assertThat(findings.oursWithoutTheirs().missing()).isEqualTo(missing);
    assertThat(findings.regionsWithoutEvents()).containsExactly("eu-central-1", "us-east-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403})
  void expectsNoEventOfARefusedAssumeRoleFromAnotherAccount(int status) throws Exception {
    ObjectNode ledger = ledger();
    calls(ledger).add(refusedAssumeRole().put("status", status));

    Findings findings = reconcile(ledger, events());

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.oursWithoutTheirs().notRecorded()).isEqualTo(1);
  }

  @Test
  void expectsOneOfARefusedAssumeRoleFromTheSameAccount() throws Exception {
    ObjectNode ledger = ledger().put("brokerAccount", "444455556666");
    calls(ledger).add(refusedAssumeRole());
    List<ObjectNode> events = events();
    ((ObjectNode) events.get(0).get("userIdentity")).put("accountId", "444455556666");

    assertThat(reconcile(ledger, events).oursWithoutTheirs().missing()).isEqualTo(1);
  }

  @Test
  void expectsNothingOfARegionWhoseCallsNeedHaveNoEvents() throws Exception {
    ObjectNode ledger = ledger();
    ObjectNode unanswered = calls(ledger).get(2).deepCopy();
    calls(ledger).add(unanswered.put("region", "eu-west-1").put("status", 0));

    Findings findings = reconcile(ledger, events());

    assertThat(findings.oursWithoutTheirs().noAnswer()).isEqualTo(1);
    assertThat(findings.regionsWithoutEvents()).isEmpty();
  }

  private static ObjectNode refusedAssumeRole() {
    return ((ObjectNode) calls(ledger()).get(0).deepCopy())
        .put("requestId", "refused")
        .put("status", 403)
        .put("errorCode", "AccessDenied");
  }

  @Test
  void reportsACallInASessionThatTheLedgerDoesNotKnow() throws Exception {
    List<ObjectNode> events = events();
    events.add(0, hidden());

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.theirsWithoutOurs().events())
        .singleElement()
        .satisfies(theirs -> {
          assertThat(theirs.why()).isEqualTo(Findings.EventWithoutCall.Why.UNKNOWN_SESSION);
          assertThat(theirs.session()).isEqualTo("hidden");
        });
  }

  /** As of one region, where STS's events are in another. */
  @Test
  void knowsTheRoleByOurSessionsWhereNoFileHasTheirAssumeRole() throws Exception {
    List<ObjectNode> events = events();
    events.set(0, hidden());

    assertThat(reconcile(ledger(), events).theirsWithoutOurs().unknownSession()).isEqualTo(1);
  }

  @Test
  void excusesNoSessionByOneOfTheSameNameInAnotherAccount() throws Exception {
    List<ObjectNode> events = events();
    ObjectNode elsewhere = assumed("hidden", "2026-11-22T05:59:00Z");
    ((ObjectNode) elsewhere.get("userIdentity")).put("accountId", "444455556666");
    ((ObjectNode) elsewhere.get("requestParameters"))
        .put("roleArn", "arn:aws:iam::999988887777:role/CloudOperatorReadOnly");
    events.addAll(List.of(elsewhere, hidden()));

    assertThat(reconcile(ledger(), events).theirsWithoutOurs().unknownSession()).isEqualTo(1);
  }

  private static ObjectNode hidden() {
    ObjectNode event = events().get(2).put("eventID", "hidden");
    ((ObjectNode) event.get("userIdentity")).put("arn", OTHER_ROLE_SESSION.formatted("hidden"));
    return event;
  }

  @Test
  void reportsAnAssumeRoleOfTheBrokerThatTheLedgerDoesNotKnow() throws Exception {
    List<ObjectNode> events = events();
    events.add(assumed("01a201d7-0b01-7000-8000-000000000009", "2026-11-22T06:10:00Z"));

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.theirsWithoutOurs().unknownSession()).isEqualTo(1);
  }

  @Test
  void knowsASessionByItsAnswerWhereItsParametersAreNotShown() throws Exception {
    List<ObjectNode> events = events();
    events.get(0).putNull("requestParameters");

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.assumptions().policyNotShown()).isEqualTo(1);
  }

  @Test
  void leavesAloneWhatOthersDoInTheAccountAndWithTheRole() throws Exception {
    List<ObjectNode> events = events();
    ObjectNode begun = assumed("alice", "2026-11-22T06:10:00Z").put("eventID", "alice-1");
    ((ObjectNode) begun.get("userIdentity")).put("accountId", "444455556666");
    ObjectNode used = events.get(2).deepCopy().put("eventID", "alice-2");
    ((ObjectNode) used.get("userIdentity")).put("arn", OTHER_ROLE_SESSION.formatted("alice"));
    ObjectNode user = events.get(2).deepCopy().put("eventID", "bob");
    ((ObjectNode) user.get("userIdentity")).put("arn", "arn:aws:iam::444455556666:user/Bob");
    ObjectNode otherAccount = events.get(2).deepCopy().put("eventID", "elsewhere");
    otherAccount.put("recipientAccountId", "999988887777");
    events.addAll(List.of(used, begun, user, otherAccount));

    assertThat(reconcile(ledger(), events).verdict()).isEqualTo(Verdict.AGREES);
  }

  @Test
  void doesNotTakeAStrangersSessionOfTheSameNameForOurs() throws Exception {
    List<ObjectNode> events = events();
    ((ObjectNode) events.get(0).get("userIdentity")).put("accountId", "999988887777");

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.oursWithoutTheirs().missing()).isEqualTo(1);
    assertThat(findings.theirsWithoutOurs().unknownCall()).isEqualTo(1);
  }

  @Test
  void reportsARoleThatASessionOfOursAssumes() throws Exception {
    List<ObjectNode> events = events();
    ObjectNode chained = events.get(0).deepCopy().put("eventID", "chained");
    chained.set("userIdentity", events.get(2).get("userIdentity"));
    events.add(chained);

    assertThat(reconcile(ledger(), events).theirsWithoutOurs().unknownCall()).isEqualTo(1);
  }

  @Test
  void countsSessionsThatAreOlderThanTheLedgerAndAccusesNobody() throws Exception {
    List<ObjectNode> events = events();
    // 2026-11-21T06:00:00Z
    events.add(assumed("01a1fcb0-a300-7000-8000-000000000009", "2026-11-21T06:00:01Z"));

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.noLongerKept()).isEqualTo(1);
  }

  @Test
  void acceptsAnOldNameForNoNewCall() throws Exception {
    List<ObjectNode> events = events();
    events.add(assumed("01a1fcb0-a300-7000-8000-000000000009", "2026-11-22T06:10:00Z"));

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.noLongerKept()).isZero();
  }

  @Test
  void waitsForALedgerThatIsNewerThanTheSession() throws Exception {
    List<ObjectNode> events = events();
    // 2026-11-22T09:00:00Z
    events.add(assumed("01a2027b-d780-7000-8000-000000000009", "2026-11-22T09:00:01Z"));

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.notYetInLedger()).isEqualTo(1);
    assertThat(findings.verdict()).isEqualTo(Verdict.TOO_EARLY);
  }

  private static ObjectNode assumed(String session, String time) {
    ObjectNode event = events().get(0).put("eventID", "assumed-" + session).put("eventTime", time);
    ((ObjectNode) event.get("requestParameters")).put("roleSessionName", session);
    return event;
  }

  @Test
  void showsWhoseSessionPolicyIsNotThePublishedOne() throws Exception {
    List<ObjectNode> events = events();
    String wide = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    ((ObjectNode) events.get(0).get("requestParameters")).put("policy", wide);

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.assumptions().otherPolicy()).isEqualTo(1);
    assertThat(findings.assumptions().remarkable())
        .singleElement()
        .satisfies(assumption -> {
          assertThat(assumption.policyIs()).isEqualTo(PolicyIs.OTHER);
          assertThat(assumption.policy()).contains(wide);
        });
  }

  @Test
  void knowsThePublishedPolicyOfASessionThatVerifiesByItsOwnRole() throws Exception {
    ObjectNode ledger = ledger();
    ledger.set(
        "verifySessionPolicy",
        Json.STRICT.readTree(SessionPolicy.published(Tier.AUDIT, SessionPhase.VERIFY)));
    List<ObjectNode> events = events();
    ObjectNode parameters = (ObjectNode) events.get(0).get("requestParameters");
    RoleArn role = new RoleArn(parameters.get("roleArn").asText());
    parameters.put("policy", SessionPolicy.of(Tier.AUDIT, SessionPhase.VERIFY, role));

    assertThat(reconcile(ledger, events).assumptions().otherPolicy()).isZero();

    RoleArn other = new RoleArn(role.value() + "Other");
    parameters.put("policy", SessionPolicy.of(Tier.AUDIT, SessionPhase.VERIFY, other));

    assertThat(reconcile(ledger, events).assumptions().otherPolicy()).isEqualTo(1);
    parameters.put("policy", SessionPolicy.published(Tier.AUDIT, SessionPhase.VERIFY));
    assertThat(reconcile(ledger, events).assumptions().otherPolicy()).isEqualTo(1);
  }

  @Test
  void takesAnExternalIdThatIsNullForNone() throws Exception {
    List<ObjectNode> events = events();
    ((ObjectNode) events.get(0).get("requestParameters")).putNull("externalId");

    assertThat(reconcile(ledger(), events).assumptions().withoutExternalId()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "policy, NONE, DIFFERS",
    "durationSeconds, PUBLISHED, DIFFERS",
    "externalId, PUBLISHED, AGREES",
  })
  void showsWhatAnAssumeRoleLacks(String parameter, PolicyIs policy, Verdict verdict)
      throws Exception {
    List<ObjectNode> events = events();
    ((ObjectNode) events.get(0).get("requestParameters")).remove(parameter);

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(verdict);
    assertThat(findings.assumptions().remarkable())
        .extracting(Findings.Assumption::policyIs)
        .containsExactly(policy);
    assertThat(findings.assumptions().withoutExternalId())
        .isEqualTo(parameter.equals("externalId") ? 1 : 0);
    assertThat(findings.assumptions().otherDuration())
        .isEqualTo(parameter.equals("durationSeconds") ? 1 : 0);
    assertThat(findings.assumptions().noPolicy()).isEqualTo(parameter.equals("policy") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T05:45:05Z, AGREES",
    "2026-11-22T05:45:04Z, DIFFERS",
    "2026-11-22T05:00:00Z, DIFFERS",
    "20261122T054505Z, AGREES",
    "20261122T054504Z, DIFFERS",
  })
  void reportsAnAccessKeyThatIsUsedAfterFifteenMinutes(String issued, Verdict verdict)
      throws Exception {
    List<ObjectNode> events = events();
    issued(events.get(2), issued);

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(verdict);
    assertThat(findings.matched().calls()).isEqualTo(4);
    boolean late = verdict == Verdict.DIFFERS;
    assertThat(findings.keyUse().inTime()).isEqualTo(late ? 1 : 2);
    assertThat(findings.keyUse().late()).isEqualTo(late ? 1 : 0);
    assertThat(findings.keyUse().notShown()).isEqualTo(1);
    assertThat(findings.keyUse().calls())
        .hasSize(late ? 1 : 0)
        .allSatisfy(call -> {
          assertThat(call.session()).isEqualTo(SESSION);
          assertThat(call.name()).isEqualTo("DescribeInstances");
          assertThat(call.time()).isEqualTo("2026-11-22T06:00:05Z");
          assertThat(call.issuedAt()).isBefore("2026-11-22T05:45:05Z");
        });
  }

  @Test
  void countsACallWhoseKeyIsOfNoKnownAge() throws Exception {
    List<ObjectNode> events = events();
    issued(events.get(1), "Nov 22, 2026, 5:00:00 AM");
    issued(events.get(2), "");

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.keyUse()).isEqualTo(new Findings.KeyUse(0, 0, 3, List.of()));
  }

  /** Of a session that no ledger has, or has any more, too; but of nobody else's. */
  @Test
  void reportsALateAccessKeyOfEverySessionOfTheBroker() throws Exception {
    List<ObjectNode> events = events();
    // 2026-11-21T06:00:00Z
    String older = "01a1fcb0-a300-7000-8000-000000000009";
    ObjectNode ours = events.get(2).deepCopy().put("eventID", "a");
    ours.put("eventTime", "2026-11-21T06:16:00Z");
    ((ObjectNode) ours.get("userIdentity")).put("arn", OTHER_ROLE_SESSION.formatted(older));
    issued(ours, "2026-11-21T06:00:59Z");
    ObjectNode others = events.get(2).deepCopy().put("eventID", "b");
    ((ObjectNode) others.get("userIdentity"))
        .put("arn", "arn:aws:sts::444455556666:assumed-role/Other/alice");
    issued(others, "2026-11-22T01:00:00Z");
    events.addAll(List.of(ours, ours.deepCopy(), others));

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.noLongerKept()).isEqualTo(1);
    assertThat(findings.keyUse().late()).isEqualTo(1);
    assertThat(findings.keyUse().calls())
        .extracting(Findings.LateCall::session)
        .containsExactly(older);
    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
  }

  private static void issued(ObjectNode event, String at) {
    ((ObjectNode) event.at("/userIdentity/sessionContext/attributes")).put("creationDate", at);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"omitted\":true}", "null", "\"omitted\""})
  void saysThatAPolicyIsNotShown(String parameters) throws Exception {
    List<ObjectNode> events = events();
    events.get(0).set("requestParameters", Json.STRICT.readTree(parameters));

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.assumptions().policyNotShown()).isEqualTo(1);
  }

  /** Of an event that somebody planted: a path is of any length. */
  @ParameterizedTest
  @ValueSource(ints = {1, 900, 1_000})
  void readsARoleWithAPathOfAnyNumberOfParts(int parts) throws Exception {
    List<ObjectNode> events = events();
    ((ObjectNode) events.get(0).get("requestParameters"))
        .put(
            "roleArn",
            "arn:aws:iam::444455556666:role/" + "p/".repeat(parts) + "CloudOperatorReadOnly");

    List<Object> results = new ArrayList<>();
    Thread smallStack =
        new Thread(
            null,
            () -> {
              try {
                results.add(reconcile(ledger(), events).verdict());
              } catch (TrailException | StackOverflowError e) {
                results.add(e);
              }
            },
            "small stack",
            256 << 10);
    smallStack.start();
    smallStack.join();

    assertThat(results).containsExactly(Verdict.AGREES);
  }

  /** STS takes an ARN of 2,048 characters. */
  @Test
  void readsARoleWithTheLongestArnThatThereCanBe() throws Exception {
    List<ObjectNode> events = events();
    String role = "arn:aws:iam::444455556666:role/%sCloudOperatorReadOnly";
    ((ObjectNode) events.get(0).get("requestParameters"))
        .put("roleArn", role.formatted("p".repeat(2_048 - role.length() + 1) + "/"));
    events.get(0).remove("responseElements");

    assertThat(reconcile(ledger(), events).verdict()).isEqualTo(Verdict.AGREES);
  }

  @Test
  void listsCallsOfOneTimeByTheirRegionsAndOperations() throws Exception {
    ObjectNode ledger = ledger();
    calls(ledger).forEach(call -> ((ObjectNode) call).put("at", "2026-11-22T06:00:01Z"));

    Findings findings = reconcile(ledger, List.of());

    assertThat(findings.oursWithoutTheirs().calls())
        .extracting(ours -> ours.call().region() + " " + ours.call().operation())
        .containsExactly(
            "eu-central-1 DescribeInstances",
            "eu-central-1 ListFunctions",
            "us-east-1 AssumeRole",
            "us-east-1 GetCallerIdentity");
  }

  @Test
  void listsFewerWhereFewerAreAskedForAndCountsThemAll() throws Exception {
    Findings all = reconcile(ledger(), List.of());

    Findings.LedgerOnly fewer = all.listing(3).oursWithoutTheirs();

    assertThat(fewer.calls()).isEqualTo(all.oursWithoutTheirs().calls().subList(0, 3));
    assertThat(fewer.missing()).isEqualTo(4);
    assertThat(all.listing(5)).isEqualTo(all);
  }

  @Test
  @Tag("large")
  void listsAThousandOfAMillionAndCountsThemAll() throws Exception {
    List<ObjectNode> events = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      events.add(assumed("s" + i, Instant.parse("2026-11-22T06:00:00Z").plusSeconds(i).toString()));
    }

    Findings findings = reconcile(ledger(), events);

    assertThat(findings.theirsWithoutOurs().unknownSession()).isEqualTo(3_000);
    assertThat(findings.theirsWithoutOurs().events()).hasSize(Findings.LISTED);
    assertThat(findings.exact()).isTrue();
  }
}
