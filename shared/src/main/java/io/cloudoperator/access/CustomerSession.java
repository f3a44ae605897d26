package io.cloudoperator.access;

import io.cloudoperator.apis.facts.GlobalApis;
import io.cloudoperator.apis.facts.RegionApis;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Call;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Traced;
import io.cloudoperator.trail.Lookup;
import java.util.List;

/**
 * An assumed role. Each method makes declared read operations only; none throws for what AWS
 * answers. Safe for use by many threads.
 */
public interface CustomerSession {
  /** The account that GetCallerIdentity names. */
  Reading<AccountId> identity();

  /** Every region of the partition, and whether the account has enabled it. */
  Reading<List<Region>> regions();

  /** Counts a region's instances, to the last page of DescribeInstances. */
  Traced<RegionOutcome> scanRegion(RegionName region);

  /** Counts the account's buckets, to the last page of ListBuckets. */
  Traced<BucketOutcome> scanBuckets();

  /**
   * Reads the APIs of a region, each service to its last page or not at all. For the audit tier.
   *
   * @throws IllegalArgumentException if the session is of a lesser tier
   */
  Traced<RegionApis> discoverApis(RegionName region);

  /**
   * Reads what stands before the APIs of all regions. For the audit tier. A partition without
   * CloudFront has no distributions.
   *
   * @throws IllegalArgumentException if the session is of a lesser tier
   */
  Traced<GlobalApis> discoverGlobalApis();

  /**
   * Checks the account's trail and our own role. For the phase that verifies.
   *
   * @param asked the role of this session
   * @throws IllegalArgumentException if the session is of another phase
   */
  Traced<AccountChecks> checkAccount(AskedRole asked);

  /**
   * Reads what CloudTrail has of a session in one region, to the end, or until AWS refuses, time is
   * up or the thread is interrupted. For the phase that verifies.
   *
   * @throws IllegalArgumentException if the session is of another phase
   */
  Traced<Lookup> lookUp(EventQuestion asked);

  /** Every call of this session so far, also of what has not been read to its end. */
  List<Call> calls();

  /** A region as DescribeRegions answers it. */
  record Region(RegionName name, boolean enabled) {}
}
