package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.reconcile.Lookup;
import io.cloudoperator.reconcile.TrailEvents;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Written;
import io.cloudoperator.service.cloudtrail.EventHistoryRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger against what CloudTrail says itself, over HTTP. */
class LookUpRouteTest extends ConnectStage {
  private final List<EventHistoryRequest> asked = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void hearWhatIsAsked() {
    roles.lookups(question -> {
      asked.add(question);
      return new Lookup(question.region(), TrailEvents.NONE, Optional.empty());
    });
  }

  @Test
  void asksInEveryRegionThatTheScanCalledAboutTheScanAlone() {
    String id = active("audit");
    ScanId scan = scanned(id);

    Answer found = lookUp(id);

    assertThat(found.status()).as(found.text()).isEqualTo(200);
    assertThat(asked)
        .extracting(question -> question.region().value())
        .containsExactlyInAnyOrder("eu-west-1", "us-east-1");
    assertThat(asked).allMatch(question -> question.session().equals(scan));
    assertThat(asked)
        .filteredOn(question -> question.assumed().isPresent())
        .singleElement()
        .satisfies(question -> {
          assertThat(question.region()).isEqualTo(new RegionName("us-east-1"));
          assertThat(question.assumed()).contains(ROLE);
        });
  }

  @Test
  void asksInTheTimeOfTheScanAndStopsBeforeTheRequestEnds() {
    String id = active("audit");
    Instant begun = time.instant();
    scanned(id);
    time.sleep(Duration.ofHours(3));

    lookUp(id);

    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(question -> {
          assertThat(question.from()).isEqualTo(begun.minusSeconds(300));
          assertThat(question.to()).isBefore(begun.plus(Duration.ofMinutes(30)));
          assertThat(question.until()).isEqualTo(time.instant().plusSeconds(22));
        });
  }

  @Test
  void reportsACallWithoutAnEventOnceItHadTime() {
    String id = active("audit");
    scanned(id);

    assertThat(lookUp(id).at("/verdict")).isEqualTo("too_early");
    time.sleep(Duration.ofHours(3));

    Answer found = lookUp(id);

    assertThat(found.at("/verdict")).isEqualTo("differs");
    // Of the AssumeRole it cannot be said.
    assertThat(found.at("/oursWithoutTheirs/missing")).isEqualTo("2");
    assertThat(found.at("/oursWithoutTheirs/notRead")).isEqualTo("1");
  }

  @Test
  void namesTheRegionsThatWereNotReadAndSaysNothingOfThem() {
    String id = active("audit");
    scanned(id);
    roles.lookups(question ->
        new Lookup(
            question.region(),
            TrailEvents.NONE,
            Optional.of(
                new Lookup.Gap(question.region(), Reason.DENIED_BY_IAM, "AccessDeniedException"))));

    Answer found = lookUp(id);

    assertThat(found.at("/verdict")).isEqualTo("inconclusive");
    assertThat(found.at("/regionsNotRead/0/region")).isEqualTo("eu-west-1");
    assertThat(found.at("/regionsNotRead/0/reason")).isEqualTo("denied_by_iam");
    assertThat(found.at("/oursWithoutTheirs/notRead")).isEqualTo("3");
  }

  @Test
  void asksNothingInASessionOnAnotherAccount() {
    String id = active("audit");
    scanned(id);
    roles.identity(ROLE, new Reading.Complete<>(new AccountId("999988887777")));

    Answer found = lookUp(id);

    assertThat(found.status()).isEqualTo(422);
    assertThat(found.at("/code")).isEqualTo("account_mismatch");
    assertThat(asked).isEmpty();
  }

  @Test
  void takesTheScanThatIsAskedFor() {
    String id = active("audit");
    ScanId first = scanned(id);
    time.sleep(Duration.ofMinutes(1));
    scanned(id);

    find(id, first);

    assertThat(asked).isNotEmpty().allMatch(question -> question.session().equals(first));
  }

  @Test
  void hasNothingToLookUpBeforeAScanHasEnded() {
    assertRefused(lookUp(active("audit")), 409, "no_scan");
  }

  @Test
  void knowsNoScanWhoseLedgerIsNotKept() {
    String id = active("audit");
    scanned(id);

    assertRefused(find(id, ScanId.at(time.instant(), new Random(7))), 404, "not_found");
  }

  @Test
  void looksNothingUpThatCloudTrailHasForgotten() {
    String id = active("audit");
    scanned(id);
    time.sleep(Duration.ofDays(91));

    assertRefused(lookUp(id), 409, "events_expired");
    assertThat(asked).isEmpty();
  }

  @Test
  void isNotForTheMinimalTier() {
    String id = active("minimal");
    scanned(id);

    assertRefused(lookUp(id), 409, "tier_without_lookup");
    assertThat(asked).isEmpty();
  }

  @Test
  void isRefusedBeforeTheRoleIsProvenAndAfterADisconnect() {
    Answer created = api.post("/connections", "{\"name\":\"a\",\"tier\":\"audit\"}");
    assertRefused(lookUp(created.at("/id")), 409, "connection_not_active");

    String id = active("audit");
    scanned(id);
    api.delete("/connections/" + id);
    assertRefused(lookUp(id), 409, "connection_disconnected");
  }

  @Test
  void saysThatTheRoleCannotBeAssumedAndChangesNothing() {
    String id = active("audit");
    scanned(id);
    roles.delete(ROLE);

    assertRefused(lookUp(id), 422, "role_not_assumable");
    assertThat(stored(id).suspendedAt()).isEmpty();
  }

  @Test
  void knowsNoConnectionOfAnotherTenant() {
    String id = active("audit");

    assertThat(api.as("other").post("/connections/" + id + "/calls/lookup").status())
        .isEqualTo(404);
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.at("/code")).isEqualTo(code);
  }

  private Answer lookUp(String id) {
    return api.post("/connections/" + id + "/calls/lookup");
  }

  private Answer find(String id, ScanId scan) {
    return api.post("/connections/" + id + "/calls/lookup?scan=" + scan.value());
  }

  /** Three calls in two regions. */
  private ScanId scanned(String id) {
    ScanId scan = ScanId.at(time.instant(), new Random(time.instant().toEpochMilli()));
    Connection connection = stored(id);
    Run run =
        Run.begin(
            new ScanKey(connection.tenant(), connection.id(), scan),
            connection.generation(),
            Run.Trigger.ON_DEMAND,
            time.instant());
    runs.begin(connection, run, Optional.empty(), time.instant());
    List<Call> calls =
        List.of(
            call("us-east-1", "sts", "AssumeRole"),
            call("us-east-1", "ec2", "DescribeRegions"),
            call("eu-west-1", "ec2", "DescribeInstances"));
    assertThat(runs.fail(run, new Run.Failure("nothing_read", "It failed."), Ledger.of(run, calls)))
        .isEqualTo(new Written.Done());
    return scan;
  }

  private Call call(String region, String service, String operation) {
    return new Call(time.instant(), region, service, operation, operation, 200, "", false, false);
  }
}
