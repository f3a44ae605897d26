package io.cloudoperator.scan;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of one scan: counts, flags and insights, without any resource of the account.
 *
 * @param regions every enabled region that was chosen, in the order of their names
 * @param apis absent below the audit tier
 * @param accountChecks absent below the audit tier, and where it was not checked yet
 * @param trend since the snapshot before; absent on the first
 * @param calls made in the customer's account, by operation
 * @param firstSeen since when there is each flag that it raises, or that it could not look for; a
 *     kind that is absent was first seen by this snapshot, or nobody knows
 * @param proof of the connection's role that stood when the scan ended; absent where the release
 *     that scanned did not keep it
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
    List<CallCount> calls,
    Map<RiskFlag.Kind, Instant> firstSeen,
    Optional<Proof> proof) {
  /** How many are kept of a connection. */
  public static final int KEPT = 5;

  public Snapshot {
    regions = List.copyOf(regions);
    flags = List.copyOf(flags);
    insights = List.copyOf(insights);
    calls = List.copyOf(calls);
    firstSeen = Map.copyOf(firstSeen);
  }

  /** The same with what was found of APIs, and their flags among its own. */
  public Snapshot withApis(ApiSummary found, List<RiskFlag> ofApis) {
    List<RiskFlag> all =
        Stream.concat(flags.stream(), ofApis.stream()).sorted(RiskFlag.MOST_SEVERE_FIRST).toList();
    return with(Optional.of(found), all, trend, firstSeen, proof);
  }

  /** The same with what changed since the snapshot before. */
  Snapshot withTrend(Trend since) {
    return with(apis, flags, Optional.of(since), firstSeen, proof);
  }

  /** The same, and since when there is each flag. */
  public Snapshot withFirstSeen(Map<RiskFlag.Kind, Instant> times) {
    return with(apis, flags, trend, times, proof);
  }

  /** The same with the proof of the role that it was read with. */
  public Snapshot withProof(Optional<Proof> ofRole) {
    return with(apis, flags, trend, firstSeen, ofRole);
  }

  private Snapshot with(
      Optional<ApiSummary> found,
      List<RiskFlag> raised,
      Optional<Trend> since,
      Map<RiskFlag.Kind, Instant> times,
      Optional<Proof> ofRole) {
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
        found,
        accountChecks,
        raised,
        insights,
        since,
        calls,
        times,
        ofRole);
  }

  /**
   * Whether everything was read that it was to read: the regions that were chosen, and of the tier
   * buckets, APIs and the account.
   */
  public boolean whole() {
    return coverage.whole()
        && apis.stream().allMatch(found -> found.unread().isEmpty())
        && accountChecks.stream().allMatch(AccountChecks::made);
  }
}
