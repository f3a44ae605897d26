package io.cloudoperator.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A peer's packages in a folder of their own, or why they are not there. */
sealed interface Installation {
  /** A virtual environment. */
  record Ready(Path folder) implements Installation {}

  /**
   * There is none.
   *
   * @param reason a part of a sentence
   */
  record Missing(String reason) implements Installation {}

  /**
   * Makes it, unless it was made before of the same packages.
   *
   * @param python the interpreter to make it with
   * @param requirements every package that is needed, each of one version
   */
  static Installation of(String python, Path requirements, Path folder)
      throws IOException, InterruptedException {
    String wanted = Files.readString(requirements);
    Path stamp = folder.resolve("installed.txt");
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
      return new Ready(folder);
    }
    Files.createDirectories(folder);
    Path log = folder.resolveSibling(folder.getFileName() + "-install.log");
    if (!succeeds(List.of(python, "-m", "venv", "--clear", folder.toString()), log)) {
      return new Missing("python3 cannot make a virtual environment (%s)".formatted(log));
    }
    // Exactly these: what they name besides are the clients of clouds that are not asked here.
    List<String> install =
        List.of(
            folder.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "-r",
            requirements.toString());
    if (!succeeds(install, log)) {
      return new Missing("its packages could not be installed (%s)".formatted(log));
    }
    Files.writeString(stamp, wanted);
    return new Ready(folder);
  }

  /** Whether there is such an interpreter. */
  static boolean runs(String python) throws InterruptedException {
    try {
      return succeeds(List.of(python, "--version"), Path.of("/dev/null"));
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean succeeds(List<String> command, Path log)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      return process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
