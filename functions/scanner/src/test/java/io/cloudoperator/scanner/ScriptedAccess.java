package io.cloudoperator.scanner;

import io.cloudoperator.access.AskedRole;
import io.cloudoperator.access.Assumption;
import io.cloudoperator.access.CustomerAccess;
import io.cloudoperator.access.CustomerSession;
import io.cloudoperator.access.EventQuestion;
import io.cloudoperator.access.Phase;
import io.cloudoperator.apis.facts.GlobalApis;
import io.cloudoperator.apis.facts.RegionApis;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketCounts;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Call;
import io.cloudoperator.scan.CallCount;
import io.cloudoperator.scan.InstanceCounts;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Traced;
import io.cloudoperator.trail.Lookup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An account in which reading a region does what a test wants: only for what the sample AWS cannot
 * be made to do at a given moment.
 */
record ScriptedAccess(
    AccountId account,
    Function<RegionName, RegionOutcome> script,
    Function<RegionName, RegionApis> apis,
    Supplier<GlobalApis> globalApis)
    implements CustomerAccess, CustomerSession {
  /** An account whose APIs nobody may ask for. */
  ScriptedAccess(AccountId account, Function<RegionName, RegionOutcome> script) {
    this(
        account,
        script,
        _ -> {
          throw new AssertionError("nobody asks for APIs below the audit tier");
        },
        () -> {
          throw new AssertionError("nobody asks for APIs below the audit tier");
        });
  }

  static final CallCount DESCRIBED = new CallCount("ec2", "DescribeInstances", 1, 0, 0);

  static RegionOutcome empty(RegionName region) {
    return new RegionOutcome(
        region, new Reading.Complete<>(InstanceCounts.NONE), List.of(DESCRIBED));
  }

  @Override
  public Assumption assume(
      RoleArn role, Optional<ExternalId> externalId, String sessionName, Tier tier, Phase phase) {
    return new Assumption.Granted(this, 0, List.of(call("us-east-1", "sts", "AssumeRole")));
  }

  @Override
  public Reading<AccountId> identity() {
    return new Reading.Complete<>(account);
  }

  @Override
  public Reading<List<Region>> regions() {
    return new Reading.Complete<>(
        List.of(
            new Region(new RegionName("eu-north-1"), true),
            new Region(new RegionName("sa-east-1"), true)));
  }

  @Override
  public Traced<RegionOutcome> scanRegion(RegionName region) {
    return new Traced<>(
        script.apply(region), List.of(call(region.value(), "ec2", "DescribeInstances")));
  }

  @Override
  public Traced<BucketOutcome> scanBuckets() {
    return new Traced<>(
        new BucketOutcome(
            new Reading.Complete<>(BucketCounts.NONE),
            List.of(new CallCount("s3", "ListBuckets", 1, 0, 0))),
        List.of(call("us-east-1", "s3", "ListBuckets")));
  }

  @Override
  public Traced<RegionApis> discoverApis(RegionName region) {
    return new Traced<>(
        apis.apply(region), List.of(call(region.value(), "apigateway", "GetRestApis")));
  }

  @Override
  public Traced<GlobalApis> discoverGlobalApis() {
    return new Traced<>(
        globalApis.get(), List.of(call("us-east-1", "cloudfront", "ListDistributions")));
  }

  @Override
  public Traced<AccountChecks> checkAccount(AskedRole asked) {
    return new Traced<>(AccountChecks.unread(Reading.Reason.FAILED, "NotScripted"), List.of());
  }

  @Override
  public Traced<Lookup> lookUp(EventQuestion asked) {
    throw new AssertionError("nothing is looked up");
  }

  @Override
  public List<Call> calls() {
    return List.of(call("us-east-1", "sts", "GetCallerIdentity"));
  }

  private static Call call(String region, String service, String operation) {
    return new Call(Instant.EPOCH, region, service, operation, "", 200, "", false, false);
  }
}
