package io.cloudoperator.bench.region;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How to start a JVM of the JDK that this one is of, and what it takes. */
public final class Jvm {
  /** The classpath of the bench. */
  public static final String CLASSPATH = System.getProperty("java.class.path");

  private Jvm() {}

  /** The launcher's path. */
  public static String launcher() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What starts a class. */
  public static List<String> command(
      List<String> options, String classpath, String main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher()));
    command.addAll(options);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classpath, main));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * The most memory that a process had resident so far, in MB; 0 where the system does not say.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc(5)</a>
   */
  public static long peakResidentMegabytes(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return 0;
    }
  }
}
