package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.DocumentTooLargeException;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.appsync.AppSync;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.elb.ElasticLoadBalancing;
import io.cloudoperator.service.lambda.FunctionUrl;
import io.cloudoperator.service.lambda.Lambda;
import io.cloudoperator.session.RoleSessions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Scans of the audit tier, from what regions say of their APIs to the inventory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditScanTest {
  private static final RegionName STOCKHOLM = new RegionName("eu-north-1");
  private static final RegionName PAULO = new RegionName("sa-east-1");

  private final Stage stage;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  AuditScanTest() throws IOException {
    stage = new Stage();
  }

  @BeforeEach
  void forgetWhoWasAsked() {
    asked.clear();
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @Test
  void endsWithAnInventoryOfWhatEachRegionSaid() {
    ScanKey key = stage.begin(stage.connectForAudit());

    scan(account(AuditScanTest::withUrl), key);

    Inventory inventory = stage.apis.inventory(key).orElseThrow();
    assertThat(inventory.apis())
        .extracting(api -> api.id().toString())
        .containsExactly("eu-north-1/function_url/resize", "sa-east-1/function_url/resize");
    assertThat(inventory.unread()).isEmpty();
    assertThat(inventory.read())
        .contains(new Inventory.Source(ApiId.GLOBAL, CloudFront.DISTRIBUTIONS))
        .contains(new Inventory.Source("sa-east-1", ApiGateway.REST_APIS));
    Snapshot snapshot = stage.snapshots.snapshot(key).orElseThrow();
    assertThat(snapshot.apis().orElseThrow().apis()).containsEntry("function_url", 2L);
    assertThat(snapshot.apis().orElseThrow().changes()).isEmpty();
    assertThat(snapshot.flags())
        .extracting(RiskFlag::kind)
        .contains(RiskFlag.Kind.FUNCTION_URL_WITHOUT_AUTHORIZATION);
    assertThat(snapshot.flags()).isSortedAccordingTo(RiskFlag.MOST_SEVERE_FIRST);
  }

  @Test
  void keepsTheCallsForApisInItsLedger() {
    ScanKey key = stage.begin(stage.connectForAudit());

    scan(account(AuditScanTest::empty), key);

    assertThat(stage.ledgers.ledger(key).orElseThrow().calls())
        .extracting(Call::operation)
        .containsOnlyOnce("ListDistributions")
        .filteredOn("GetRestApis"::equals)
        .hasSize(2);
  }

  @Test
  void asksNobodyForApisBelowTheAuditTier() {
    ScanKey key = stage.begin(stage.connect());

    // An account that fails whoever asks for its APIs.
    scan(new ScriptedAccess(stage.customer(), ScriptedAccess::empty), key, refusingEverything());

    Snapshot snapshot = stage.snapshots.snapshot(key).orElseThrow();
    assertThat(snapshot.coverage().complete()).isEqualTo(2);
    assertThat(snapshot.apis()).isEmpty();
  }

  @Test
  void saysWhatHasChangedSinceTheNewestSnapshotWithApis() {
    Connection connection = stage.connectForAudit();
    ScanKey first = stage.begin(connection);
    scan(account(AuditScanTest::empty), first);
    stage.clock.pass(Duration.ofMinutes(1));
    ScanKey second = stage.begin(connection);

    scan(account(AuditScanTest::withUrl), second);

    ApiSummary.Changes changes =
        stage.snapshots.snapshot(second).orElseThrow().apis().orElseThrow().changes().orElseThrow();
    assertThat(changes.since()).isEqualTo(first.scan());
    assertThat(changes.apisAdded()).isEqualTo(2);
  }

  @Test
  void asksARegionOnceForItsApisHoweverOftenTheStepIsDelivered() {
    ScanKey key = stage.begin(stage.connectForAudit());
    RoleSessions account = account(AuditScanTest::withUrl);
    JsonNode shard = stage.plan(account, key).getFirst();

    stage.scan(account, key, shard);
    List<String> first = List.copyOf(asked);
    stage.scan(account, key, shard);

    assertThat(first).containsExactlyInAnyOrder("eu-north-1", "sa-east-1", "global");
    assertThat(asked).isEqualTo(first);
  }

  @Test
  void asksAgainForWhatAnEarlierDeliveryCouldNotKeep() {
    ScanKey key = stage.begin(stage.connectForAudit());
    RoleSessions account = account(AuditScanTest::withUrl);
    JsonNode shard = stage.plan(account, key).getFirst();
    Run run = stage.runs.run(key).orElseThrow();
    stage.apis.keepFound(run, 0, empty(STOCKHOLM));

    stage.scan(account, key, shard);

    assertThat(asked).containsExactlyInAnyOrder("sa-east-1", "global");
    assertThat(stage.apis.kept(key)).isEqualTo(new ApiStore.Kept(Set.of(STOCKHOLM, PAULO), true));
  }

  @Test
  void saysOfApisThatAreNotReadInTimeThatTheyAreUnread() throws Exception {
    ScanKey key = stage.begin(stage.connectForAudit());
    CountDownLatch never = new CountDownLatch(1);
    RoleSessions account =
        account(region -> {
          if (region.equals(PAULO)) {
            awaitInterruption(never);
            return brokenOff(region);
          }
          return empty(region);
        });
    JsonNode shard = stage.plan(account, key).getFirst();

    scanning(account)
        .scan(
            input(key, shard),
            () ->
                finished(key) == 2 && stage.apis.kept(key).regions().contains(STOCKHOLM)
                    ? Duration.ZERO
                    : Duration.ofMinutes(1));
    stage.conclude(key);

    Inventory inventory = stage.apis.inventory(key).orElseThrow();
    assertThat(inventory.unread())
        .allSatisfy(unread -> assertThat(unread.source().region()).isEqualTo("sa-east-1"))
        .extracting(Inventory.Unread::code)
        .contains(RegionReads.OUT_OF_TIME, "AccessDeniedException")
        .doesNotContain("Interrupted");
    assertThat(inventory.read()).contains(new Inventory.Source("sa-east-1", Lambda.FUNCTION_URLS));
  }

  @Test
  void stopsReadingInTimeForTheConclusionHoweverLateAShardBegan() {
    ScanKey key = stage.begin(stage.connectForAudit());
    CountDownLatch never = new CountDownLatch(1);
    RoleSessions account =
        account(region -> {
          awaitInterruption(never);
          return brokenOff(region);
        });
    JsonNode shard = stage.plan(account, key).getFirst();
    stage.clock.pass(ScanShard.READING.minus(RegionReads.RESERVE));

    stage.scan(account, key, shard);

    assertThat(stage.apis.found(key).regions())
        .hasSize(2)
        .allSatisfy(found ->
            assertThat(found.of(ApiGateway.REST_APIS))
                .isEqualTo(new Reading.Unread<>(Reading.Reason.FAILED, RegionReads.OUT_OF_TIME)));
  }

  @Test
  void saysOfEveryServiceWhyThereWasNoSession() {
    Connection connection = stage.connectForAudit();
    ScanKey key = stage.begin(connection);
    JsonNode shard = stage.plan(account(AuditScanTest::empty), key).getFirst();
    stage.deleteRole(connection);

    stage.scan(key, shard);

    ApiStore.Found found = stage.apis.found(key);
    Reading.Unread<Object> denied =
        new Reading.Unread<>(Reading.Reason.DENIED_BY_IAM, "AccessDenied");
    assertThat(found.regions())
        .extracting(
            region -> region.of(ApiGateway.REST_APIS),
            region -> region.of(ElasticLoadBalancing.LOAD_BALANCERS))
        .containsOnly(tuple(denied, denied));
    assertThat(found.global().orElseThrow().of(CloudFront.DISTRIBUTIONS)).isEqualTo(denied);
  }

  @Test
  void saysThatWhatNoShardHasKeptIsUnread() {
    ScanKey key = stage.begin(stage.connectForAudit());
    stage.plan(account(AuditScanTest::empty), key);
    stage.runs.record(
        key,
        0,
        new RunStore.Outcomes(
            List.of(),
            Optional.of(account(AuditScanTest::empty).scanBuckets()),
            Optional.empty(),
            List.of()));

    stage.conclude(key);

    Inventory inventory = stage.apis.inventory(key).orElseThrow();
    assertThat(inventory.read()).isEmpty();
    assertThat(inventory.unread()).hasSizeGreaterThan(14);
  }

  @Test
  void concludesWithTheInventoryThatADeliveryKeptWhichDiedBeforeTheSnapshot() {
    ScanKey key = stage.begin(stage.connectForAudit());
    ScriptedAccess account = account(AuditScanTest::withUrl);
    for (JsonNode shard : stage.plan(account, key)) {
      stage.scan(account, key, shard);
    }
    Inventory earlier = new Inventory(List.of(), List.of(), List.of());
    stage.apis.keep(stage.runs.run(key).orElseThrow(), earlier);
    assertThat(stage.apis.inventory(key)).isEmpty();

    stage.conclude(key);

    assertThat(stage.apis.inventory(key)).contains(earlier);
    assertThat(stage.snapshots.snapshot(key).orElseThrow().apis().orElseThrow().apis()).isEmpty();
  }

  @Test
  void changesNothingWhenItIsConcludedAgain() {
    ScanKey key = stage.begin(stage.connectForAudit());
    scan(account(AuditScanTest::withUrl), key);
    Inventory inventory = stage.apis.inventory(key).orElseThrow();

    stage.clock.pass(Duration.ofMinutes(1));
    stage.conclude(key);

    assertThat(stage.apis.inventory(key)).contains(inventory);
  }

  @Test
  void leavesNothingWhenPurgedBetweenAnyTwoSteps() {
    for (int stepsBefore = 0; stepsBefore <= 2; stepsBefore++) {
      Connection connection = stage.connectForAudit();
      ScanKey key = stage.begin(connection);
      ScriptedAccess account = account(AuditScanTest::withUrl);
      List<JsonNode> shards = new ArrayList<>(stage.plan(account, key));
      List<Runnable> steps =
          List.of(
              () -> shards.forEach(shard -> stage.scan(account, key, shard)),
              () -> stage.conclude(key));
      steps.subList(0, stepsBefore).forEach(Runnable::run);

      stage.purge(connection);
      steps.subList(stepsBefore, 2).forEach(Runnable::run);

      assertThat(stage.rows.stored(connection)).as("purged after step %d", stepsBefore).isEmpty();
    }
  }

  @Test
  void losesNoScanToAnInventoryThatIsTooLarge() {
    ScanKey key = stage.begin(stage.connectForAudit());
    ScriptedAccess account = account(AuditScanTest::withUrl);
    for (JsonNode shard : stage.plan(account, key)) {
      stage.scan(account, key, shard);
    }
    ApiStore small =
        watched((name, arguments) -> {
          if (name.equals("keep")
              && arguments[1] instanceof Inventory inventory
              && !inventory.apis().isEmpty()) {
            throw new DocumentTooLargeException("too large");
          }
        });

    Stage.invoke(
        new ConcludeHandler(stage.wiring(stage.access, small, Telemetry.logsOnly())),
        Stage.event("conclude.json", key));

    Snapshot snapshot = stage.snapshots.snapshot(key).orElseThrow();
    assertThat(snapshot.coverage().complete()).isEqualTo(2);
    assertThat(snapshot.apis().orElseThrow().apis()).isEmpty();
    assertThat(snapshot.apis().orElseThrow().unread())
        .hasSizeGreaterThan(14)
        .allSatisfy(unread -> assertThat(unread.code()).isEqualTo("TooLarge"));
    assertThat(stage.apis.inventory(key).orElseThrow().apis()).isEmpty();
  }

  @Test
  void keepsARegionThatIsTooLargeAsUnread() {
    ScanKey key = stage.begin(stage.connectForAudit());
    ScriptedAccess account = account(AuditScanTest::withUrl);
    ApiStore small =
        watched((name, arguments) -> {
          if (name.equals("keepFound")
              && regions(arguments[2])
                  .anyMatch(
                      region -> region.of(Lambda.FUNCTION_URLS) instanceof Reading.Complete)) {
            throw new DocumentTooLargeException("too large");
          }
        });

    JsonNode shard = stage.plan(account, key).getFirst();
    Stage.invoke(
        new ScanRegionsHandler(stage.wiring(account, small, Telemetry.logsOnly())),
        Stage.event("scan-regions.json", key).set("shard", shard));

    assertThat(stage.apis.found(key).regions())
        .hasSize(2)
        .allSatisfy(found ->
            assertThat(found.of(Lambda.FUNCTION_URLS))
                .isEqualTo(new Reading.Unread<>(Reading.Reason.FAILED, "TooLarge")));
  }

  private ScriptedAccess account(Function<RegionName, RegionApis> apis) {
    return new ScriptedAccess(
        stage.customer(),
        ScriptedAccess::empty,
        region -> {
          asked.add(region.value());
          return apis.apply(region);
        },
        () -> {
          asked.add("global");
          return new GlobalApis(
              SourceReadings.NONE.with(CloudFront.DISTRIBUTIONS, new Reading.Complete<>(List.of())),
              List.of());
        });
  }

  private static RegionApis empty(RegionName region) {
    return withUrls(region, List.of());
  }

  private static RegionApis withUrl(RegionName region) {
    return withUrls(
        region,
        List.of(
            new FunctionUrl(
                "resize",
                "",
                "a.lambda-url.%s.on.aws".formatted(region.value()),
                "NONE",
                Optional.empty(),
                Optional.empty())));
  }

  private static RegionApis withUrls(RegionName region, List<FunctionUrl> urls) {
    SourceReadings readings = SourceReadings.NONE;
    for (ApiSource<?> source : ApiDiscovery.sources(ApiDiscovery.REGIONAL)) {
      readings = readings.with(source, new Reading.Complete<>(List.of()));
    }
    return new RegionApis(
        region, readings.with(Lambda.FUNCTION_URLS, new Reading.Complete<>(urls)), List.of());
  }

  /** As a session says it that was interrupted: some was read before, and some was refused. */
  private static RegionApis brokenOff(RegionName region) {
    RegionApis unread =
        ApiDiscovery.unread(region, Reading.Reason.FAILED, "Interrupted", List.of());
    return new RegionApis(
        region,
        unread
            .readings()
            .with(Lambda.FUNCTION_URLS, new Reading.Complete<>(List.of()))
            .with(
                AppSync.GRAPHQL_APIS,
                new Reading.Unread<>(Reading.Reason.DENIED_BY_IAM, "AccessDeniedException")),
        List.of());
  }

  private void scan(RoleSessions account, ScanKey key) {
    scan(account, key, stage.apis);
  }

  private void scan(RoleSessions account, ScanKey key, ApiStore apis) {
    for (JsonNode shard : stage.plan(account, key)) {
      Stage.invoke(
          new ScanRegionsHandler(stage.wiring(account, apis, Telemetry.logsOnly())),
          Stage.event("scan-regions.json", key).set("shard", shard));
    }
    Stage.invoke(
        new ConcludeHandler(stage.wiring(stage.access, apis, Telemetry.logsOnly())),
        Stage.event("conclude.json", key));
  }

  private ScanShard scanning(RoleSessions account) {
    return new ScanShard(
        stage.connections,
        stage.runs,
        stage.snapshots,
        stage.apis,
        new SessionOpener(stage.vault, account),
        stage.audit(account),
        stage.clock,
        Telemetry.logsOnly());
  }

  private static ScanShard.Input input(ScanKey key, JsonNode shard) throws IOException {
    return Json.STRICT.treeToValue(
        Stage.event("scan-regions.json", key).set("shard", shard), ScanShard.Input.class);
  }

  private long finished(ScanKey key) {
    return stage.runs.progress(key).stream().mapToLong(shard -> shard.regions().size()).sum();
  }

  private static void awaitInterruption(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private ApiStore refusingEverything() {
    return watched((name, _) -> {
      throw new AssertionError(name + " was called");
    });
  }

  private interface Look {
    void at(String method, Object[] arguments);
  }

  private static Stream<RegionApis> regions(Object found) {
    return found instanceof ApiStore.Found several
        ? several.regions().stream()
        : Stream.of(found).filter(RegionApis.class::isInstance).map(RegionApis.class::cast);
  }

  private ApiStore watched(Look look) {
    return (ApiStore)
        Proxy.newProxyInstance(
            ApiStore.class.getClassLoader(),
            new Class<?>[] {ApiStore.class},
            (_, method, arguments) -> {
              look.at(method.getName(), arguments);
              try {
                return method.invoke(stage.apis, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
