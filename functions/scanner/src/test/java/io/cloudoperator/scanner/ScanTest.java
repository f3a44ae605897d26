package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.scan.Conclusion;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScanTest {
  private final Stage stage;

  ScanTest() throws IOException {
    stage = new Stage();
  }

  @BeforeAll
  void sampleHasSomethingToFind() {
    assertThat(stage.aws.customer().size()).isPositive();
  }

  @AfterEach
  void repairTheSample() {
    stage.aws.faults().clear();
    stage.aws.denyRegionsBySCP(Set.of());
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @Test
  void countsWhatTheAccountTrulyHolds() {
    Connection connection = stage.connect();

    Snapshot snapshot = snapshot(scanned(connection));

    assertThat(snapshot.coverage().whole()).isTrue();
    assertThat(snapshot.account()).isEqualTo(stage.customer());
    assertThat(instancesByRegion(snapshot))
        .isEqualTo(
            stage.aws.customer().regions().stream()
                .collect(
                    Collectors.toMap(
                        region -> region,
                        region -> (long) stage.aws.customer().size(region),
                        Long::sum,
                        TreeMap::new)));
    assertThat(snapshot.totals().buckets().orElseThrow().total()).isEqualTo(9);
    assertThat(snapshot.flags()).isNotEmpty();
    assertThat(snapshot.insights()).isNotEmpty();
  }

  @Test
  void measuresWhatStsMadeOfTheSessionPolicyOfEachSession() {
    int before = stage.measured("PackedPolicySize").size();

    scanned(stage.connect());

    List<Double> sizes = stage.measured("PackedPolicySize");
    // One session plans, and one each reads a shard.
    assertThat(sizes.subList(before, sizes.size()))
        .hasSizeGreaterThan(1)
        .allSatisfy(percent -> assertThat(percent).isBetween(1.0, 80.0));
  }

  @Test
  void saysOfEveryCallThatItMadeAndOfNoOther() {
    Connection connection = stage.connect();
    stage.aws.requests().clear();

    Snapshot snapshot = snapshot(scanned(connection));

    TreeMap<String, Long> made = new TreeMap<>();
    stage.aws.requests().all().stream()
        .filter(request -> !request.service().equals("kms"))
        .forEach(
            request -> made.merge(request.service() + ":" + request.operation(), 1L, Long::sum));
    TreeMap<String, Long> told = new TreeMap<>();
    snapshot
        .calls()
        .forEach(call -> told.put(call.service() + ":" + call.operation(), call.calls()));
    assertThat(told).isEqualTo(made);
  }

  @Test
  void namesEachSessionByTheScan() {
    Connection connection = stage.connect();
    stage.aws.requests().clear();

    ScanKey key = scanned(connection);

    assertThat(stage.aws.requests().of("sts", "AssumeRole"))
        .isNotEmpty()
        .allSatisfy(request ->
            assertThat(request.parameters()).containsEntry("RoleSessionName", key.scan().value()));
  }

  @Test
  void comparesWithTheScanBefore() {
    Connection connection = stage.connect();
    ScanKey first = scanned(connection);

    Snapshot second = snapshot(scanned(connection));

    assertThat(second.trend().orElseThrow().since()).isEqualTo(first.scan());
    assertThat(second.firstSeen())
        .containsOnlyKeys(second.flags().stream().map(RiskFlag::kind).toList())
        .containsValue(stage.snapshots.snapshot(first).orElseThrow().finishedAt());
    assertThat(second.trend().orElseThrow().regionsCompared()).isEqualTo(20);
    assertThat(second.trend().orElseThrow().changes()).isEmpty();
  }

  @Test
  void tellsARegionThatIsDeniedFromAnEmptyOne() {
    Connection connection = stage.connect();
    stage.aws.denyRegionsBySCP(Set.of("eu-west-1"));

    Snapshot snapshot = snapshot(scanned(connection));

    assertThat(snapshot.coverage().unread())
        .containsExactly(
            new Coverage.UnreadRegion(
                new RegionName("eu-west-1"),
                Reading.Reason.DENIED_BY_SCP,
                "UnauthorizedOperation"));
    assertThat(snapshot.totals().regionsCounted()).isEqualTo(19);
  }

  @Test
  void endsAScanWhoseRoleIsGone() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);
    ScanKey key = stage.begin(connection);

    assertThat(stage.plan(key)).isEmpty();
    assertThat(failure(key)).isEqualTo("role_revoked");
    assertThat(stage.conclude(key).required("failure").asText()).isEqualTo("role_revoked");
  }

  @Test
  void readsNothingFromAnotherAccountThanTheOneConnected() {
    ExternalId externalId = ExternalId.random(new SecureRandom());
    Connection connection =
        stage.connect(
            new TenantId("mixed-up"),
            ConnectionId.random(RandomGenerator.getDefault()),
            stage.reference(externalId, stage.launch(externalId)),
            new AccountId("999999999999"));
    ScanKey key = stage.begin(connection);
    stage.aws.requests().clear();

    assertThat(stage.plan(key)).isEmpty();
    assertThat(failure(key)).isEqualTo("account_mismatch");
    assertThat(stage.aws.requests().all()).noneMatch(request -> request.service().equals("ec2"));
  }

  @Test
  void doesNotUseAReferenceOfAnotherConnection() {
    Connection mine = stage.connect();
    Connection other = stage.connect();
    stage.save(mine, mine.withReference(other.reference().orElseThrow()));
    ScanKey key = stage.begin(mine);

    assertThat(stage.plan(key)).isEmpty();
    assertThat(failure(key)).isEqualTo("reference_tampered");
  }

  @Test
  void endsAScanWhoseRegionsAreDenied() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    stage.aws.faults().next("ec2", "DescribeRegions", Faults.ANY, Fault.unauthorized().always());

    assertThat(stage.plan(key)).isEmpty();
    assertThat(failure(key)).isEqualTo("regions_unreadable");
  }

  @Test
  void doesNotCallARoleGoneWhenAwsGivesNoVerdict() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    stage.aws.faults().next("sts", "AssumeRole", Faults.ANY, Fault.internalError().always());

    assertThat(stage.plan(key)).isEmpty();
    assertThat(failure(key)).isEqualTo("aws_unavailable");
  }

  @Test
  void plansOnce() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    List<JsonNode> shards = stage.plan(key);
    stage.aws.requests().clear();

    assertThat(stage.plan(key)).isEqualTo(shards).isNotEmpty();
    assertThat(stage.aws.requests().all()).isEmpty();
  }

  @Test
  void scansNoRegionTwice() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    JsonNode shard = stage.plan(key).getLast();
    JsonNode first = stage.scan(key, shard);
    stage.aws.requests().clear();

    assertThat(stage.scan(key, shard)).isEqualTo(first);
    assertThat(first.required("complete").asInt()).isEqualTo(shard.required("regions").size());
    assertThat(stage.aws.requests().all()).isEmpty();
  }

  @Test
  void concludesOnce() {
    Connection connection = stage.connect();
    ScanKey key = scanned(connection);
    Snapshot snapshot = snapshot(key);

    stage.clock.pass(Duration.ofSeconds(30));
    JsonNode again = stage.conclude(key);

    assertThat(again.required("state").asText()).isEqualTo("concluded");
    assertThat(stage.snapshots.history(connection.tenant(), connection.id()).snapshots())
        .containsExactly(snapshot);
  }

  @Test
  void concludesWithoutWaitingForAShardAndTakesNothingFromItLater() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    List<JsonNode> shards = stage.plan(key);
    shards.subList(0, shards.size() - 1).forEach(shard -> stage.scan(key, shard));

    stage.conclude(key);
    Snapshot snapshot = snapshot(key);
    stage.scan(key, shards.getLast());
    stage.conclude(key);

    assertThat(snapshot.coverage().unread())
        .hasSize(shards.getLast().required("regions").size())
        .allMatch(unread -> unread.code().equals(Conclusion.NOT_SCANNED));
    assertThat(snapshot(key)).isEqualTo(snapshot);
  }

  @Test
  void saysThatAScanFailedWhoseStepsFailed() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);

    assertThat(stage.concludeFailed(key).required("failure").asText()).isEqualTo("internal");
    assertThat(stage.plan(key)).isEmpty();
  }

  @Test
  void keepsOldResultsWhenNothingCouldBeRead() {
    Connection connection = stage.connect();
    Snapshot old = snapshot(scanned(connection));
    ScanKey key = stage.begin(connection);
    List<JsonNode> shards = stage.plan(key);
    stage.deleteRole(connection);

    shards.forEach(shard -> stage.scan(key, shard));

    assertThat(stage.runs.progress(key))
        .allSatisfy(progress ->
            assertThat(progress.regions().values())
                .extracting(RegionOutcome::instances)
                .containsOnly(new Reading.Unread<>(Reading.Reason.DENIED_BY_IAM, "AccessDenied")));
    assertThat(stage.conclude(key).path("failure").asText()).isEqualTo("nothing_read");
    assertThat(stage.snapshots.history(connection.tenant(), connection.id()).snapshots())
        .containsExactly(old);
  }

  @Test
  void trustsNoShardWhenOneWasLedToAnotherAccount() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    List<JsonNode> shards = stage.plan(key);
    stage.scan(key, shards.getFirst());

    stage.scan(
        new ScriptedAccess(new AccountId("999999999999"), ScriptedAccess::empty),
        key,
        shards.getLast());

    assertThat(stage.conclude(key).required("failure").asText()).isEqualTo("account_mismatch");
  }

  @Test
  void doesNothingAfterItsDeadline() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    List<JsonNode> shards = stage.plan(key);
    stage.clock.pass(Run.LONGEST.plusSeconds(1));
    stage.aws.requests().clear();

    shards.forEach(shard -> stage.scan(key, shard));

    assertThat(stage.conclude(key).required("state").asText()).isEqualTo("timed_out");
    assertThat(stage.aws.requests().all()).isEmpty();
    assertThat(stage.snapshots.history(connection.tenant(), connection.id()).snapshots()).isEmpty();
  }

  /** Whichever step comes after the purge, it leaves nothing. */
  @Test
  void leavesNothingOnceTheConnectionWasPurged() {
    for (int stepsBefore = 0; ; stepsBefore++) {
      Connection connection = stage.connect();
      ScanKey key = stage.begin(connection);
      List<JsonNode> shards = new ArrayList<>();
      List<Runnable> steps = new ArrayList<>();
      steps.add(() -> shards.addAll(stage.plan(key)));
      steps.add(() -> shards.stream().limit(1).forEach(shard -> stage.scan(key, shard)));
      steps.add(() -> shards.stream().skip(1).forEach(shard -> stage.scan(key, shard)));
      steps.add(() -> stage.conclude(key));
      if (stepsBefore > steps.size()) {
        return;
      }

      steps.subList(0, stepsBefore).forEach(Runnable::run);
      stage.purge(connection);
      steps.subList(stepsBefore, steps.size()).forEach(Runnable::run);
      shards.forEach(shard -> stage.scan(key, shard));
      stage.conclude(key);

      assertThat(stage.rows.stored(connection)).isEmpty();
    }
  }

  @Test
  void leavesNothingWhenThePurgeComesWhileARegionIsRead() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    AtomicBoolean purged = new AtomicBoolean();
    ScriptedAccess access =
        new ScriptedAccess(
            stage.customer(),
            region -> {
              if (!purged.getAndSet(true)) {
                stage.purge(connection);
              }
              return ScriptedAccess.empty(region);
            });
    List<JsonNode> shards = stage.plan(access, key);

    shards.forEach(shard -> stage.scan(access, key, shard));
    stage.conclude(key);

    assertThat(purged).isTrue();
    assertThat(stage.rows.stored(connection)).isEmpty();
  }

  @Test
  void endsQuietlyWhenTheConnectionWasDisconnected() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    List<JsonNode> shards = stage.plan(key);
    stage.save(
        stage.current(connection), stage.current(connection).disconnected(stage.clock.instant()));
    stage.aws.requests().clear();

    shards.forEach(shard -> stage.scan(key, shard));

    assertThat(stage.conclude(key).required("failure").asText()).isEqualTo("not_active");
    assertThat(stage.aws.requests().all()).isEmpty();
  }

  @Test
  void leavesNoTraceOfTheRoleReference() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    RoleReference reference =
        stage.vault.open(
            connection.tenant(), connection.id(), connection.reference().orElseThrow());

    JsonNode plan = stage.answerOfPlan(stage.access, key);
    String said =
        plan.toString() + stage.scan(key, plan.required("shards").get(0)) + stage.conclude(key);

    assertThat(said)
        .contains(connection.id().value())
        .doesNotContain(reference.externalId().value())
        .doesNotContain(reference.roleArn().orElseThrow().value());
  }

  /** A scan from its beginning to its end. */
  private ScanKey scanned(Connection connection) {
    ScanKey key = stage.begin(connection);
    stage.plan(key).forEach(shard -> stage.scan(key, shard));
    stage.conclude(key);
    return key;
  }

  private Snapshot snapshot(ScanKey key) {
    return stage.snapshots.snapshot(key).orElseThrow();
  }

  private String failure(ScanKey key) {
    return stage.runs.run(key).flatMap(Run::failure).map(Run.Failure::code).orElse("none");
  }

  private static Map<String, Long> instancesByRegion(Snapshot snapshot) {
    TreeMap<String, Long> counts = new TreeMap<>();
    for (RegionOutcome outcome : snapshot.regions()) {
      switch (outcome.instances()) {
        case Reading.Complete<Counts>(var found, var _) ->
            counts.put(outcome.region().value(), found.total());
        case Reading.Unread<Counts> _ -> {}
      }
    }
    return counts;
  }
}
