package io.cloudoperator.scanner;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.reconcile.Lookup;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.service.cloudtrail.EventHistoryRequest;
import io.cloudoperator.service.ec2.InstanceFacts;
import io.cloudoperator.service.iam.RequestedRole;
import io.cloudoperator.service.s3.BucketFacts;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.RoleSessions;
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
    implements RoleSessions, RoleSession {
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
        region, new Reading.Complete<>(InstanceFacts.COUNTED.none()), List.of(DESCRIBED));
  }

  @Override
  public AssumeRoleResult assume(
      RoleArn role,
      Optional<ExternalId> externalId,
      String sessionName,
      Tier tier,
      SessionPhase phase) {
    return new AssumeRoleResult.Granted(this, 0, List.of(call("us-east-1", "sts", "AssumeRole")));
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
  public WithCalls<RegionOutcome> scanRegion(RegionName region) {
    return new WithCalls<>(
        script.apply(region), List.of(call(region.value(), "ec2", "DescribeInstances")));
  }

  @Override
  public WithCalls<BucketOutcome> scanBuckets() {
    return new WithCalls<>(
        new BucketOutcome(
            new Reading.Complete<>(BucketFacts.COUNTED.none()),
            List.of(new CallCount("s3", "ListBuckets", 1, 0, 0))),
        List.of(call("us-east-1", "s3", "ListBuckets")));
  }

  @Override
  public WithCalls<RegionApis> discoverApis(RegionName region, ApiTurn turn) {
    return new WithCalls<>(
        apis.apply(region), List.of(call(region.value(), "apigateway", "GetRestApis")));
  }

  @Override
  public WithCalls<GlobalApis> discoverGlobalApis() {
    return new WithCalls<>(
        globalApis.get(), List.of(call("us-east-1", "cloudfront", "ListDistributions")));
  }

  @Override
  public WithCalls<AccountChecks> checkAccount(RequestedRole asked) {
    return new WithCalls<>(AccountChecks.unread(Reading.Reason.FAILED, "NotScripted"), List.of());
  }

  @Override
  public WithCalls<Lookup> lookUp(EventHistoryRequest asked) {
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
