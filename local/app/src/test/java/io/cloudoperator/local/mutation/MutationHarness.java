package io.cloudoperator.local.mutation;

import io.cloudoperator.local.mutation.TestRun.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;

/**
 * Demands of each {@link Mutation} that its tests fail by an assertion, and that they pass without
 * it. docs/decisions/041-mutations.md says why.
 */
public final class MutationHarness {
  private final TestRun tests;
  private final BlockingQueue<WorkTree> trees = new LinkedBlockingQueue<>();

  private MutationHarness(Path repository, Path folder, int atOnce) throws IOException {
    Files.createDirectories(folder);
    tests = new TestRun(repository, folder);
    for (int i = 0; i < atOnce; i++) {
      trees.add(new WorkTree(repository, folder.resolve("tree-" + i)));
    }
  }

  /**
   * Takes the root of the repository, how many mutations to try at once, and the numbers of the
   * claims that are meant, if not all are. Ends with 1 if a test outlives what it is to watch.
   */
  public static void main(String[] arguments) throws Exception {
    Path repository = Path.of(arguments[0]).toRealPath();
    int atOnce = Integer.parseInt(arguments[1]);
    List<Integer> claims =
        Arrays.stream(arguments)
            .skip(2)
            .flatMap(Pattern.compile("\\D+")::splitAsStream)
            .filter(number -> !number.isEmpty())
            .map(Integer::valueOf)
            .toList();
    List<Mutation> mutations =
        Mutation.all(repository).stream()
            .filter(each -> claims.isEmpty() || each.claims().stream().anyMatch(claims::contains))
            .toList();
    Path folder = repository.resolve("local/app/target/mutations");
    boolean allFail =
        new MutationHarness(repository, folder, atOnce).run(mutations, atOnce, System.out);
    System.exit(allFail ? 0 : 1);
  }

  private boolean run(List<Mutation> mutations, int atOnce, PrintStream out) throws Exception {
    Instant begun = Instant.now();
    List<String> named =
        mutations.stream().flatMap(each -> each.fails().stream()).distinct().sorted().toList();
    Mutation nothing = new Mutation(List.of(), "nothing", List.of(), "", named);
    Map<String, String> broken = tried(nothing, "unchanged", Outcome.PASSED);
    broken.forEach((test, why) -> out.printf("does not pass as it is: %s: %s%n", test, why));
    if (!broken.isEmpty()) {
      return false;
    }
    out.printf("%d tests pass as they are, after %d s%n", named.size(), since(begun));
    int survivors = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(atOnce)) {
      List<Future<Map<String, String>>> running = new ArrayList<>();
      for (Mutation mutation : mutations) {
        String name = "mutation-" + (running.size() + 1);
        Callable<Map<String, String>> trying = () -> tried(mutation, name, Outcome.FAILED);
        running.add(pool.submit(trying));
      }
      for (int i = 0; i < mutations.size(); i++) {
        Map<String, String> survived = running.get(i).get();
        out.printf(
            "%3d %s  %s%n", i + 1, survived.isEmpty() ? "noticed " : "SURVIVED", mutations.get(i));
        survived.forEach((test, why) -> out.printf("      %s: %s%n", test, why));
        survivors += survived.isEmpty() ? 0 : 1;
      }
    }
    out.printf(
        "%d mutations of what %d tests watch: %d survived; %d s%n",
        mutations.size(), named.size(), survivors, since(begun));
    return survivors == 0;
  }

  /** The tests of which something else came than expected; under no name what went wrong before. */
  private Map<String, String> tried(Mutation mutation, String name, Outcome expected)
      throws IOException, InterruptedException {
    WorkTree tree = trees.take();
    try {
      tree.apply(mutation);
      return tests.otherwise(tree, mutation.fails(), mutation.jar(), name, expected);
    } catch (IllegalArgumentException e) {
      return Map.of("", String.valueOf(e.getMessage()));
    } finally {
      tree.restore();
      trees.add(tree);
    }
  }

  private static long since(Instant begun) {
    return Duration.between(begun, Instant.now()).toSeconds();
  }
}
