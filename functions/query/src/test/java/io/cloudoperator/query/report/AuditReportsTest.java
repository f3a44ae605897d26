package io.cloudoperator.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.inventory.ApiFlags;
import io.cloudoperator.inventory.ApiSummaries;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.ApiExample;
import io.cloudoperator.query.Example;
import io.cloudoperator.scan.FlagHistory;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What reports say of a scan of the audit tier. */
class AuditReportsTest {
  private static final Inventory BEFORE = ApiExample.inventory(ApiExample.shop());
  private static final Inventory NOW = ApiExample.inventory();

  private final Snapshot snapshot =
      Example.withApis(
          Example.snapshot(),
          ApiSummaries.of(NOW, Optional.of(Example.key(9).scan()), Optional.of(BEFORE)),
          ApiFlags.of(NOW));

  @Test
  void countsApisByKindAndRoutesByAuthorization() {
    assertThat(CsvReport.write(snapshot).lines())
        .contains(
            "apis,,apis.rest,1,",
            "apis,,apis.distribution,1,",
            "apis,,routes.none,1,",
            "apis,,routes.jwt,1,",
            "apis,,publicRoutesWithoutAuthorization,1,",
            "apis,us-east-2,function_urls,denied_by_scp,AccessDeniedException",
            "apiChanges,,since," + Example.key(9).scan() + ",",
            "apiChanges,,apisAdded,3,",
            "apiChanges,,routesChanged,0,");
  }

  @Test
  void showsTheSameToPeople() {
    assertThat(
            HtmlReport.write("a", snapshot, List.of())
                .replaceAll(" (role|data-column)=\"[^\"]*\"", ""))
        .contains("with an API key alone: 1. Nothing is said of what could not be read.")
        .contains("<td>function urls</td><td>all</td><td>denied by SCP</td>")
        .contains("<caption>Since scan " + Example.key(9).scan() + "</caption>")
        .contains("<th scope=\"row\">APIs</th>");
  }

  @Test
  void saysNothingOfApisBelowTheAuditTier() {
    assertThat(CsvReport.write(Example.snapshot())).doesNotContain("apis");
    assertThat(HtmlReport.write("a", Example.snapshot(), List.of())).doesNotContain("APIs");
    assertThat(Json.write(SnapshotView.whole(Example.snapshot()))).doesNotContain("\"apis\"");
  }

  @Test
  void tellsEachFlagOfApisAsAFinding() {
    assertThat(AsffFinding.of(snapshot, FlagHistory.of(snapshot, List.of()), "us-east-1"))
        .extracting(AsffFinding::generatorId)
        .contains(
            "cloudoperator/routes_without_authorization",
            "cloudoperator/no_throttling",
            "cloudoperator/tls_below_1_2");
    assertThat(OcsfFinding.of(snapshot, FlagHistory.of(snapshot, List.of())))
        .hasSameSizeAs(snapshot.flags());
  }

  /** Security Hub refuses an empty value, and nobody reads "1 in". */
  @Test
  void saysWhereAFlagIsThatHasNoRegions() {
    RiskFlag.Kind onCloudFront = RiskFlag.Kind.TLS_BELOW_1_2;

    assertThat(snapshot.flags())
        .filteredOn(flag -> flag.kind().equals(onCloudFront))
        .singleElement()
        .satisfies(flag -> assertThat(flag.regions()).isEmpty());
    JsonNode asff =
        Json.STRICT.valueToTree(
            AsffFinding.of(snapshot, FlagHistory.of(snapshot, List.of()), "us-east-1"));
    assertThat(asff)
        .allSatisfy(finding ->
            assertThat(finding.at("/ProductFields").properties())
                .allSatisfy(field -> assertThat(field.getValue().asText()).isNotBlank()));
    assertThat(OcsfFinding.of(snapshot, FlagHistory.of(snapshot, List.of())))
        .filteredOn(finding -> finding.compliance().control().equals("tls_below_1_2"))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.compliance().statusDetail())
                .isEqualTo("1 in a service without regions"));
  }

  /** What Security Hub takes at most, so that no advice ends in the middle. */
  @Test
  void saysNothingOfApisThatSecurityHubWouldNotTakeWhole() {
    assertThat(ApiFlags.of(NOW))
        .allSatisfy(flag -> {
          assertThat(flag.title()).hasSizeLessThanOrEqualTo(AsffFinding.LONGEST_TITLE);
          assertThat(flag.why()).hasSizeLessThanOrEqualTo(AsffFinding.LONGEST_DESCRIPTION);
          assertThat(flag.remedy()).hasSizeLessThanOrEqualTo(AsffFinding.LONGEST_REMEDY);
        });
  }
}
