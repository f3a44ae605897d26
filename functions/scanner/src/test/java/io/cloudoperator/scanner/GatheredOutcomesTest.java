package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.session.RoleSessions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a scanner writes while it reads: seldom, but in time, and nothing is forgotten. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GatheredOutcomesTest {
  private final Stage stage;

  GatheredOutcomesTest() throws IOException {
    stage = new Stage();
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @Test
  void areWrittenAtMostOnceASecond() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    JsonNode shard = stage.plan(key).getLast();
    AtomicInteger writes = new AtomicInteger();
    long begun = System.nanoTime();

    scan(key, shard, stage.access, writes::incrementAndGet, () -> {});

    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    assertThat(progress(key, shard).regions()).hasSizeGreaterThan(4);
    assertThat(writes.get()).isBetween(1, 1 + (int) seconds);
  }

  @Test
  void areWrittenWhileAnotherRegionIsStillRead() throws Exception {
    CountDownLatch isWritten = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    ScriptedAccess access =
        new ScriptedAccess(
            stage.customer(),
            region -> {
              if (region.value().equals("sa-east-1")) {
                await(seen);
              }
              return ScriptedAccess.empty(region);
            });
    ScanKey key = stage.begin(stage.connect());
    JsonNode shard = stage.plan(access, key).getFirst();
    CompletableFuture<Void> scanning =
        CompletableFuture.runAsync(() -> scan(key, shard, access, () -> {}, isWritten::countDown));

    assertThat(isWritten.await(20, TimeUnit.SECONDS)).isTrue();
    ShardProgress soFar = progress(key, shard);
    seen.countDown();
    scanning.get(20, TimeUnit.SECONDS);

    assertThat(soFar.regions()).containsOnlyKeys(new RegionName("eu-north-1"));
    assertThat(progress(key, shard).regions()).hasSize(2);
  }

  @Test
  void loseNoCallWhenTheyCouldNotBeWritten() {
    ScanKey key = stage.begin(stage.connect());
    JsonNode shard = stage.plan(key).getLast();

    assertThatThrownBy(() -> scan(key, shard, stage.access, GatheredOutcomesTest::fail, () -> {}))
        .hasMessage("no store");

    assertThat(progress(key, shard).regions()).isEmpty();
    assertThat(described(key)).containsAll(regions(shard));
  }

  @Test
  void keepACallOnceThatIsWrittenAgainAsItWasNotKnownToBe() {
    ScanKey key = stage.begin(stage.connect());
    JsonNode shard = stage.plan(key).getLast();

    // After the last region, so that none is read any more.
    Runnable failAtTheEnd =
        () -> {
          if (progress(key, shard).regions().size() == regions(shard).size()) {
            fail();
          }
        };

    assertThatThrownBy(() -> scan(key, shard, stage.access, () -> {}, failAtTheEnd))
        .hasMessage("no store");
    stage.scan(key, shard);

    assertThat(described(key)).containsAll(regions(shard));
    assertThat(stage.ledgers.ledger(key).orElseThrow().calls())
        .extracting(Call::requestId)
        .doesNotHaveDuplicates();
  }

  private static void fail() {
    throw new IllegalStateException("no store");
  }

  /** Scans a shard; does something before, or after, outcomes are written. */
  private void scan(
      ScanKey key, JsonNode shard, RoleSessions access, Runnable before, Runnable after) {
    RunStore watched =
        (RunStore)
            Proxy.newProxyInstance(
                RunStore.class.getClassLoader(),
                new Class<?>[] {RunStore.class},
                (_, method, arguments) -> {
                  boolean writes =
                      method.getName().equals("record")
                          && arguments[arguments.length - 1] instanceof RunStore.Outcomes read
                          && !read.regions().isEmpty();
                  if (writes) {
                    before.run();
                  }
                  try {
                    Object answer = method.invoke(stage.runs, arguments);
                    if (writes) {
                      after.run();
                    }
                    return answer;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    ScanShard scanning =
        new ScanShard(
            stage.connections,
            watched,
            stage.snapshots,
            stage.apis,
            new SessionOpener(stage.vault, access),
            stage.audit(access),
            stage.clock,
            Telemetry.logsOnly());
    scanning.scan(input(key, shard), () -> Duration.ofMinutes(3));
  }

  private static ScanShard.Input input(ScanKey key, JsonNode shard) {
    try {
      return Json.STRICT.treeToValue(
          Stage.event("scan-regions.json", key).set("shard", shard), ScanShard.Input.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ShardProgress progress(ScanKey key, JsonNode shard) {
    return stage.runs.progress(key).get(shard.required("index").asInt());
  }

  private List<String> described(ScanKey key) {
    return stage.ledgers.ledger(key).map(Ledger::calls).orElse(List.of()).stream()
        .filter(call -> call.operation().equals("DescribeInstances"))
        .map(Call::region)
        .toList();
  }

  private static List<String> regions(JsonNode shard) {
    return shard.required("regions").valueStream().map(JsonNode::asText).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
