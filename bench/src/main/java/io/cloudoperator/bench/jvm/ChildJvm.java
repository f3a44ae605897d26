package io.cloudoperator.bench.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A JVM of its own that answers each line with a line, and ends when its input does. */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final PrintStream asked;

  /** Starts it. */
  public ChildJvm(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    asked = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** What a child does for a line. */
  @FunctionalInterface
  public interface Answers {
    String to(String line) throws Exception;
  }

  /** In the child: answers until the parent has ended. */
  public static void serve(PrintStream out, Answers answers) throws Exception {
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      out.println(answers.to(line));
      out.flush();
    }
  }

  /** Its answer. */
  public String ask(String what) throws IOException {
    asked.println(what);
    return said();
  }

  /** The line that it says unasked, when it has started. */
  public String said() throws IOException {
    String line = said.readLine();
    if (line == null) {
      throw new IOException("a child ended instead of answering");
    }
    return line;
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
