package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.json.Json;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private final Snapshot snapshot = Example.snapshot();

  @Test
  void tellsEachFlagAsAnOcsfComplianceFinding() {
    JsonNode findings = Json.STRICT.valueToTree(OcsfFinding.of(snapshot));

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
    JsonNode findings = Json.STRICT.valueToTree(AsffFinding.of(snapshot));

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

    assertThat(AsffFinding.of(later))
        .extracting(AsffFinding::id)
        .containsAll(AsffFinding.of(snapshot).stream().map(AsffFinding::id).toList());
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

    assertThat(AsffFinding.of(flagged(wordy)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.title()).hasSize(256).endsWith("…");
          assertThat(finding.description()).hasSize(1024);
          assertThat(finding.remediation().recommendation().text()).hasSize(512);
        });
  }

  @Test
  void goesToThePartitionThatTheRegionsBelongTo() {
    Snapshot china =
        Example.snapshot(
            Example.KEY,
            Optional.empty(),
            Example.complete(new RegionName("cn-north-1"), Example.instances(5, "Linux/UNIX")));

    assertThat(AsffFinding.of(china))
        .isNotEmpty()
        .allSatisfy(finding ->
            assertThat(finding.productArn()).startsWith("arn:aws-cn:securityhub:cn-north-1:"));
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
        snapshot.calls());
  }
}
