package io.cloudoperator.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @Test
  void takesTheMiddleOfItsSamples() {
    assertThat(new Figure(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
    assertThat(new Figure(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
  }

  /** The second round ran on a busy machine: both took ten times as long. */
  @Test
  void comparesWhatRanInTheSameRound() {
    Row row =
        Row.of("time", "ms")
            .add("ours", 10)
            .add("theirs", 40)
            .add("ours", 100)
            .add("theirs", 400)
            .ratio("theirs", "ours", Optional.of(Bar.atLeast(4)))
            .build();

    assertThat(row.verdicts())
        .containsExactly(new BarCheck("theirs ÷ ours", 4, "×", Optional.of(Bar.atLeast(4))));
    assertThat(row.verdicts().getFirst().met()).contains(true);
  }

  @Test
  void saysThatABarWasMissed() {
    assertThat(new BarCheck("", 3.99, "×", Optional.of(Bar.atLeast(4))).met()).contains(false);
    assertThat(new BarCheck("", 257, "MB", Optional.of(Bar.atMost(256))).met()).contains(false);
    assertThat(new BarCheck("", 256, "MB", Optional.of(Bar.atMost(256))).met()).contains(true);
  }

  @Test
  void hasNoVerdictOnWhatWasNotMeasured() {
    Row row =
        Row.of("time", "ms")
            .add("ours", 10)
            .ratio("theirs", "ours", Optional.of(Bar.atLeast(4)))
            .figure("theirs", Bar.atMost(1))
            .build();

    assertThat(row.verdicts()).isEmpty();
  }

  @Test
  void showsATable() {
    assertThat(TextReport.of("x. Two things", result()))
        .isEqualTo(
            """
            x. Two things
                         ours  theirs
              time   ms  10.0   1,234
              space  MB     ·   0.500
              ✗ time, ours ÷ theirs: 0.008 ×  (bar ≤ 0.0015, missed)
              Read it so.
            """);
  }

  @Test
  void writesEverySampleAndVerdict(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("deep/results.json");
    JsonReport report = new JsonReport(Map.of("commit", "abc"));
    report.add("x", "Two things", result());

    report.write(file);

    JsonNode json = new JsonMapper().readTree(file.toFile());
    assertThat(json.required("commit").asText()).isEqualTo("abc");
    JsonNode row = json.required("tables").required("x").required("rows").required(0);
    assertThat(row.required("figures").required("ours"))
        .hasToString("{\"median\":10.0,\"samples\":[10.0]}");
    assertThat(row.required("verdicts").required(0).required("met").asBoolean()).isFalse();
  }

  private static Result result() {
    return new Result(
        List.of("ours", "theirs"),
        List.of(
            Row.of("time", "ms")
                .add("ours", 10)
                .add("theirs", 1234)
                .ratio("ours", "theirs", Optional.of(Bar.atMost(0.0015)))
                .build(),
            Row.of("space", "MB").add("theirs", 0.5).build()),
        List.of("Read it so."));
  }
}
