package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A step takes what a step of another release hands over: aliases move during a scan. */
class PayloadInFlightTest {
  private static final Path GOLDEN =
      Path.of(
          System.getProperty("repository.root", "../.."),
          "shared/src/test/resources/io/cloudoperator/store/golden/v1/payloads.json");

  @Test
  void takesThePayloadsOfVersion1() throws IOException {
    JsonNode golden = new ObjectMapper().readTree(GOLDEN.toFile());

    PlanScan.Input plan = read(golden.path("plan"), PlanScan.Input.class);
    ScanShard.Input shard = read(golden.path("shard"), ScanShard.Input.class);
    ConcludeScan.Input conclude = read(golden.path("concludeFailed"), ConcludeScan.Input.class);

    assertThat(plan.key()).isEqualTo(conclude.key());
    assertThat(shard.shard().regions()).hasSize(2);
    assertThat(conclude.error()).contains("States.Timeout");
    assertThat(read(golden.path("conclude"), ConcludeScan.Input.class).error()).isEmpty();
  }

  @Test
  void ignoresWhatALaterReleaseHandsOverBeside() throws IOException {
    ObjectNode later =
        (ObjectNode) new ObjectMapper().readTree(GOLDEN.toFile()).path("shard").deepCopy();
    later.put("priority", 7);

    new Step<>(ScanShard.Input.class, input -> input, Telemetry.logsOnly())
        .rehearse(later.toString());
  }

  private static <T> T read(JsonNode payload, Class<T> type) throws IOException {
    return Json.STORED.readValue(payload.toString(), type);
  }
}
