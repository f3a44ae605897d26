package io.cloudoperator.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this repository, for tests that hold them to each other. */
final class SourceTree {
  static final Path ROOT =
      Path.of(System.getProperty("repository.root", ".")).toAbsolutePath().normalize();

  private SourceTree() {}

  /**
   * The Java sources of all modules.
   *
   * @param part such as {@code src/main}
   */
  static List<Path> sources(String part) {
    return Stream.of("shared", "functions", "local")
        .map(ROOT::resolve)
        .flatMap(SourceTree::files)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> ROOT.relativize(file).toString().contains("/" + part + "/"))
        .toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
