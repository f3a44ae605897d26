package io.cloudoperator.local.mutation;

import io.cloudoperator.local.mutation.TestSources.TestClass;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs tests in a {@link WorkTree}: those of each module in a process of their own. */
final class TestRun {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  // As surefire runs them.
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx768m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "-Xshare:auto");

  private static final String PROGRAM = "build/NamedTests.java";

  private final TestSources sources;
  private final Path folder;
  private final List<String> launcher;

  /** What came of a test. */
  enum Outcome {
    PASSED,
    /** By an assertion. */
    FAILED,
    /** By any other exception. */
    BROKE,
    SKIPPED
  }

  /**
   * What came of a test, or of the set-up of its class.
   *
   * @param test the method; empty for the set-up
   * @param why the exception, or nothing
   */
  private record Result(String type, String test, Outcome outcome, String why) {
    static Result of(String line) {
      String[] parts = line.split("\t", 4);
      return new Result(parts[0], parts[1], Outcome.valueOf(parts[2]), parts[3]);
    }

    boolean concerns(TestClass tests, String method) {
      return type.equals(tests.name()) && (test.equals(method) || test.isEmpty());
    }

    @Override
    public String toString() {
      return outcome + " " + why;
    }
  }

  /**
   * @param folder for what they print
   */
  TestRun(Path repository, Path folder) throws IOException {
    this.sources = new TestSources(repository);
    this.folder = folder;
    this.launcher = launcher(repository.resolve(PROGRAM), folder.resolve("launcher"));
  }

  /** The program that runs them, with JUnit's launcher. */
  private static List<String> launcher(Path source, Path classes) throws IOException {
    List<String> libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.matches(".*/(junit-platform-|archunit-junit5-engine-api).*"))
            .toList();
    Compilation.compile(List.of(source), libraries, classes);
    return Stream.concat(Stream.of(classes.toString()), libraries.stream()).toList();
  }

  /**
   * Runs them.
   *
   * @param jar a library to put on their class path besides; empty if there is none
   * @param name for the files with what they print
   * @return those of which something else came than expected, with what that was
   */
  Map<String, String> otherwise(
      WorkTree tree, List<String> tests, String jar, String name, Outcome expected)
      throws IOException, InterruptedException {
    Map<Path, Set<String>> ofModules = new TreeMap<>();
    for (String test : tests) {
      String method = test.substring(test.indexOf('.') + 1);
      for (TestClass each : sources.classesOf(test)) {
        ofModules
            .computeIfAbsent(each.module(), _ -> new TreeSet<>())
            .add(each.name() + '#' + method);
      }
    }
    List<Result> results = new ArrayList<>();
    for (Map.Entry<Path, Set<String>> each : ofModules.entrySet()) {
      results.addAll(run(tree, each.getKey(), each.getValue(), jar, name));
    }
    Map<String, String> otherwise = new TreeMap<>();
    for (String test : tests) {
      verdict(test, results, expected).ifPresent(why -> otherwise.put(test, why));
    }
    return otherwise;
  }

  private Optional<String> verdict(String test, List<Result> results, Outcome expected) {
    String method = test.substring(test.indexOf('.') + 1);
    List<Result> its =
        sources.classesOf(test).stream()
            .flatMap(each -> results.stream().filter(result -> result.concerns(each, method)))
            .toList();
    // One invocation, or one class that extends it, is enough to fail; to pass it takes all.
    boolean asExpected =
        expected == Outcome.PASSED
            ? !its.isEmpty() && its.stream().allMatch(each -> each.outcome() == expected)
            : its.stream().anyMatch(each -> each.outcome() == expected);
    return asExpected
        ? Optional.empty()
        : Optional.of(its.isEmpty() ? "it did not run" : its.toString());
  }

  private List<Result> run(WorkTree tree, Path module, Set<String> tests, String jar, String name)
      throws IOException, InterruptedException {
    String files = name + "-" + module.getFileName();
    Path results = folder.resolve(files + ".tsv");
    Files.deleteIfExists(results);
    List<String> classPath = new ArrayList<>(tree.classPath(module));
    classPath.addAll(launcher);
    if (!jar.isEmpty()) {
      classPath.add(tree.library(jar));
    }
    List<String> command = new ArrayList<>(JAVA);
    command.addAll(
        List.of(
            "-Drepository.root=" + tree.root(),
            "-cp",
            String.join(File.pathSeparator, classPath),
            "NamedTests",
            results.toString()));
    command.addAll(tests);
    Process process =
        new ProcessBuilder(command)
            .directory(tree.root().resolve(module).toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(files + ".log").toFile())
            .start();
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return Files.exists(results)
        ? Files.readAllLines(results).stream().map(Result::of).toList()
        : List.of();
  }
}
