package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.local.mutation.Mutation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The claims of docs/security.md are what a machine can read of it, and name tests that exist and
 * that docs/mutations.yaml tries: that they fail then is found out by {@code mvn -Pmutations
 * verify}.
 */
class ClaimsTest {
  private static final int CLAIMS = 16;
  private static final List<String> COLUMNS =
      List.of("#", "promise", "enforced by", "tests", "check it yourself", "status");
  // A pipe within a cell is written as \|.
  private static final Pattern BETWEEN_CELLS = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final Pattern ANNOTATION =
      Pattern.compile("\\s+@(Test|ParameterizedTest|RepeatedTest|Property|ArchTest)\\b");
  private static final Map<String, String> SOURCES = sources();

  /**
   * A row.
   *
   * @param tests as they are written
   */
  record Claim(
      int number, String promise, String mechanism, String tests, String check, String status) {
    List<MatchResult> named() {
      return TEST.matcher(tests).results().toList();
    }

    /** As {@code Class.method}. */
    List<String> names() {
      return named().stream().map(test -> test.group(1) + "." + test.group(2)).toList();
    }
  }

  @Test
  void areAllThere() {
    assertThat(claims())
        .extracting(Claim::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, CLAIMS).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("claims")
  void haveAMechanismATestAndACheckEach(Claim claim) {
    assertThat(List.of(claim.promise(), claim.mechanism(), claim.check(), claim.status()))
        .noneMatch(String::isBlank);
    assertThat(claim.named()).isNotEmpty();
    assertThat(TEST.matcher(claim.tests()).replaceAll("").replace(",", ""))
        .as("nothing but tests, as `Class.method`")
        .isBlank();
  }

  @ParameterizedTest
  @MethodSource("claims")
  void nameTestsThatExist(Claim claim) {
    assertThat(claim.named())
        .allSatisfy(test ->
            assertThat(isTest(SOURCES.getOrDefault(test.group(1), ""), test.group(2)))
                .as("%s of claim %d is a test", test.group(), claim.number())
                .isTrue());
  }

  @ParameterizedTest
  @MethodSource("claims")
  void nameTestsOfWhichEachIsTriedByAMutation(Claim claim) {
    List<String> tried =
        mutations().stream()
            .filter(mutation -> mutation.claims().contains(claim.number()))
            .flatMap(mutation -> mutation.fails().stream())
            .toList();

    assertThat(claim.names())
        .as("the tests of claim %d that fail when something is taken away", claim.number())
        .isSubsetOf(tried);
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void areTriedByMutationsThatCanBeMade(Mutation mutation) {
    Map<String, String> texts = new HashMap<>();
    for (Mutation.Change change : mutation.changes()) {
      // Of two changes of one file the second is of what the first left.
      texts.compute(
          change.file(),
          (file, text) ->
              change.in(text == null ? SourceTree.read(SourceTree.ROOT.resolve(file)) : text));
    }
    assertThat(mutation.changes().isEmpty()).isEqualTo(!mutation.jar().isEmpty());
    assertThat(mutation.fails())
        .isNotEmpty()
        .isSubsetOf(
            claims().stream()
                .filter(claim -> mutation.claims().contains(claim.number()))
                .flatMap(claim -> claim.names().stream())
                .toList());
  }

  static List<Mutation> mutations() {
    return Mutation.all(SourceTree.ROOT);
  }

  @Test
  void wouldMissATestThatIsNotThere() {
    String source =
        """
        class ATest {
          // void commented() {}
          @Test
          void here() throws IOException {
            called();
          }

          private void called() {}

          @ArchTest
          static final ArchRule rule =
              classes();
        }\
        """;

    assertThat(isTest(source, "here")).isTrue();
    assertThat(isTest(source, "rule")).isTrue();
    assertThat(isTest(source, "her")).isFalse();
    assertThat(isTest(source, "commented")).isFalse();
    assertThat(isTest(source, "called")).isFalse();
    assertThat(isTest("", "here")).isFalse();
  }

  static List<Claim> claims() {
    List<List<String>> table =
        SourceTree.read(SourceTree.ROOT.resolve("docs/security.md"))
            .lines()
            .dropWhile(line -> !line.equals("## The claims"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("|"))
            .map(ClaimsTest::cells)
            .toList();
    assertThat(table.getFirst()).isEqualTo(COLUMNS);
    return table.stream().skip(2).map(ClaimsTest::claim).toList();
  }

  private static Claim claim(List<String> cells) {
    assertThat(cells).as("a row of %d cells: %s", COLUMNS.size(), cells).hasSameSizeAs(COLUMNS);
    return new Claim(
        Integer.parseInt(cells.get(0)),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5));
  }

  private static List<String> cells(String row) {
    return Stream.of(BETWEEN_CELLS.split(row.substring(1, row.lastIndexOf('|')), -1))
        .map(String::strip)
        .toList();
  }

  /** Whether a source has this test: a method that is annotated as one, or a rule. */
  private static boolean isTest(String source, String name) {
    List<String> lines = source.lines().toList();
    Pattern declared =
        Pattern.compile("\\s+(void %s\\(.*|static final ArchRule %s =.*)".formatted(name, name));
    return IntStream.range(0, lines.size())
        .filter(line -> declared.matcher(lines.get(line)).matches())
        .anyMatch(line -> annotated(lines.subList(0, line)));
  }

  /** Whether the lines before a member, up to the empty one before it, make it a test. */
  private static boolean annotated(List<String> before) {
    return before.reversed().stream()
        .takeWhile(line -> !line.isBlank())
        .anyMatch(line -> ANNOTATION.matcher(line).lookingAt());
  }

  /** By the name of the class. Tests of the same name in two modules count as one. */
  private static Map<String, String> sources() {
    Map<String, String> sources = new HashMap<>();
    for (Path source : SourceTree.sources("src/test")) {
      sources.merge(
          String.valueOf(source.getFileName()).replace(".java", ""),
          SourceTree.read(source),
          String::concat);
    }
    return sources;
  }
}
