package io.cloudoperator.local;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** build/dependencies.yaml says of each version in a POM how old it is, and why it may be. */
class DependencyAgeTest {
  private static final String TODAY = "dependencies.today";
  private static final int DAYS_BETWEEN_REVIEWS = 92;
  private static final Review REVIEW = Review.read();

  @Test
  void everyVersionIsReviewed() {
    Map<String, Set<String>> reviewed = new TreeMap<>();
    REVIEW.releases().forEach((name, release) -> reviewed.put(name, Set.of(release.version())));

    assertThat(versions()).as("versions in POMs").isEqualTo(reviewed);
  }

  @Test
  void whatIsOlderHasAReason() {
    assertThat(REVIEW.releases())
        .allSatisfy((name, release) -> {
          if (isOld(release, judgedOn())) {
            assertThat(release.why())
                .as("%s %s is of %s", name, release.version(), release.released())
                .isNotBlank();
          }
        });
  }

  @Test
  void whatIsYoungNeedsNone() {
    assertThat(REVIEW.releases())
        .allSatisfy((name, release) -> {
          if (!isOld(release, REVIEW.reviewed())) {
            assertThat(release.why()).as("%s is young", name).isEmpty();
          }
        });
  }

  /** Asked with today's date alone, as {@code .ci/nightly} does. */
  @Test
  @EnabledIfSystemProperty(named = TODAY, matches = ".+")
  void theReviewIsOfThisQuarter() {
    assertThat(DAYS.between(REVIEW.reviewed(), judgedOn()))
        .isBetween(0L, (long) DAYS_BETWEEN_REVIEWS);
  }

  /** The day of the review, so that a checkout that passed goes on passing. */
  private static LocalDate judgedOn() {
    return Optional.ofNullable(System.getProperty(TODAY))
        .map(LocalDate::parse)
        .orElse(REVIEW.reviewed());
  }

  private static boolean isOld(Release release, LocalDate day) {
    return release.released().isBefore(day.minusDays(REVIEW.days()));
  }

  /** By the names of the review: of an artifact, or else of its group. */
  private static Map<String, Set<String>> versions() {
    Map<String, Set<String>> versions = new TreeMap<>();
    Map<String, String> inherited = properties(parse(SourceTree.ROOT.resolve("pom.xml")));
    for (Path pom : poms()) {
      Element project = parse(pom);
      Map<String, String> properties = new HashMap<>(inherited);
      properties.putAll(properties(project));
      Stream.of("dependency", "plugin", "path")
          .flatMap(tag -> elements(project.getElementsByTagName(tag)))
          .forEach(use -> {
            String group = child(use, "groupId").orElse("org.apache.maven.plugins");
            Optional<String> version = child(use, "version");
            if (version.isPresent() && !group.equals("io.cloudoperator")) {
              String name = name(group, child(use, "artifactId").orElseThrow());
              versions
                  .computeIfAbsent(name, _ -> new TreeSet<>())
                  .add(resolved(version.get(), properties));
            }
          });
    }
    return versions;
  }

  private static String name(String group, String artifact) {
    String whole = group + ":" + artifact;
    String any = group + ":*";
    return !REVIEW.releases().containsKey(whole) && REVIEW.releases().containsKey(any)
        ? any
        : whole;
  }

  private static String resolved(String version, Map<String, String> properties) {
    return version.startsWith("${")
        ? properties.getOrDefault(version.substring(2, version.length() - 1), version)
        : version;
  }

  private static List<Path> poms() {
    try (Stream<Path> found =
        Files.find(SourceTree.ROOT, 3, (file, _) -> file.endsWith("pom.xml"))) {
      return found
          .filter(file -> !SourceTree.ROOT.relativize(file).toString().contains("target"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Element parse(Path pom) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(pom.toFile())
          .getDocumentElement();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException(pom.toString(), e);
    }
  }

  private static Map<String, String> properties(Element project) {
    Map<String, String> properties = new HashMap<>();
    elements(project.getChildNodes())
        .filter(element -> element.getTagName().equals("properties"))
        .flatMap(element -> elements(element.getChildNodes()))
        .forEach(property -> properties.put(property.getTagName(), property.getTextContent()));
    return properties;
  }

  private static Optional<String> child(Element element, String name) {
    return elements(element.getChildNodes())
        .filter(child -> child.getTagName().equals(name))
        .map(Element::getTextContent)
        .findFirst();
  }

  private static Stream<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }

  /**
   * @param days how old a release may be without a reason
   * @param releases by group and artifact; {@code *} is any other artifact of the group
   */
  record Review(LocalDate reviewed, int days, Map<String, Release> releases) {
    static Review read() {
      YAMLMapper yaml =
          YAMLMapper.builder()
              .addModule(new JavaTimeModule())
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .build();
      try {
        return yaml.readValue(
            SourceTree.ROOT.resolve("build/dependencies.yaml").toFile(), Review.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * @param why it may be older; empty if it need not be
   */
  record Release(String version, LocalDate released, String why) {
    Release {
      why = why == null ? "" : why;
    }
  }
}
