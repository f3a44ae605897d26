package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts as `mvn package` lays them out; before that there is nothing to look at. */
class ArtifactsTest {
  private static final long LARGEST = 16_000_000;
  private static final List<String> COLUMNS =
      List.of("connect", "query", "dispatch", "scanner", "trim");

  @ParameterizedTest
  @ValueSource(strings = {"connect", "query", "dispatch", "scanner", "trim"})
  void noArtifactIsLargerThanSixteenMegabytes(String function) {
    assumeThat(lib(function)).isDirectory();

    assertThat(size(function)).isLessThanOrEqualTo(LARGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "query", "dispatch", "scanner", "trim"})
  void thePageSaysHowLargeItIs(String function) {
    assumeThat(lib(function)).isDirectory();
    String total =
        SourceTree.read(SourceTree.ROOT.resolve("docs/artifacts.md"))
            .lines()
            .filter(line -> line.contains("**in all**"))
            .findFirst()
            .orElseThrow();
    String kilobytes = total.split("\\|", -1)[2 + COLUMNS.indexOf(function)].strip();

    assertThat(Long.parseLong(kilobytes.replace(",", "")))
        .isCloseTo(Math.round(size(function) / 1000.0), Percentage.withPercentage(3));
  }

  private static Path lib(String function) {
    return target(function).resolve("lambda/lib");
  }

  private static Path target(String function) {
    return SourceTree.ROOT.resolve("functions/" + function + "/target");
  }

  private static long size(String function) {
    return Stream.of(lib(function), target(function).resolve("classes"))
        .flatMap(ArtifactsTest::files)
        .mapToLong(ArtifactsTest::sizeOf)
        .sum();
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
