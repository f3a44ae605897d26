package io.cloudoperator.local.mutation;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A copy of the repository, with what each module was compiled to, in which something can be
 * changed: tests that read sources, templates or classes see the change, and nothing else does.
 */
final class WorkTree {
  /** In each module's target: what its tests are run with, but its own classes. */
  private static final String CLASS_PATH = "target/test.classpath";

  private static final List<String> COMPILED = List.of("target/classes", "target/test-classes");

  private final Path repository;
  private final Path copy;
  // By the path from the root.
  private final Map<Path, List<String>> classPaths = new TreeMap<>();
  private final Set<Path> changed = new HashSet<>();
  private final Set<Path> compiled = new HashSet<>();

  /**
   * Copies it.
   *
   * @param copy a folder that is deleted first
   */
  WorkTree(Path repository, Path copy) throws IOException {
    this.repository = repository;
    this.copy = copy;
    delete(copy);
    copyTree(repository, copy);
    try (Stream<Path> poms = Files.find(copy, 3, (file, _) -> file.endsWith("pom.xml"))) {
      for (Path pom : poms.toList()) {
        addModule(copy.relativize(pom).resolveSibling(""));
      }
    }
  }

  private void addModule(Path module) throws IOException {
    Path classPath = repository.resolve(module).resolve(CLASS_PATH);
    if (!Files.exists(classPath)) {
      return;
    }
    for (String classes : COMPILED) {
      copyTree(repository.resolve(module).resolve(classes), copy.resolve(module).resolve(classes));
    }
    List<String> entries = new ArrayList<>();
    COMPILED.reversed().forEach(each -> entries.add(copy.resolve(module).resolve(each).toString()));
    for (String entry : Files.readString(classPath).strip().split(File.pathSeparator, -1)) {
      entries.add(inCopy(Path.of(entry)).toString());
    }
    classPaths.put(module, entries);
  }

  /** Another module, which may be packaged by now: its classes, as they are in the copy. */
  private Path inCopy(Path entry) {
    if (!entry.startsWith(repository)) {
      return entry;
    }
    Path inside = copy.resolve(repository.relativize(entry));
    return inside.toString().endsWith(".jar") ? inside.resolveSibling("classes") : inside;
  }

  /**
   * Changes and compiles.
   *
   * @throws IllegalArgumentException if a text is not found exactly once, or the result does not
   *     compile
   */
  void apply(Mutation mutation) throws IOException {
    Map<Path, List<Path>> toCompile = new TreeMap<>();
    for (Mutation.Change change : mutation.changes()) {
      Path file = copy.resolve(change.file());
      changed.add(Path.of(change.file()));
      Files.writeString(file, change.in(Files.readString(file)));
      if (change.file().endsWith(".java")) {
        toCompile.computeIfAbsent(output(Path.of(change.file())), _ -> new ArrayList<>()).add(file);
      }
    }
    for (Map.Entry<Path, List<Path>> sources : toCompile.entrySet()) {
      compiled.add(sources.getKey());
      Path module = module(copy.relativize(sources.getValue().getFirst()));
      Compilation.compile(sources.getValue(), classPath(module), copy.resolve(sources.getKey()));
    }
  }

  /** Where a source is compiled to: {@code shared/src/main/java/…} to shared/target/classes. */
  private static Path output(Path source) {
    Path module = module(source);
    boolean test = source.startsWith(module.resolve("src/test"));
    return module.resolve(COMPILED.get(test ? 1 : 0));
  }

  private static Path module(Path source) {
    String path = source.toString();
    return Path.of(path.substring(0, path.indexOf("/src/")));
  }

  /** Makes it what it was. */
  void restore() throws IOException {
    for (Path file : changed) {
      Files.copy(repository.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    for (Path classes : compiled) {
      delete(copy.resolve(classes));
      copyTree(repository.resolve(classes), copy.resolve(classes));
    }
    changed.clear();
    compiled.clear();
  }

  Path root() {
    return copy;
  }

  /** What the tests of a module are run with, whose own classes come first. */
  List<String> classPath(Path module) {
    return classPaths.getOrDefault(module, List.of());
  }

  /** A library whose file's name begins so, from whichever module has it. */
  String library(String name) {
    return classPaths.values().stream()
        .flatMap(List::stream)
        .filter(
            entry -> String.valueOf(Path.of(entry).getFileName()).matches(name + "-\\d.*\\.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no module has a library " + name));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about)
              throws IOException {
            String name = String.valueOf(folder.getFileName());
            if (!folder.equals(from) && (name.startsWith(".") || name.equals("target"))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.toList().reversed()) {
          Files.delete(each);
        }
      }
    }
  }
}
