package io.cloudoperator.scan;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Values of a scan, short enough to be read in a test. */
final class Sample {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final TenantId TENANT = new TenantId("acme");
  private static final ConnectionId CONNECTION = new ConnectionId("con-" + "0".repeat(32));

  private Sample() {}

  static ScanKey key(int number) {
    return new ScanKey(
        TENANT, CONNECTION, new ScanId("01980000-0000-7000-8000-%012x".formatted(number)));
  }

  static Run run(int number) {
    return Run.begin(key(number), 0, Run.Trigger.ON_DEMAND, NOON);
  }

  static RegionName region(String name) {
    return new RegionName(name);
  }

  static List<RegionName> regions(String... names) {
    return List.of(names).stream().map(RegionName::new).toList();
  }

  static List<RegionName> manyRegions(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> region("xx-test-" + i)).toList();
  }

  static Counts running(long count) {
    return counts(Map.of("running", count));
  }

  /** In these states, all else zero. */
  static Counts counts(Map<String, Long> byState) {
    return none(
        byState.values().stream().mapToLong(Long::longValue).sum(),
        Map.of("byState", new TreeMap<>(byState)));
  }

  private static Counts none(long total, Map<String, SortedMap<String, Long>> breakdowns) {
    Map<String, SortedMap<String, Long>> all =
        new HashMap<>(InstanceFacts.COUNTED.none().breakdowns());
    all.putAll(breakdowns);
    return new Counts(total, all, InstanceFacts.COUNTED.none().metrics());
  }

  /** Running, and each of them a case of every flag. */
  static Counts risky(long count) {
    Map<String, Long> metrics = new HashMap<>(InstanceFacts.COUNTED.none().metrics());
    metrics.replaceAll((_, _) -> count);
    return new Counts(count, running(count).breakdowns(), metrics);
  }

  /** Running, of these families, architectures, platforms and tenancies. */
  static Counts kinds(
      Map<String, Long> families,
      Map<String, Long> architectures,
      Map<String, Long> platforms,
      Map<String, Long> tenancies) {
    long count = families.values().stream().mapToLong(Long::longValue).sum();
    return none(
        count,
        Map.of(
            "byState", new TreeMap<>(Map.of("running", count)),
            "byFamily", new TreeMap<>(families),
            "byArchitecture", new TreeMap<>(architectures),
            "byPlatform", new TreeMap<>(platforms),
            "byTenancy", new TreeMap<>(tenancies)));
  }

  static RegionOutcome complete(String region, Counts counts) {
    return new RegionOutcome(
        new RegionName(region),
        new Reading.Complete<>(counts),
        List.of(new CallCount("ec2", "DescribeInstances", 1, 0, 0)));
  }

  static RegionOutcome unread(String region, Reading.Reason reason, String code) {
    return new RegionOutcome(
        new RegionName(region),
        new Reading.Unread<>(reason, code),
        List.of(new CallCount("ec2", "DescribeInstances", 3, 2, 1)));
  }

  static BucketOutcome buckets(Map<String, Long> byRegion) {
    return new BucketOutcome(
        new Reading.Complete<>(bucketCounts(byRegion)),
        List.of(new CallCount("s3", "ListBuckets", 1, 0, 0)));
  }

  static Counts bucketCounts(Map<String, Long> byRegion) {
    return new Counts(
        byRegion.values().stream().mapToLong(Long::longValue).sum(),
        Map.of("byRegion", new TreeMap<>(byRegion)),
        Map.of());
  }

  static BucketOutcome bucketsDenied() {
    return new BucketOutcome(
        new Reading.Unread<>(Reading.Reason.DENIED_BY_IAM, "AccessDenied"), List.of());
  }

  /** What one shard that was dealt all these regions has written. */
  static ShardProgress progress(int index, BucketOutcome buckets, RegionOutcome... outcomes) {
    SortedMap<RegionName, RegionOutcome> written = new TreeMap<>();
    List<RegionName> dealt = new ArrayList<>();
    for (RegionOutcome outcome : outcomes) {
      written.put(outcome.region(), outcome);
      dealt.add(outcome.region());
    }
    return new ShardProgress(
        new Shard(index, dealt, true),
        Stream.concat(
                Stream.of(
                    call("us-east-1", "sts", "AssumeRole"), call("us-east-1", "s3", "ListBuckets")),
                written.values().stream().flatMap(Sample::rows))
            .toList(),
        written,
        Optional.of(buckets),
        Optional.empty());
  }

  static Call call(String region, String service, String operation) {
    return new Call(NOON, region, service, operation, "id", 200, "", false, false);
  }

  /** Of which an outcome of ours has counted the calls. */
  private static Stream<Call> rows(RegionOutcome outcome) {
    return outcome.calls().stream()
        .flatMap(count ->
            LongStream.range(0, count.calls())
                .mapToObj(number ->
                    new Call(
                        NOON.plusMillis(number),
                        outcome.region().value(),
                        count.service(),
                        count.operation(),
                        "id",
                        number < count.throttled() ? 503 : 200,
                        number < count.throttled() ? "Throttling" : "",
                        number < count.throttled(),
                        number >= count.calls() - count.retries())));
  }

  static Plan plan(String... notOptedIn) {
    return new Plan(
        ACCOUNT, List.of(), regions(notOptedIn), List.of(call("us-east-1", "sts", "AssumeRole")));
  }

  /** Of a scan that left these regions out. */
  static Snapshot snapshotWithout(
      List<RegionName> notChosen, int number, BucketOutcome buckets, RegionOutcome... outcomes) {
    return Conclusion.of(
        CountedResources.ALL,
        run(number),
        Tier.MINIMAL,
        new Plan(ACCOUNT, List.of(), List.of(), notChosen, List.of()),
        List.of(progress(0, buckets, outcomes)),
        Optional.empty(),
        NOON.plusSeconds(number));
  }

  /** With the checks of the account that a shard has made. */
  static Snapshot snapshot(
      int number,
      Tier tier,
      Optional<AccountChecks> checks,
      BucketOutcome buckets,
      RegionOutcome... outcomes) {
    ShardProgress shard = progress(0, buckets, outcomes);
    return Conclusion.of(
        CountedResources.ALL,
        run(number),
        tier,
        plan(),
        List.of(
            new ShardProgress(
                shard.shard(), shard.calls(), shard.regions(), shard.buckets(), checks)),
        Optional.empty(),
        NOON.plusSeconds(number));
  }

  static ApiSummary apis(ApiSummary.UnreadSource... unread) {
    return new ApiSummary(
        new TreeMap<>(), new TreeMap<>(), 0, 1, List.of(unread), Optional.empty());
  }

  static Snapshot snapshot(int number, BucketOutcome buckets, RegionOutcome... outcomes) {
    return Conclusion.of(
        CountedResources.ALL,
        run(number),
        Tier.MINIMAL,
        plan(),
        List.of(progress(0, buckets, outcomes)),
        Optional.empty(),
        NOON.plusSeconds(9));
  }
}
