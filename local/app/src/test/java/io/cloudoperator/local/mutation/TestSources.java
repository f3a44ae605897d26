package io.cloudoperator.local.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where tests stand that are named as {@code Class.method}. */
final class TestSources {
  private final Map<Path, String> texts = new HashMap<>();

  /**
   * A class of tests.
   *
   * @param module its module's path from the root
   * @param name with its package
   */
  record TestClass(Path module, String name) {}

  TestSources(Path repository) throws IOException {
    for (String part : List.of("shared", "functions", "local")) {
      try (Stream<Path> files = Files.walk(repository.resolve(part))) {
        for (Path file : files.toList()) {
          Path inside = repository.relativize(file);
          if (inside.toString().matches("[a-z/-]+/src/test/java/.*\\.java")) {
            texts.put(inside, Files.readString(file));
          }
        }
      }
    }
  }

  /** The classes that have the test: those of its name, or what extends it, if it is abstract. */
  List<TestClass> classesOf(String test) {
    int dot = test.indexOf('.');
    String name = test.substring(0, dot);
    Pattern declared =
        Pattern.compile("\\b%s(\\(| =)".formatted(Pattern.quote(test.substring(dot + 1))));
    List<TestClass> found = new ArrayList<>();
    texts.forEach((source, text) -> {
      if (source.endsWith(name + ".java") && declared.matcher(text).find()) {
        if (text.contains("abstract class " + name)) {
          found.addAll(extending(name));
        } else {
          found.add(testClass(source));
        }
      }
    });
    return found;
  }

  private List<TestClass> extending(String name) {
    Pattern extending = Pattern.compile(" extends %s\\b".formatted(name));
    return texts.entrySet().stream()
        .filter(entry -> extending.matcher(entry.getValue()).find())
        .map(entry -> testClass(entry.getKey()))
        .toList();
  }

  private static TestClass testClass(Path source) {
    String[] parts = source.toString().split("/src/test/java/", 2);
    return new TestClass(
        Path.of(parts[0]), parts[1].replaceFirst("\\.java$", "").replace('/', '.'));
  }
}
