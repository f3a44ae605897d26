package io.cloudoperator.query;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Conclusion;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A scan of three regions: two are read, the third is denied by a service control policy. */
public final class Example {
  public static final Instant NOON = Instant.parse("2076-11-22T12:00:00Z");
  public static final AccountId ACCOUNT = new AccountId("111122223333");
  public static final ScanKey KEY = key(1);
  private static final RegionName FRANKFURT = new RegionName("eu-central-1");
  private static final RegionName OHIO = new RegionName("us-east-2");
  private static final RegionName TOKYO = new RegionName("ap-northeast-1");
  private static final List<Call> ASSUMED = List.of(call("us-east-1", "sts", "AssumeRole"));

  private Example() {}

  public static Call call(String region, String service, String operation) {
    return new Call(NOON, region, service, operation, "id-" + region, 200, "", false, false);
  }

  public static WithCalls<RegionOutcome> traced(RegionOutcome outcome) {
    return new WithCalls<>(
        outcome, List.of(call(outcome.region().value(), "ec2", "DescribeInstances")));
  }

  public static WithCalls<BucketOutcome> tracedBuckets() {
    return new WithCalls<>(buckets(), List.of(call("us-east-1", "s3", "ListBuckets")));
  }

  public static ScanKey key(int number) {
    return new ScanKey(
        new TenantId("acme"),
        new ConnectionId("con-" + "0".repeat(32)),
        new ScanId("01980000-0000-7000-8000-%012x".formatted(number)));
  }

  public static Plan plan() {
    return new Plan(ACCOUNT, List.of(shard()), List.of(new RegionName("af-south-1")), ASSUMED);
  }

  public static Plan planWithout(RegionName notChosen) {
    return new Plan(
        ACCOUNT,
        List.of(shard()),
        List.of(new RegionName("af-south-1")),
        List.of(notChosen),
        ASSUMED);
  }

  public static Shard shard() {
    return new Shard(0, List.of(TOKYO, FRANKFURT, OHIO), true);
  }

  public static RegionOutcome frankfurt() {
    return complete(FRANKFURT, instances(3, "Linux/UNIX"));
  }

  public static RegionOutcome ohio() {
    return complete(OHIO, instances(9, "Windows <b>&\"BYOL\"</b>"));
  }

  public static RegionOutcome tokyo() {
    return denied(TOKYO);
  }

  public static RegionOutcome denied(RegionName region) {
    return new RegionOutcome(
        region,
        new Reading.Unread<>(Reading.Reason.DENIED_BY_SCP, "UnauthorizedOperation"),
        List.of(new CallCount("ec2", "DescribeInstances", 1, 0, 0)));
  }

  public static BucketOutcome buckets() {
    return new BucketOutcome(
        new Reading.Complete<>(
            new Counts(4, Map.of("byRegion", new TreeMap<>(Map.of("eu-central-1", 4L))), Map.of())),
        List.of(new CallCount("s3", "ListBuckets", 1, 0, 0)));
  }

  public static List<ShardProgress> progress(RegionOutcome... outcomes) {
    SortedMap<RegionName, RegionOutcome> written = new TreeMap<>();
    SortedSet<RegionName> dealt = new TreeSet<>(shard().regions());
    for (RegionOutcome outcome : outcomes) {
      written.put(outcome.region(), outcome);
      dealt.add(outcome.region());
    }
    Shard shard = new Shard(0, List.copyOf(dealt), true);
    List<Call> calls = new ArrayList<>(ASSUMED);
    calls.addAll(tracedBuckets().calls());
    written.values().forEach(outcome -> calls.addAll(traced(outcome).calls()));
    return List.of(
        new ShardProgress(shard, calls, written, Optional.of(buckets()), Optional.empty()));
  }

  public static Snapshot snapshot() {
    return snapshot(KEY, Optional.empty(), frankfurt(), ohio(), tokyo());
  }

  /** Of a scan that was told to leave out São Paulo. */
  public static Snapshot chosen() {
    return Conclusion.of(
        CountedResources.ALL,
        Run.begin(KEY, 0, Run.Trigger.ON_DEMAND, NOON),
        Tier.MINIMAL,
        planWithout(new RegionName("sa-east-1")),
        progress(frankfurt(), ohio(), tokyo()),
        Optional.empty(),
        NOON.plusSeconds(9));
  }

  public static Snapshot snapshot(
      ScanKey key, Optional<Snapshot> previous, RegionOutcome... outcomes) {
    return snapshot(key, NOON.plusSeconds(9), previous, outcomes);
  }

  public static Snapshot snapshot(
      ScanKey key, Instant finishedAt, Optional<Snapshot> previous, RegionOutcome... outcomes) {
    return Conclusion.of(
        CountedResources.ALL,
        Run.begin(key, 0, Run.Trigger.ON_DEMAND, NOON),
        Tier.MINIMAL,
        plan(),
        progress(outcomes),
        previous,
        finishedAt);
  }

  /** The same of the audit tier. */
  public static Snapshot withApis(Snapshot snapshot, ApiSummary summary, List<RiskFlag> flags) {
    return new Snapshot(
        snapshot.key(),
        snapshot.account(),
        Tier.AUDIT,
        snapshot.trigger(),
        snapshot.startedAt(),
        snapshot.finishedAt(),
        snapshot.coverage(),
        snapshot.totals(),
        snapshot.regions(),
        snapshot.buckets(),
        Optional.of(summary),
        snapshot.accountChecks(),
        Stream.concat(snapshot.flags().stream(), flags.stream()).toList(),
        snapshot.insights(),
        snapshot.trend(),
        snapshot.calls(),
        snapshot.firstSeen(),
        snapshot.proof());
  }

  public static RegionOutcome complete(RegionName region, Counts counts) {
    return new RegionOutcome(
        region,
        new Reading.Complete<>(counts),
        List.of(new CallCount("ec2", "DescribeInstances", 1, 0, 0)));
  }

  /** Of which one is stopped, and all allow IMDSv1. */
  public static Counts instances(long count, String platform) {
    Map<String, Long> metrics = new HashMap<>(InstanceFacts.COUNTED.none().metrics());
    metrics.put("imdsV1Allowed", count);
    return new Counts(
        count,
        Map.of(
            "byState", new TreeMap<>(Map.of("running", count - 1, "stopped", 1L)),
            "byFamily", new TreeMap<>(Map.of("m7g", count)),
            "byArchitecture", new TreeMap<>(Map.of("arm64", count)),
            "byPlatform", new TreeMap<>(Map.of(platform, count)),
            "byTenancy", new TreeMap<>(Map.of("default", count))),
        metrics);
  }
}
