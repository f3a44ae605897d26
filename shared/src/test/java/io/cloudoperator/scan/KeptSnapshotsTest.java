package io.cloudoperator.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeptSnapshotsTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", ".."));
  private static final List<String> NUMBERS =
      List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
  private static final String WORD = NUMBERS.get(Snapshot.KEPT);

  @Test
  void thePromiseNamesTheNumber() throws IOException {
    assertThat(read("docs/security.md")).contains("| The last " + WORD + " snapshots; older ones");
    assertThat(read("README.md"))
        .contains("and the last " + WORD + " snapshots, the current one among them.")
        .containsIgnoringCase("| " + WORD + " snapshots | the current one and")
        .contains("reads stop at " + WORD);
  }

  @Test
  void theContractBoundsTheHistory() throws IOException {
    String history = read("openapi.yaml").split("\n    History:\n", 2)[1];
    assertThat(history.substring(0, 1000))
        .contains("\n          maxItems: " + Snapshot.KEPT + "\n");
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
