package io.cloudoperator.scan;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of one scan: counts, flags and insights, and nothing that AWS answered.
 *
 * @param regions every enabled region, in the order of their names
 * @param apis absent below the audit tier
 * @param accountChecks absent below the audit tier, and where it was not checked yet
 * @param trend since the snapshot before; absent on the first
 * @param calls made in the customer's account, by operation
 */
public record Snapshot(
    ScanKey key,
    AccountId account,
    Tier tier,
    Run.Trigger trigger,
    Instant startedAt,
    Instant finishedAt,
    Coverage coverage,
    Totals totals,
    List<RegionOutcome> regions,
    BucketOutcome buckets,
    Optional<ApiSummary> apis,
    Optional<AccountChecks> accountChecks,
    List<RiskFlag> flags,
    List<Insight> insights,
    Optional<Trend> trend,
    List<CallCount> calls) {
  /** How many are kept of a connection. */
  public static final int KEPT = 5;

  public Snapshot {
    regions = List.copyOf(regions);
    flags = List.copyOf(flags);
    insights = List.copyOf(insights);
    calls = List.copyOf(calls);
  }

  /** The same with what was found of APIs, and their flags among its own. */
  public Snapshot withApis(ApiSummary found, List<RiskFlag> ofApis) {
    return new Snapshot(
        key,
        account,
        tier,
        trigger,
        startedAt,
        finishedAt,
        coverage,
        totals,
        regions,
        buckets,
        Optional.of(found),
        accountChecks,
        Stream.concat(flags.stream(), ofApis.stream()).sorted(RiskFlag.MOST_SEVERE_FIRST).toList(),
        insights,
        trend,
        calls);
  }

  /** Whether everything was read that the tier reads: regions, buckets, APIs and the account. */
  public boolean whole() {
    return coverage.whole()
        && apis.stream().allMatch(found -> found.unread().isEmpty())
        && accountChecks.stream().allMatch(AccountChecks::made);
  }
}
