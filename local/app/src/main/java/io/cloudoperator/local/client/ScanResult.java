package io.cloudoperator.local.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.json.Json;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.scan.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the API answers of a scan's snapshot, as far as a person is shown it. */
public record ScanResult(
    ScanId scanId,
    AccountId account,
    String tier,
    Instant startedAt,
    Instant finishedAt,
    Coverage coverage,
    Totals totals,
    List<Region> regions,
    Buckets buckets,
    Optional<ApiSummary> apis,
    List<RiskFlag> flags,
    List<Insight> insights,
    Optional<Trend> trend,
    List<CallCount> calls) {
  // A client reads on when the API says more than it knows.
  private static final ObjectReader READER = Json.STORED.readerFor(ScanResult.class);

  public ScanResult {
    regions = List.copyOf(regions);
    flags = List.copyOf(flags);
    insights = List.copyOf(insights);
    calls = List.copyOf(calls);
  }

  public static ScanResult read(JsonNode snapshot) throws ApiException {
    try {
      return READER.treeToValue(snapshot, ScanResult.class);
    } catch (JacksonException e) {
      throw new ApiException(
          502, "", "the API's answer was no snapshot: " + e.getOriginalMessage());
    }
  }

  /**
   * What a connection's history has of the scans that are kept, oldest first.
   *
   * @param history with the regions of each
   */
  public static List<ScanResult> kept(JsonNode history) throws ApiException {
    List<ScanResult> kept = new ArrayList<>();
    for (JsonNode snapshot : history.path("snapshots")) {
      kept.add(read(snapshot));
    }
    return kept.reversed();
  }

  /**
   * A region.
   *
   * @param status {@code complete}, or why it is unread
   */
  public record Region(RegionName region, String status, Optional<Counts> instances) {}

  /**
   * The account's buckets.
   *
   * @param status {@code complete}, or why they are unread
   */
  public record Buckets(String status, Optional<String> code, Optional<Counts> counts) {}
}
