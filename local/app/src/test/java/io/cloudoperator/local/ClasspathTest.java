package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the product has nothing to call with, it cannot call. */
class ClasspathTest {
  private static final Pattern SERVICE =
      Pattern.compile("software/amazon/awssdk/services/(\\w+)/\\w+Client\\.class");
  // The broker's own: its tables, its key, its state machine, its bus, and the roles that it
  // assumes.
  private static final Set<String> OURS = Set.of("dynamodb", "eventbridge", "kms", "sfn", "sts");
  private static final Set<String> OF_DYNAMODB_LOCAL =
      Set.of("cognitoidentity", "cognitoidentityprovider", "pinpoint");
  // What the SDK asks for credentials of a profile that a person has signed in to.
  private static final Set<String> OF_THE_COMMAND_LINE = Set.of("signin", "sso", "ssooidc");

  // What only tests need, and what DynamoDB Local and Lambda's events name and nothing calls.
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(org/(joda/time|apache/commons/logging|mockito|hamcrest|junit)|junit/framework)/.*");

  /**
   * This module's classpath has every function's runtime classpath on it, and nothing that they
   * have for their tests only.
   */
  @Test
  void noFunctionCarriesAClientForWhatIsScanned() {
    Set<String> others =
        services(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of));

    assertThat(others).containsAll(OURS);
    others.removeAll(OURS);
    others.removeAll(OF_DYNAMODB_LOCAL);
    others.removeAll(OF_THE_COMMAND_LINE);
    assertThat(others).isEmpty();
  }

  /** As `mvn package` lays it out for Lambda; before that there is nothing to look at. */
  @ParameterizedTest
  @ValueSource(strings = {"connect", "query", "dispatch", "scanner", "trim"})
  void noArtefactCarriesOneEither(String function) throws IOException {
    Path lib = SourceTree.ROOT.resolve("functions/" + function + "/target/lambda/lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> jars = Files.list(lib)) {
        assertThat(OURS).containsAll(services(jars));
      }
    }
  }

  /** What the laptop's program runs on, and so every function too. */
  @Test
  void noProgramCarriesWhatOnlyTestsNeedOrNobody() {
    List<Path> classpath =
        Stream.of(
                SourceTree.read(SourceTree.ROOT.resolve("local/app/target/runtime.classpath"))
                    .strip()
                    .split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();

    assertThat(services(classpath.stream())).containsAll(OURS);
    assertThat(found(LEFT_OUT, classpath.stream())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "query", "dispatch", "scanner", "trim"})
  void noArtefactCarriesItEither(String function) throws IOException {
    Path lib = SourceTree.ROOT.resolve("functions/" + function + "/target/lambda/lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> jars = Files.list(lib)) {
        assertThat(found(LEFT_OUT, jars)).isEmpty();
      }
    }
  }

  private static Set<String> services(Stream<Path> classpath) {
    return found(SERVICE, classpath);
  }

  /** The first group of what matches. */
  private static Set<String> found(Pattern entries, Stream<Path> classpath) {
    return classpath
        .filter(entry -> entry.toString().endsWith(".jar"))
        .flatMap(jar -> found(entries, jar))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> found(Pattern entries, Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entries.matcher(entry.getName()))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
