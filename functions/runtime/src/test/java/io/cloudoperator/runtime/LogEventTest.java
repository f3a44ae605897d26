package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.ConnectionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LogEventTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", "../.."));
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z_.]+)` \\| (.+?) \\| (.+?) \\|$");

  @Test
  void everyEventIsInTheManualWithWhatToDo() throws IOException {
    String manual = Files.readString(ROOT.resolve("docs/operations.md"));
    String section =
        manual.substring(manual.indexOf("### Events in the logs"), manual.indexOf("\n## Events\n"));
    List<MatchResult> rows = ROW.matcher(section).results().toList();

    assertThat(rows)
        .extracting(row -> row.group(1))
        .containsExactly(
            Arrays.stream(LogEvent.values()).map(LogEvent::code).toArray(String[]::new));
    assertThat(rows)
        .extracting(row -> row.group(2).toLowerCase(java.util.Locale.ROOT))
        .containsExactly(
            Arrays.stream(LogEvent.values())
                .map(event -> event.message().toLowerCase(java.util.Locale.ROOT))
                .toArray(String[]::new));
  }

  @Test
  void codesAreAThingAndWhatHappenedToIt() {
    assertThat(LogEvent.values())
        .allSatisfy(event -> assertThat(event.code()).matches("[a-z]+\\.[a-z_]+"));
  }

  @ParameterizedTest
  @EnumSource
  void whatHappensToAConnectionIsAmongThem(ConnectionEvent.Kind kind) {
    assertThat(LogEvent.of(kind.code()).code()).isEqualTo(kind.code());
  }
}
