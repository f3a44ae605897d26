package io.cloudoperator.session;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.reconcile.Lookup;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.service.cloudtrail.EventHistoryRequest;
import io.cloudoperator.service.iam.RequestedRole;
import java.time.Instant;
import java.util.List;

/**
 * An assumed role. Each method makes declared read operations only; none throws for what AWS
 * answers. Safe for use by many threads.
 */
public interface RoleSession {
  /** The account that GetCallerIdentity names. */
  Reading<AccountId> identity();

  /** Every region of the partition, and whether the account has enabled it. */
  Reading<List<Region>> regions();

  /** Counts a region's instances, to the last page of DescribeInstances. */
  WithCalls<RegionOutcome> scanRegion(RegionName region);

  /** Counts the account's buckets, to the last page of ListBuckets. */
  WithCalls<BucketOutcome> scanBuckets();

  /**
   * Reads the APIs of a region, each service to the last page of what it lists or not at all. For
   * the audit tier.
   *
   * @param turn what need not be read again, and how long it may take
   * @throws IllegalArgumentException if the session is of a lesser tier
   */
  WithCalls<RegionApis> discoverApis(RegionName region, ApiTurn turn);

  /** The same, of a region that no scan has read yet, however long it takes. */
  default WithCalls<RegionApis> discoverApis(RegionName region) {
    return discoverApis(region, ApiTurn.FIRST);
  }

  /**
   * What one scan is to read of a region's APIs.
   *
   * @param earlier what earlier scans have read
   * @param startedAt when this one began
   * @param until after this no other API is begun
   */
  record ApiTurn(EarlierApis earlier, Instant startedAt, Instant until) {
    /** All. */
    public static final ApiTurn FIRST = new ApiTurn(EarlierApis.NONE, Instant.EPOCH, Instant.MAX);
  }

  /**
   * Reads what stands before the APIs of all regions. For the audit tier. A partition without
   * CloudFront has no distributions.
   *
   * @throws IllegalArgumentException if the session is of a lesser tier
   */
  WithCalls<GlobalApis> discoverGlobalApis();

  /**
   * Checks the account's trail and our own role. For the phase that verifies.
   *
   * @param asked the role of this session
   * @throws IllegalArgumentException if the session is of another phase
   */
  WithCalls<AccountChecks> checkAccount(RequestedRole asked);

  /**
   * Reads what CloudTrail has of a session in one region, to the end, or until AWS refuses, time is
   * up or the thread is interrupted. For the phase that verifies.
   *
   * @throws IllegalArgumentException if the session is of another phase
   */
  WithCalls<Lookup> lookUp(EventHistoryRequest asked);

  /** Every call of this session so far, also of what has not been read to its end. */
  List<Call> calls();

  /** A region as DescribeRegions answers it. */
  record Region(RegionName name, boolean enabled) {}
}
