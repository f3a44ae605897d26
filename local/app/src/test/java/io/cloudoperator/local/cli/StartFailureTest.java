package io.cloudoperator.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Why a command does not start, or ends: one sentence, and what to do. */
@Timeout(value = 3, unit = TimeUnit.MINUTES) // Each is a process.
class StartFailureTest {
  private static final String[] SCAN = {"scan", "--quiet", "--instances", "10", "--regions", "2"};

  @TempDir private Path folder;

  @Test
  void namesTheTemporaryFolderThatTakesNoFile() throws Exception {
    CommandProcess scan =
        CommandProcess.run(
            Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("none")), SCAN);

    assertThat(scan.exitCode()).isEqualTo(1);
    assertThat(scan.err().lines().filter(line -> !line.matches("(NOTE|WARNING): .*")))
        .singleElement()
        .asString()
        .startsWith("cloudoperator: The temporary folder " + folder.resolve("none") + " takes no")
        .endsWith("JDK_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER.");
  }

  @Test
  void namesTheVariableOfAFileThatTheSdkCannotRead() throws Exception {
    Path file = Files.writeString(folder.resolve("partitions"), "{");
    for (String name : new String[] {file.toString(), folder.resolve("none").toString()}) {
      CommandProcess scan = CommandProcess.run(Map.of("AWS_PARTITIONS_FILE", name), SCAN);

      assertThat(scan.exitCode()).isEqualTo(1);
      assertThat(scan.err())
          .startsWith("cloudoperator: The file of AWS_PARTITIONS_FILE cannot be used (")
          .endsWith("unset that variable, or correct the file.\n")
          .hasLineCount(1);
    }
  }

  @Test
  void saysThatKeptTablesAreDamagedInAProcessThatHasOpenedNoneYet() throws Exception {
    Files.createDirectories(folder.resolve("tables"));
    Files.writeString(folder.resolve("tables/shared-local-instance.db"), "no database");

    CommandProcess serve =
        CommandProcess.run(Map.of(), "serve", "--port", "0", "--data", folder.toString());

    assertThat(serve.exitCode()).isEqualTo(1);
    assertThat(serve.err())
        .startsWith("cloudoperator: What the folder " + folder.resolve("tables") + " keeps")
        .contains("not a database")
        .hasLineCount(1);
  }

  @Test
  void showsWhereItFailedIfThatIsAskedFor() throws Exception {
    CommandProcess scan =
        CommandProcess.run(
            Map.of(
                "AWS_PARTITIONS_FILE",
                folder.resolve("none").toString(),
                "CLOUDOPERATOR_TRACE",
                "1"),
            SCAN);

    assertThat(scan.exitCode()).isEqualTo(1);
    assertThat(scan.err()).startsWith("cloudoperator: The file of").contains("\tat ");
  }

  @Test
  void namesACharacterSetThatCannotWriteAName() throws Exception {
    CommandProcess config =
        CommandProcess.run(Map.of("LC_ALL", "C", "XDG_CONFIG_HOME", "/tmp/\u00fc"), SCAN);
    CommandProcess option = CommandProcess.run(Map.of("LC_ALL", "C"), "serve", "--data", "\u00fc");

    assertThat(config.exitCode()).isEqualTo(1);
    assertThat(option.exitCode()).isEqualTo(2);
    assertThat(config.err()).contains("C.UTF-8").hasLineCount(1);
    assertThat(option.err()).contains("--data", "C.UTF-8").doesNotContain("Exception");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new CommandException("It is so."), "It is so."),
        Arguments.of(new AccessDeniedException("/a"), "/a may not be read or written."),
        Arguments.of(new NoSuchFileException("/a"), "/a is not there."),
        Arguments.of(
            new UncheckedIOException(new IOException("No space left on device")),
            "No space left on device."),
        Arguments.of(new IOException(), "Reading or writing failed (IOException)."),
        Arguments.of(new InterruptedException(), "It was interrupted."),
        Arguments.of(
            new CommandLine.ExecutionException(
                new CommandLine(CommandLine.Model.CommandSpec.create()),
                "Error while calling",
                new NoSuchFileException("/a")),
            "/a is not there."),
        Arguments.of(
            new IllegalStateException("first\nsecond"),
            "This is a fault of the program (IllegalStateException: first); CLOUDOPERATOR_TRACE=1"
                + " shows where it is."),
        Arguments.of(
            new StackOverflowError(),
            "This is a fault of the program (StackOverflowError); CLOUDOPERATOR_TRACE=1 shows"
                + " where it is."));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void hasASentenceForEachKind(Throwable failure, String sentence) {
    assertThat(FailureSentence.of(failure, Map.of())).isEqualTo(sentence);
  }

  @Test
  void saysThatTheMemoryIsNotEnough() {
    assertThat(FailureSentence.of(new OutOfMemoryError(), Map.of()))
        .startsWith("The memory is not enough (")
        .endsWith("MB); ask for a smaller sample account.");
  }
}
