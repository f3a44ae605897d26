package io.cloudoperator.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a run is made.
 *
 * @param quick whether to look at few samples only: enough to see that it works, not to be quoted
 * @param root the checkout
 * @param progress for people who wait
 */
public record Pass(boolean quick, Path root, PrintStream progress) {
  /** How often each subject is measured: {@code usual}, or once in a quick pass. */
  public int rounds(int usual) {
    return quick ? 1 : usual;
  }

  /** A file that a table may keep, in a folder that is there. */
  public Path work(String name) throws IOException {
    Path file = root.resolve("bench/target/work").resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  /** Says what is done now. */
  public void say(String format, Object... values) {
    progress.printf("  … " + format + "%n", values);
  }
}
