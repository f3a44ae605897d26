import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.tngtech.archunit.junit.engine_api.FieldSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests by their names in a process of their own, and writes down what came of each: a line of
 * class, method, outcome and exception, with tabs between them. A class whose own set-up failed has
 * a line without a method. The harness of mutations compiles it against JUnit's launcher, which the
 * tests themselves are not to have.
 */
public final class NamedTests {
  private final Map<String, Set<String>> names = new HashMap<>();
  private final PrintWriter results;

  private NamedTests(PrintWriter results) {
    this.results = results;
  }

  /** Takes the file for the results, and then each test as {@code package.Class#method}. */
  public static void main(String[] arguments) throws IOException {
    try (PrintWriter results =
        new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0]), UTF_8), true)) {
      NamedTests tests = new NamedTests(results);
      Arrays.stream(arguments).skip(1).forEach(tests::add);
      tests.run();
    }
    // Whatever a test has left running.
    System.exit(0);
  }

  private void add(String test) {
    String[] parts = test.split("#", 2);
    names.computeIfAbsent(parts[0], _ -> new HashSet<>()).add(parts[1]);
  }

  private void run() {
    PostDiscoveryFilter named =
        descriptor -> FilterResult.includedIf(isNamed(descriptor.getSource()));
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(names.keySet().stream().map(name -> selectClass(name)).toList())
                .filters(named)
                .build(),
            new Listener());
  }

  private boolean isNamed(Optional<TestSource> source) {
    return source.isEmpty()
        || source.get() instanceof ClassSource
        || names.getOrDefault(type(source.get()), Set.of()).contains(member(source.get()));
  }

  private static String type(TestSource source) {
    return switch (source) {
      case MethodSource method -> method.getClassName();
      case FieldSource field -> field.getClassName();
      case ClassSource type -> type.getClassName();
      default -> "";
    };
  }

  /** A method, or a rule that is a field. */
  private static String member(TestSource source) {
    return switch (source) {
      case MethodSource method -> method.getMethodName();
      case FieldSource field -> field.getFieldName();
      default -> "";
    };
  }

  private final class Listener implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String outcome =
          switch (result.getStatus()) {
            case SUCCESSFUL -> "PASSED";
            case ABORTED -> "SKIPPED";
            case FAILED ->
                result.getThrowable().filter(AssertionError.class::isInstance).isPresent()
                    ? "FAILED"
                    : "BROKE";
          };
      if (test.isTest() || !outcome.equals("PASSED")) {
        write(test, outcome, result.getThrowable().map(Throwable::toString).orElse(""));
      }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      write(test, "SKIPPED", reason);
    }

    private void write(TestIdentifier test, String outcome, String why) {
      TestSource source = test.getSource().orElse(null);
      String line =
          String.join(
              "\t",
              source == null ? "" : type(source),
              source == null ? "" : member(source),
              outcome,
              why.replaceAll("\\s+", " "));
      synchronized (results) {
        results.println(line);
      }
    }
  }
}
