package io.cloudoperator.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void takesTheMiddleOfItsSamples() {
    assertThat(new Result.Figure(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
    assertThat(new Result.Figure(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
  }

  /** The second round ran on a busy machine: both took ten times as long. */
  @Test
  void comparesWhatRanInTheSameRound() {
    Result.Row row =
        new Result.Row("time", "ms")
            .add("ours", 10)
            .add("theirs", 40)
            .add("ours", 100)
            .add("theirs", 400)
            .ratio("theirs", "ours", Bar.atLeast(4));

    assertThat(row.verdicts())
        .containsExactly(new Result.Verdict("theirs ÷ ours", 4, "×", Optional.of(Bar.atLeast(4))));
    assertThat(row.verdicts().getFirst().met()).contains(true);
  }

  @Test
  void saysThatABarWasMissed() {
    assertThat(Bar.atLeast(4).isMetBy(3.99)).isFalse();
    assertThat(Bar.atMost(256).isMetBy(257)).isFalse();
    assertThat(Bar.atMost(256).isMetBy(256)).isTrue();
  }

  @Test
  void hasNoVerdictOnWhatWasNotMeasured() {
    Result.Row row =
        new Result.Row("time", "ms")
            .add("ours", 10)
            .ratio("theirs", "ours", Bar.atLeast(4))
            .figure("theirs", Bar.atMost(1));

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
  void hasEverySampleAndVerdictInItsJson() throws IOException {
    JsonNode row = Json.STRICT.readTree(Json.write(result())).required("rows").required(0);

    JsonNode ours = row.required("figures").required("ours");
    assertThat(ours.required("samples")).hasToString("[10.0]");
    assertThat(ours.required("median").asDouble()).isEqualTo(10);
    assertThat(row.required("verdicts").required(0).required("bar").asText()).isEqualTo("≤ 0.0015");
    assertThat(row.required("verdicts").required(0).required("met").asBoolean()).isFalse();
  }

  private static Result result() {
    Result result = new Result(List.of("ours", "theirs"));
    result
        .row("time", "ms")
        .add("ours", 10)
        .add("theirs", 1234)
        .ratio("ours", "theirs", Bar.atMost(0.0015));
    result.add("space", "MB", "theirs", 0.5);
    return result.notes("Read it %s.", "so");
  }
}
