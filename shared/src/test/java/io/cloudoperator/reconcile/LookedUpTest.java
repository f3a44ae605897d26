package io.cloudoperator.reconcile;

import static io.cloudoperator.reconcile.Fixtures.LATER;
import static io.cloudoperator.reconcile.Fixtures.SESSION;
import static io.cloudoperator.reconcile.Fixtures.events;
import static io.cloudoperator.reconcile.Fixtures.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.reconcile.Findings.CallWithoutEvent.Why;
import io.cloudoperator.reconcile.Findings.Verdict;
import io.cloudoperator.reconcile.Lookup.Gap;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One session of a ledger, against what was looked up of it region by region. */
class LookedUpTest {
  private static final ScanId ASKING = new ScanId("01a201d7-ffff-7000-8000-000000000009");
  private static final ScanId OTHER = new ScanId("01a201d7-0c00-7000-8000-000000000002");

  @Test
  void agreesAsItDoesWithFiles() throws Exception {
    Findings findings = compare(lookups(events()));

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.matched()).isEqualTo(new Findings.Matched(4, 2));
    assertThat(findings.assumptions().publishedPolicy()).isEqualTo(1);
    assertThat(findings.regionsNotRead()).isEmpty();
  }

  @Test
  void saysOfARegionThatWasNotReadThatItSaysNothing() throws Exception {
    List<Lookup> lookups = lookups(events());
    RegionName region = lookups.getFirst().region();
    Gap gap = new Gap(region, Reason.THROTTLED, "ThrottlingException");
    Findings findings =
        compare(
            Stream.concat(
                    Stream.of(new Lookup(region, TrailEvents.NONE, Optional.of(gap))),
                    lookups.stream().skip(1))
                .toList());

    assertThat(findings.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(findings.regionsNotRead()).containsExactly(gap);
    assertThat(findings.oursWithoutTheirs().missing()).isZero();
    assertThat(findings.oursWithoutTheirs().notRead()).isPositive();
    assertThat(findings.oursWithoutTheirs().calls()).allMatch(ours -> ours.why() == Why.NOT_READ);
    assertThat(findings.regionsWithoutEvents()).isEmpty();
  }

  @Test
  void reportsACallThatNoLedgerHasAlsoFromARegionThatWasNotReadToItsEnd() throws Exception {
    List<ObjectNode> events = events();
    ObjectNode unknown = events.get(1).deepCopy();
    unknown.put("eventID", "behind-its-back").put("eventName", "GetObject").put("requestID", "x");
    events.add(unknown);
    List<Lookup> partial =
        lookups(events).stream()
            .map(each ->
                new Lookup(
                    each.region(),
                    each.events(),
                    Optional.of(new Gap(each.region(), Reason.FAILED, "OutOfTime"))))
            .toList();

    Findings findings = compare(partial);

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.theirsWithoutOurs().events())
        .singleElement()
        .satisfies(event -> assertThat(event.name()).isEqualTo("GetObject"));
  }

  /** CloudTrail is not documented to find it by its role or its session. */
  @Test
  void accusesNobodyOfAnAssumeRoleThatWasNotFound() throws Exception {
    List<ObjectNode> events = events();
    events.removeIf(event -> event.path("eventName").asText().equals("AssumeRole"));

    Findings findings = compare(lookups(events));

    assertThat(findings.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(findings.oursWithoutTheirs().calls())
        .singleElement()
        .satisfies(ours -> {
          assertThat(ours.why()).isEqualTo(Why.NOT_READ);
          assertThat(ours.call().operation()).isEqualTo("AssumeRole");
        });
    assertThat(findings.oursWithoutTheirs().notRead()).isEqualTo(1);
  }

  @Test
  void reportsAnyOtherCallThatWasNotFound() throws Exception {
    List<ObjectNode> events = events();
    events.removeIf(event -> event.path("eventName").asText().equals("DescribeInstances"));

    Findings findings = compare(lookups(events));

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.oursWithoutTheirs().missing()).isEqualTo(1);
  }

  /** They come with the role: each has a ledger of its own, or will have. */
  @Test
  void passesOverSessionsThatOtherLedgersHave() throws Exception {
    List<ObjectNode> events = events();
    events.add(begun("other", OTHER));
    events.add(begun("asking", ASKING));

    Findings findings = compare(lookups(events));

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.sessions()).isEqualTo(1);
  }

  @Test
  void reportsASessionThatNoLedgerHas() throws Exception {
    List<ObjectNode> events = events();
    events.add(begun("hidden", new ScanId("01a201d7-0b00-7000-8000-00000000000f")));

    Findings findings = compare(lookups(events));

    assertThat(findings.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings.theirsWithoutOurs().unknownSession()).isEqualTo(1);
  }

  /** What else is assumed there is not ours to explain: what we assume is known by our sessions. */
  @Test
  void knowsItsRolesInTheBrokersOwnAccountByItsSessions() throws Exception {
    LedgerDocument document = document();
    AccountId account = document.account().orElseThrow();
    List<ObjectNode> events = events();
    ObjectNode hidden = begun("hidden", new ScanId("01a201d7-0b00-7000-8000-00000000000f"));
    ObjectNode others = hidden.deepCopy();
    others.put("eventID", "others").put("requestID", "others");
    ((ObjectNode) others.get("requestParameters"))
        .put("roleArn", "arn:aws:iam::%s:role/Another".formatted(account.value()));
    events.add(hidden);
    events.add(others);
    events.stream()
        .filter(event -> event.path("eventName").asText().equals("AssumeRole"))
        .forEach(
            event -> ((ObjectNode) event.get("userIdentity")).put("accountId", account.value()));

    Findings findings = compare(document, account, lookups(events));

    assertThat(findings.theirsWithoutOurs().unknownSession()).isEqualTo(1);
  }

  private static ObjectNode begun(String id, ScanId session) {
    ObjectNode event =
        events().stream()
            .filter(each -> each.path("eventName").asText().equals("AssumeRole"))
            .findFirst()
            .orElseThrow()
            .deepCopy();
    event.put("eventID", id).put("requestID", id);
    ((ObjectNode) event.get("requestParameters")).put("roleSessionName", session.value());
    event.remove("responseElements");
    return event;
  }

  private static LedgerDocument document() throws TrailException {
    return Fixtures.document(ledger().toString());
  }

  private static Findings compare(List<Lookup> lookups) throws TrailException {
    return compare(document(), document().brokerAccount(), lookups);
  }

  private static Findings compare(LedgerDocument document, AccountId broker, List<Lookup> lookups) {
    Instant begun = document.sessions().getFirst().begunAt().plusSeconds(60);
    return Reconciliation.of(
        new LedgerDocument(
            document.connection(),
            document.account(),
            document.tier(),
            broker,
            document.asOf(),
            document.sessionPolicy(),
            document.verifySessionPolicy(),
            Stream.concat(
                    document.sessions().stream(),
                    Stream.of(new Ledger(OTHER, Ledger.Kind.VERIFICATION, begun, List.of())))
                .toList(),
            Optional.empty()),
        new ScanId(SESSION),
        ASKING,
        lookups,
        LATER);
  }

  private static List<Lookup> lookups(List<ObjectNode> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(
                event -> event.path("awsRegion").asText(), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(region ->
            new Lookup(
                new RegionName(region.getKey()),
                TrailEvents.of(
                    region.getValue().stream()
                        .map(JsonNode::toString)
                        .map(TrailEvents::of)
                        .toList()),
                Optional.empty()))
        .toList();
  }
}
