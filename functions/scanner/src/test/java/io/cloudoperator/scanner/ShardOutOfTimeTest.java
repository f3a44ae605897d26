package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.ScanKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shard whose invocation has to end before all is read. */
final class ShardOutOfTimeTest {
  private final Stage stage;

  ShardOutOfTimeTest() throws IOException {
    stage = new Stage();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void recordsWhatWasNotFinishedWhenTimeRunsOut() throws Exception {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    CountDownLatch never = new CountDownLatch(1);
    ScriptedAccess access =
        new ScriptedAccess(
            stage.customer(),
            region -> {
              if (region.value().equals("sa-east-1")) {
                awaitInterruption(never);
                return new RegionOutcome(
                    region,
                    new Reading.Unread<>(Reading.Reason.FAILED, "Interrupted"),
                    List.of(ScriptedAccess.DESCRIBED));
              }
              return ScriptedAccess.empty(region);
            });
    JsonNode shard = stage.plan(access, key).getFirst();
    ScanShard scanning =
        new ScanShard(
            stage.connections,
            stage.runs,
            stage.snapshots,
            stage.apis,
            new SessionOpener(stage.vault, access),
            stage.audit(access),
            stage.clock,
            Telemetry.logsOnly());
    ScanShard.Input input =
        Json.STRICT.treeToValue(
            Stage.event("scan-regions.json", key).set("shard", shard), ScanShard.Input.class);

    // Time is up as soon as all that can finish has.
    scanning.scan(input, () -> finished(key) == 2 ? Duration.ZERO : Duration.ofMinutes(1));
    stage.conclude(key);

    assertThat(stage.snapshots.snapshot(key).orElseThrow().regions())
        .containsExactly(
            ScriptedAccess.empty(new RegionName("eu-north-1")),
            new RegionOutcome(
                new RegionName("sa-east-1"),
                new Reading.Unread<>(Reading.Reason.FAILED, RegionReads.OUT_OF_TIME),
                List.of(ScriptedAccess.DESCRIBED)));
  }

  private int finished(ScanKey key) {
    return stage.runs.progress(key).stream()
        .mapToInt(shard -> shard.regions().size() + (shard.buckets().isPresent() ? 1 : 0))
        .sum();
  }

  private static void awaitInterruption(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
