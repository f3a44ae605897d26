package io.cloudoperator.bench.cold;

import io.cloudoperator.bench.jvm.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A function as Lambda unpacks it into {@code /var/task}: classes, and jars in {@code lib}.
 *
 * @param folder where it is
 */
record FunctionArtifact(Path folder) {
  // The SDK's modules that only a build on them carries.
  private static final List<String> SDK_MODULES =
      List.of(
          "ec2-", "s3-", "sts-", "arns-", "crt-core-", "aws-xml-protocol-", "aws-query-protocol-");

  // What Lambda's java25 runtime has on its own classpath.
  private static final List<String> RUNTIME =
      List.of(
          "aws-lambda-java-runtime-interface-client-",
          "aws-lambda-java-core-",
          "aws-lambda-java-serialization-",
          "crac-",
          "utils-lite-");

  /** Lays a function out as {@code sam build} does: by the Makefile. */
  static FunctionArtifact laidOut(Path root, String function, Path folder)
      throws IOException, InterruptedException {
    delete(folder);
    Files.deleteIfExists(jar(folder));
    Files.createDirectories(folder);
    // Packaged is what bench/run has built; the Makefile only has to copy it.
    Process make =
        new ProcessBuilder(
                "make",
                "--silent",
                "--assume-old=target/packaged",
                "build-" + function,
                "ARTIFACTS_DIR=" + folder)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (make.waitFor() != 0) {
      throw new IOException("make build-" + function + ": " + said);
    }
    return new FunctionArtifact(folder);
  }

  /** This artifact with another handler in it, and the SDK's modules that the handler calls. */
  FunctionArtifact onSdkModules(Path bench, Path into) throws IOException {
    delete(into);
    copy(folder, into);
    Path handler = Path.of("io/cloudoperator/bench/cold/plain");
    copy(bench.resolve("classes").resolve(handler), into.resolve(handler));
    for (Path jar : jars(bench.resolve("lib"), SDK_MODULES)) {
      Files.copy(
          jar, into.resolve("lib").resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    return new FunctionArtifact(into);
  }

  /** The runtime's own classpath. */
  static List<Path> runtime(Path bench) throws IOException {
    return jars(bench.resolve("lib"), RUNTIME);
  }

  /**
   * The artifact as jars alone: classes of a folder, and of a class loader of one's own, are in no
   * AOT cache. They are packed once: a cache knows its jars by their times.
   */
  List<Path> asJars() throws IOException {
    Path jar = jar(folder);
    if (!Files.exists(jar)) {
      pack(jar);
    }
    List<Path> all = new ArrayList<>(List.of(jar));
    all.addAll(jars(folder.resolve("lib"), List.of("")));
    return all;
  }

  private static Path jar(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".jar");
  }

  private void pack(Path jar) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--create", "--file", jar.toString()));
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals("lib"))
          .sorted()
          .forEach(name -> arguments.addAll(List.of("-C", folder.toString(), name)));
    }
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.err, System.err, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IOException("jar ended with " + status);
    }
  }

  /** How much Lambda has to unpack, in bytes. */
  long size() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long size = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
      return size;
    }
  }

  private static List<Path> jars(Path lib, List<String> prefixes) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> prefixes.stream().anyMatch(file.getFileName().toString()::startsWith))
          .sorted()
          .toList();
    }
  }

  private static void copy(Path from, Path into) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = into.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** A classpath of the runtime, and of these after it. */
  static String classpath(List<Path> runtime, List<Path> more) {
    return Jvm.classpath(Stream.concat(runtime.stream(), more.stream()).toList());
  }
}
