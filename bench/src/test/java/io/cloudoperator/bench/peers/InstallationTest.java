package io.cloudoperator.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  private static final String PACKAGES = "boto3==1.44.5\n";

  @TempDir private Path folder;
  private Path requirements;
  private Path installed;

  @BeforeEach
  void write() throws Exception {
    requirements = Files.writeString(folder.resolve("boto3.txt"), PACKAGES);
    installed = folder.resolve("boto3");
  }

  @Test
  void isMissingWithAReasonWhereNothingCanBeInstalled() throws Exception {
    assertThat(Installation.of("false", requirements, installed))
        .isInstanceOfSatisfying(
            Installation.Missing.class,
            missing -> assertThat(missing.reason()).startsWith("python3 cannot make"));
  }

  @Test
  void isNotMadeTwice() throws Exception {
    Files.createDirectories(installed);
    Files.writeString(installed.resolve("installed.txt"), PACKAGES);

    assertThat(Installation.of("false", requirements, installed))
        .isEqualTo(new Installation.Ready(installed));
  }

  @Test
  void isMadeAgainOfOtherVersions() throws Exception {
    Files.createDirectories(installed);
    Files.writeString(installed.resolve("installed.txt"), "boto3==1.0.0\n");

    assertThat(Installation.of("false", requirements, installed))
        .isInstanceOf(Installation.Missing.class);
  }

  @Test
  void knowsThatThereIsNoInterpreter() throws Exception {
    assertThat(Installation.runs("python-that-nobody-has")).isFalse();
    assertThat(Installation.runs("true")).isTrue();
  }
}
