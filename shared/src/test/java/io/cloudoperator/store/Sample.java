package io.cloudoperator.store;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.service.ec2.InstanceFacts;
import io.cloudoperator.service.s3.BucketFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Values to store. */
final class Sample {
  static final RandomGenerator RANDOM = RandomGenerator.getDefault();
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456789Z");
  static final RegionName FRANKFURT = new RegionName("eu-central-1");
  static final RegionName IRELAND = new RegionName("eu-west-1");
  static final RegionName VIRGINIA = new RegionName("us-east-1");
  static final AccountId ACCOUNT = new AccountId("444455556666");
  static final SealedReference SEALED = new SealedReference("a2V5", "bm9uY2U=", "Y2lwaGVy");
  static final SealedReference RESEALED = new SealedReference("a2V6", "bm9uY2Y=", "Y2lwaGVz");
  static final Proof PROOF =
      new Proof(
          NOW,
          Proof.Verdict.PROVEN,
          ProofPolicy.REQUIRE,
          List.of(
              new Proof.Probe(Proof.Attempt.WITH_EXTERNAL_ID, true, ""),
              new Proof.Probe(Proof.Attempt.WITHOUT_EXTERNAL_ID, false, "AccessDenied")));

  private static final Plan PLAN =
      new Plan(
          ACCOUNT,
          List.of(
              new Shard(0, List.of(FRANKFURT, IRELAND), true),
              new Shard(1, List.of(VIRGINIA), false)),
          List.of(new RegionName("me-south-1")),
          List.of(call(VIRGINIA, "DescribeRegions")));

  private Sample() {}

  static TenantId tenant() {
    return new TenantId("tenant-" + UUID.randomUUID());
  }

  static Connection pending(TenantId tenant) {
    return pending(tenant, SEALED);
  }

  static Connection pending(TenantId tenant, SealedReference sealed) {
    return Connection.pending(
        tenant, ConnectionId.random(RANDOM), "Production", Tier.MINIMAL, sealed, NOW);
  }

  static Run run(Connection connection, Instant now) {
    return run(connection, now, RegionChoice.ALL);
  }

  static Run run(Connection connection, Instant now, RegionChoice choice) {
    ScanKey key = new ScanKey(connection.tenant(), connection.id(), ScanId.at(now, RANDOM));
    return Run.begin(key, connection.generation(), Run.Trigger.ON_DEMAND, choice, now);
  }

  static Plan plan() {
    return PLAN;
  }

  /** One that no other is equal to. */
  static Call call(RegionName region, String operation) {
    return new Call(
        NOW, region.value(), "ec2", operation, UUID.randomUUID().toString(), 200, "", false, false);
  }

  static <T> WithCalls<T> traced(T outcome) {
    return new WithCalls<>(outcome, List.of(call(VIRGINIA, "DescribeInstances")));
  }

  static Ledger ledger(Run run) {
    return Ledger.of(run, List.of(call(VIRGINIA, "DescribeRegions")));
  }

  static RegionOutcome complete(RegionName region) {
    return new RegionOutcome(
        region,
        new Reading.Complete<>(InstanceFacts.COUNTED.none()),
        List.of(new CallCount("ec2", "DescribeInstances", 1, 0, 0)));
  }

  static RegionOutcome denied(RegionName region) {
    return new RegionOutcome(
        region,
        new Reading.Unread<>(Reading.Reason.DENIED_BY_SCP, "UnauthorizedOperation"),
        List.of(new CallCount("ec2", "DescribeInstances", 1, 0, 0)));
  }

  static BucketOutcome buckets() {
    return new BucketOutcome(
        new Reading.Complete<>(BucketFacts.COUNTED.none()),
        List.of(new CallCount("s3", "ListBuckets", 1, 0, 0)));
  }

  static Snapshot snapshot(Run run) {
    return snapshot(run, List.of(complete(FRANKFURT), denied(VIRGINIA)));
  }

  static Snapshot snapshot(Run run, List<RegionOutcome> regions) {
    return new Snapshot(
        run.key(),
        ACCOUNT,
        Tier.MINIMAL,
        run.trigger(),
        run.startedAt(),
        run.startedAt().plusSeconds(3),
        new Coverage(0, 0, List.of(), List.of(), List.of(), true),
        new Totals(
            0,
            0,
            Map.of(
                "instances", InstanceFacts.COUNTED.none(), "buckets", BucketFacts.COUNTED.none())),
        regions,
        buckets(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(new Insight("quiet", "Nothing runs here.")),
        Optional.empty(),
        List.of(new CallCount("ec2", "DescribeInstances", 2, 0, 0)),
        Map.of(new RiskFlag.Kind("imdsv1_allowed"), NOW.minusSeconds(86400)),
        Optional.of(PROOF));
  }
}
