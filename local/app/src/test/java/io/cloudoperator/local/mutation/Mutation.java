package io.cloudoperator.local.mutation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What keeps one or more claims of docs/security.md, and how it is taken away.
 *
 * @param claims their numbers
 * @param away what is taken away, in a few words
 * @param changes of files, all of them at once
 * @param jar the beginning of the name of a library that is put on the class path besides, from
 *     that of another module; empty if there is none
 * @param fails the tests, as {@code Class.method}, each of which fails then
 */
public record Mutation(
    List<Integer> claims, String away, List<Change> changes, String jar, List<String> fails) {
  private static final String FILE = "docs/mutations.yaml";

  /** All of them, in their order in docs/mutations.yaml. */
  public static List<Mutation> all(Path repository) {
    YAMLMapper yaml =
        YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try {
      return List.of(yaml.readValue(Files.readString(repository.resolve(FILE)), Mutation[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Mutation(
      @JsonProperty(value = "claims", required = true) List<Integer> claims,
      @JsonProperty(value = "away", required = true) String away,
      @JsonProperty("changes") List<Change> changes,
      @JsonProperty("jar") String jar,
      @JsonProperty(value = "fails", required = true) List<String> fails) {
    this.claims = List.copyOf(claims);
    this.away = away;
    this.changes = changes == null ? List.of() : List.copyOf(changes);
    this.jar = jar == null ? "" : jar;
    this.fails = List.copyOf(fails);
  }

  /**
   * A change of one file.
   *
   * @param file its path from the root of the repository
   * @param from a text that stands in it exactly once
   * @param to what stands in its place then
   */
  public record Change(
      @JsonProperty(value = "file", required = true) String file,
      @JsonProperty(value = "from", required = true) String from,
      @JsonProperty(value = "to", required = true) String to) {
    /**
     * The text of the file after the change.
     *
     * @throws IllegalArgumentException if {@code from} does not stand in it exactly once, or the
     *     change is none
     */
    public String in(String text) {
      int first = text.indexOf(from);
      if (first < 0 || first != text.lastIndexOf(from)) {
        throw new IllegalArgumentException(
            "%s has this %s: %s"
                .formatted(file, first < 0 ? "nowhere" : "in more places than one", from));
      }
      if (from.equals(to)) {
        throw new IllegalArgumentException(file + " is not changed: " + from);
      }
      return text.substring(0, first) + to + text.substring(first + from.length());
    }
  }

  @Override
  public String toString() {
    return "claim " + claims.toString().replaceAll("[\\[\\]]", "") + ": without " + away;
  }
}
