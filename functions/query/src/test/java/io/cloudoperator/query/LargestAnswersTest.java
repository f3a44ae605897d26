package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.ApiFlags;
import io.cloudoperator.inventory.ApiSummaries;
import io.cloudoperator.json.Json;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.query.report.ReportFormat;
import io.cloudoperator.query.report.ReportInput;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be asked for fits into an answer, of accounts that are larger than any. */
@ExtendWith(Deployment.Extension.class)
class LargestAnswersTest {
  /** AWS has 39. */
  private static final int REGIONS = 60;

  /** AWS has some 180. */
  private static final int FAMILIES = 400;

  private static final List<Snapshot> KEPT = kept();

  private final Deployment deployment;
  private final TenantId tenant;

  LargestAnswersTest(Deployment deployment) {
    this.deployment = deployment;
    this.tenant = deployment.tenant();
  }

  @Test
  void holdTheRegionsOfAllSnapshotsThatAreKept() {
    String history = Json.write(HistoryView.of(new SnapshotStore.History(KEPT, 0), true));

    assertThat(history).contains("\"family399\"");
    assertThat(AnswerSize.of(history)).isLessThan(AnswerSize.ROOM);
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void holdAReportInEveryFormat(ReportFormat format) {
    String report =
        format
            .reply(new ReportInput("é\"".repeat(64), KEPT.getFirst(), () -> KEPT, "eu-central-1"))
            .body();

    assertThat(report).hasSizeGreaterThan(10_000);
    assertThat(AnswerSize.of(report)).isLessThan(AnswerSize.ROOM);
  }

  @Test
  void holdAPageOfConnections() {
    String page =
        Json.write(
            ConnectionList.of(
                new ConnectionStore.Page(
                    Collections.nCopies(100, deployment.active(tenant)),
                    List.of(),
                    Optional.empty())));

    assertThat(AnswerSize.of(page)).isLessThan(AnswerSize.ROOM);
  }

  @Test
  void holdAPageOfCallsAndLeadToTheRest() {
    Call call =
        new Call(
            Example.NOON,
            "ap-southeast-1",
            "elasticloadbalancing",
            "DescribeLoadBalancerAttributes",
            // AWS documents no length of it.
            "0123456789abcdef".repeat(8),
            400,
            "ThrottlingException",
            true,
            true);
    Ledger ledger =
        new Ledger(
            Example.KEY.scan(),
            Ledger.Kind.SCAN,
            Example.NOON,
            Collections.nCopies(CallsPage.LARGEST, call));

    int shown = 0;
    Optional<CallsPage.Cursor> after = Optional.empty();
    do {
      CallsPage page = CallsPage.of(List.of(ledger), CallsPage.LARGEST, after, AnswerSize.ROOM);
      assertThat(AnswerSize.of(Json.write(page.ledgers()))).isLessThan(AnswerSize.LARGEST);
      assertThat(page.ledgers()).hasSize(1);
      shown += page.ledgers().getFirst().calls().size();
      after = page.next();
    } while (after.isPresent());

    assertThat(shown).isEqualTo(CallsPage.LARGEST);
  }

  private static List<Snapshot> kept() {
    List<Snapshot> newestFirst = new ArrayList<>();
    for (int scan = 1; scan <= Snapshot.KEPT; scan++) {
      int number = scan;
      RegionOutcome[] outcomes =
          IntStream.range(0, REGIONS)
              .mapToObj(region ->
                  Example.complete(
                      new RegionName("ap-southeast-" + region), counts(number + region)))
              .toArray(RegionOutcome[]::new);
      newestFirst.addFirst(
          Example.withApis(
              Example.snapshot(Example.key(scan), newestFirst.stream().findFirst(), outcomes),
              ApiSummaries.of(
                  ApiExample.inventory(),
                  Optional.of(Example.key(scan).scan()),
                  Optional.of(ApiExample.inventory(ApiExample.shop()))),
              ApiFlags.of(ApiExample.inventory())));
    }
    return newestFirst;
  }

  /** With something of everything. */
  private static Counts counts(long each) {
    Map<String, SortedMap<String, Long>> breakdowns = new HashMap<>();
    for (String breakdown : InstanceFacts.COUNTED.none().breakdowns().keySet()) {
      breakdowns.put(breakdown, values("value", 20, each));
    }
    breakdowns.put("byFamily", values("family", FAMILIES, each));
    Map<String, Long> metrics = new HashMap<>(InstanceFacts.COUNTED.none().metrics());
    metrics.replaceAll((_, _) -> each);
    return new Counts(FAMILIES * each, breakdowns, metrics);
  }

  private static SortedMap<String, Long> values(String name, int count, long each) {
    SortedMap<String, Long> values = new TreeMap<>();
    for (int value = 0; value < count; value++) {
      values.put(name + value, each);
    }
    return values;
  }
}
