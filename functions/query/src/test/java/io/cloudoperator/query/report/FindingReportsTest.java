package io.cloudoperator.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.json.Json;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.query.Example;
import io.cloudoperator.scan.FlagHistory;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingReportsTest {
  private final Snapshot snapshot = Example.snapshot();

  @Test
  void tellsEachFlagAsAnOcsfComplianceFinding() {
    JsonNode findings = Json.STRICT.valueToTree(OcsfFinding.of(snapshot, alone(snapshot)));

    assertThat(snapshot.flags()).isNotEmpty();
    assertThat(findings).hasSameSizeAs(snapshot.flags());
    for (JsonNode finding : findings) {
      assertThat(finding.get("class_uid").asInt()).isEqualTo(2003);
      assertThat(finding.get("category_uid").asInt()).isEqualTo(2);
      assertThat(finding.get("type_uid").asInt())
          .isEqualTo(2003 * 100 + finding.get("activity_id").asInt());
      assertThat(finding.get("severity_id").asInt()).isBetween(2, 4);
      assertThat(finding.get("time").asLong()).isEqualTo(snapshot.finishedAt().toEpochMilli());
      assertThat(finding.at("/metadata/version").asText()).isEqualTo("1.8.0");
      assertThat(finding.at("/metadata/product/vendor_name").asText()).isNotBlank();
      assertThat(finding.at("/finding_info/uid").asText())
          .startsWith(snapshot.key().connection().value());
      assertThat(finding.at("/finding_info/title").asText()).isNotBlank();
      assertThat(finding.at("/compliance/status_id").asInt()).isEqualTo(3);
      assertThat(finding.at("/compliance/standards")).isNotEmpty();
      assertThat(finding.at("/remediation/desc").asText()).isNotBlank();
      // The cloud profile, which metadata.profiles names, requires these.
      assertThat(finding.at("/cloud/provider").asText()).isEqualTo("AWS");
      assertThat(finding.at("/cloud/account/uid").asText()).isEqualTo(Example.ACCOUNT.value());
    }
  }

  @Test
  void tellsEachFlagInTheAwsSecurityFindingFormat() {
    JsonNode findings =
        Json.STRICT.valueToTree(AsffFinding.of(snapshot, alone(snapshot), "us-east-1"));

    assertThat(findings).hasSameSizeAs(snapshot.flags());
    for (JsonNode finding : findings) {
      // https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
      for (String required :
          List.of(
              "SchemaVersion",
              "Id",
              "ProductArn",
              "GeneratorId",
              "AwsAccountId",
              "CreatedAt",
              "UpdatedAt",
              "Severity",
              "Title",
              "Description",
              "Resources")) {
        assertThat(finding.has(required)).as(required).isTrue();
      }
      assertThat(finding.get("ProductArn").asText())
          .isEqualTo("arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default");
      assertThat(finding.get("CreatedAt").asText()).isEqualTo("2076-11-22T12:00:09Z");
      assertThat(finding.at("/Severity/Label").asText()).isIn("HIGH", "MEDIUM", "LOW");
      assertThat(finding.at("/Resources/0/Type").asText()).isEqualTo("AwsAccount");
      assertThat(finding.at("/Resources/0/Id").asText())
          .isEqualTo("AWS::::Account:" + Example.ACCOUNT);
    }
  }

  @Test
  void keepsTheIdOfAFindingFromScanToScan() {
    Snapshot later =
        Example.snapshot(
            Example.key(2), Optional.of(snapshot), Example.ohio(), Example.frankfurt());

    assertThat(AsffFinding.of(later, alone(later), "us-east-1"))
        .extracting(AsffFinding::id)
        .containsAll(
            AsffFinding.of(snapshot, alone(snapshot), "us-east-1").stream()
                .map(AsffFinding::id)
                .toList());
  }

  @Test
  void cutsTextsToWhatSecurityHubTakes() {
    RiskFlag wordy =
        new RiskFlag(
            new RiskFlag.Kind("public_ipv4"),
            Severity.LOW,
            1,
            List.of(new RegionName("us-east-1")),
            "t".repeat(2000),
            "w".repeat(2000),
            "r".repeat(2000));

    assertThat(AsffFinding.of(flagged(wordy), alone(flagged(wordy)), "us-east-1"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.title()).hasSize(256).endsWith("…");
          assertThat(finding.description()).hasSize(1024);
          assertThat(finding.remediation().recommendation().text()).hasSize(512);
        });
  }

  @Test
  void goesToTheRegionOfTheSettingAndItsPartition() {
    assertThat(AsffFinding.of(snapshot, alone(snapshot), "cn-north-1"))
        .isNotEmpty()
        .allSatisfy(finding -> {
          assertThat(finding.productArn()).startsWith("arn:aws-cn:securityhub:cn-north-1:");
          assertThat(finding.resources().getFirst().region()).isEqualTo("cn-north-1");
        });
  }

  @Test
  void closesWhatIsResolvedOnceAndThenSaysNothingMore() {
    Snapshot first = Example.snapshot(Example.key(1), Optional.empty(), Example.frankfurt());
    Snapshot second = clean(2);
    Snapshot third = clean(3);
    List<Snapshot> kept = List.of(third, second, first);

    assertThat(OcsfFinding.of(first, FlagHistory.of(first, kept)))
        .extracting(OcsfFinding::activityName, OcsfFinding::status)
        .containsOnly(tuple("Create", "New"));
    List<AsffFinding> resolved = AsffFinding.of(second, FlagHistory.of(second, kept), "us-east-1");
    assertThat(resolved)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.compliance().status()).isEqualTo("PASSED");
          assertThat(finding.workflow().status()).isEqualTo("RESOLVED");
          assertThat(finding.recordState()).isEqualTo("ARCHIVED");
          assertThat(finding.createdAt()).isEqualTo(first.finishedAt());
        });
    assertThat(OcsfFinding.of(second, FlagHistory.of(second, kept)))
        .extracting(OcsfFinding::activityName, OcsfFinding::status, OcsfFinding::typeUid)
        .containsExactly(tuple("Close", "Resolved", 200303));
    assertThat(FlagHistory.of(third, kept).flags()).isEmpty();
  }

  @Test
  void updatesWhatStaysSinceItWasFirstSeen() {
    Snapshot later =
        Example.snapshot(
            Example.key(2), Optional.of(snapshot), Example.frankfurt(), Example.ohio());

    assertThat(OcsfFinding.of(later, FlagHistory.of(later, List.of(snapshot))))
        .extracting(OcsfFinding::activityName)
        .containsOnly("Update");
    assertThat(FlagHistory.of(later, List.of(snapshot)).flags())
        .extracting(FlagHistory.Entry::firstSeen)
        .containsOnly(snapshot.finishedAt());
  }

  /**
   * The ids and captions of <a
   * href="https://github.com/ocsf/ocsf-schema/blob/main/events/findings/finding.json">finding</a>
   * and <a
   * href="https://github.com/ocsf/ocsf-schema/blob/main/objects/compliance.json">compliance</a>.
   */
  @Test
  void usesTheIdsOfTheOcsfSchemaWithTheirCaptions() {
    Snapshot first = Example.snapshot(Example.key(1), Optional.empty(), Example.frankfurt());
    Snapshot second = Example.snapshot(Example.key(2), Optional.of(first), Example.frankfurt());
    Snapshot third = clean(3);
    List<Snapshot> kept = List.of(third, second, first);

    assertThat(ids(first, kept)).containsOnly("1 Create, 1 New, 3 Fail, type 200301");
    assertThat(ids(second, kept)).containsOnly("2 Update, 1 New, 3 Fail, type 200302");
    assertThat(ids(third, kept)).containsOnly("3 Close, 4 Resolved, 1 Pass, type 200303");
    assertThat(OcsfFinding.of(first, FlagHistory.of(first, kept)))
        .extracting(finding -> finding.severityId() + " " + finding.severity())
        .isSubsetOf("2 Low", "3 Medium", "4 High");
    assertThat(OcsfFinding.of(first, FlagHistory.of(first, kept)))
        .extracting(finding -> finding.cloud().account())
        .extracting(account -> account.typeId() + " " + account.type())
        .containsOnly("10 AWS Account");
  }

  private static List<String> ids(Snapshot snapshot, List<Snapshot> kept) {
    return OcsfFinding.of(snapshot, FlagHistory.of(snapshot, kept)).stream()
        .map(finding ->
            "%d %s, %d %s, %d %s, type %d"
                .formatted(
                    finding.activityId(),
                    finding.activityName(),
                    finding.statusId(),
                    finding.status(),
                    finding.compliance().statusId(),
                    finding.compliance().status(),
                    finding.typeUid()))
        .toList();
  }

  /**
   * The words of <a
   * href="https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html">RecordState</a>,
   * <a
   * href="https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Workflow.html">Workflow</a>
   * and <a
   * href="https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html">Compliance</a>.
   */
  @Test
  void usesTheWordsOfTheAwsSecurityFindingFormat() {
    Snapshot first = Example.snapshot(Example.key(1), Optional.empty(), Example.frankfurt());
    Snapshot second = clean(2);
    List<Snapshot> kept = List.of(second, first);

    assertThat(words(first, kept)).containsOnly("ACTIVE NEW FAILED");
    assertThat(words(second, kept)).containsOnly("ARCHIVED RESOLVED PASSED");
  }

  private static List<String> words(Snapshot snapshot, List<Snapshot> kept) {
    return AsffFinding.of(snapshot, FlagHistory.of(snapshot, kept), "us-east-1").stream()
        .map(finding ->
            finding.recordState()
                + " "
                + finding.workflow().status()
                + " "
                + finding.compliance().status())
        .toList();
  }

  @Test
  void knowsTheFirstTimeOfAFlagWhoseFirstSnapshotIsLongDisplaced() {
    List<Snapshot> kept = new ArrayList<>();
    for (int scan = 1; scan <= 12; scan++) {
      Snapshot drawn = at(scan, Example.frankfurt());
      kept.addFirst(drawn.withFirstSeen(FlagHistory.of(drawn, kept).firstSeen()));
      kept.subList(Math.min(kept.size(), Snapshot.KEPT), kept.size()).clear();
    }

    FlagHistory last = FlagHistory.of(kept.getFirst(), kept);

    assertThat(last.flags()).isNotEmpty();
    assertThat(last.flags())
        .extracting(FlagHistory.Entry::firstSeen)
        .containsOnly(at(1, Example.frankfurt()).finishedAt());
    assertThat(last.flags())
        .extracting(FlagHistory.Entry::change)
        .containsOnly(FlagHistory.Change.STAYS);
  }

  @Test
  void countsAnewWhatWasGoneInBetween() {
    Snapshot first = at(1, Example.frankfurt());
    first = first.withFirstSeen(FlagHistory.of(first, List.of()).firstSeen());
    Snapshot gone = clean(2);
    gone = gone.withFirstSeen(FlagHistory.of(gone, List.of(first)).firstSeen());
    Snapshot again = at(3, Example.frankfurt());

    assertThat(gone.firstSeen()).isEmpty();
    assertThat(FlagHistory.of(again, List.of(gone, first)).flags())
        .extracting(FlagHistory.Entry::change)
        .containsOnly(FlagHistory.Change.NEW);
  }

  @Test
  void goesOnCountingWhereItCouldNotBeLookedForInAnyKeptSnapshot() {
    Snapshot first = at(1, Example.frankfurt());
    List<Snapshot> kept =
        new ArrayList<>(List.of(first.withFirstSeen(FlagHistory.of(first, List.of()).firstSeen())));
    for (int scan = 2; scan <= 7; scan++) {
      Snapshot blind = at(scan, Example.denied(new RegionName("eu-central-1")));
      kept.addFirst(blind.withFirstSeen(FlagHistory.of(blind, kept).firstSeen()));
      kept.subList(Math.min(kept.size(), Snapshot.KEPT), kept.size()).clear();
    }

    assertThat(FlagHistory.of(at(8, Example.frankfurt()), kept).flags())
        .isNotEmpty()
        .extracting(FlagHistory.Entry::firstSeen)
        .containsOnly(first.finishedAt());
  }

  private static Snapshot at(int scan, RegionOutcome... outcomes) {
    return Example.snapshot(
        Example.key(scan), Example.NOON.plus(Duration.ofDays(scan)), Optional.empty(), outcomes);
  }

  @Test
  void resolvesNothingWhereItCouldNotBeLookedFor() {
    Snapshot first = Example.snapshot(Example.key(1), Optional.empty(), Example.frankfurt());
    Snapshot denied =
        Example.snapshot(
            Example.key(2), Optional.of(first), Example.denied(new RegionName("eu-central-1")));
    Snapshot third = clean(3);
    List<Snapshot> kept = List.of(third, denied, first);

    assertThat(FlagHistory.of(denied, kept).flags()).isEmpty();
    assertThat(FlagHistory.of(third, kept).flags())
        .extracting(FlagHistory.Entry::change)
        .containsExactly(FlagHistory.Change.RESOLVED);
  }

  private static Snapshot clean(int number) {
    return Example.snapshot(
        Example.key(number),
        Optional.empty(),
        Example.complete(new RegionName("eu-central-1"), InstanceFacts.COUNTED.none()));
  }

  private static FlagHistory alone(Snapshot snapshot) {
    return FlagHistory.of(snapshot, List.of());
  }

  private Snapshot flagged(RiskFlag flag) {
    return new Snapshot(
        snapshot.key(),
        snapshot.account(),
        snapshot.tier(),
        snapshot.trigger(),
        snapshot.startedAt(),
        snapshot.finishedAt(),
        snapshot.coverage(),
        snapshot.totals(),
        snapshot.regions(),
        snapshot.buckets(),
        snapshot.apis(),
        snapshot.accountChecks(),
        List.of(flag),
        snapshot.insights(),
        snapshot.trend(),
        snapshot.calls(),
        snapshot.firstSeen(),
        snapshot.proof());
  }
}
