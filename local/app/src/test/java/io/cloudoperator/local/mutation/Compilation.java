package io.cloudoperator.local.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a few sources, by the compiler of the JDK that runs this. */
final class Compilation {
  private Compilation() {}

  /**
   * Compiles them.
   *
   * @param output the folder of the classes
   * @throws IllegalArgumentException if they do not compile; the message is the compiler's
   */
  static void compile(List<Path> sources, List<String> classPath, Path output) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    Files.createDirectories(output);
    List<String> options =
        List.of(
            "-classpath",
            String.join(File.pathSeparator, classPath),
            "-d",
            output.toString(),
            "-parameters",
            "-proc:none",
            "-nowarn");
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, Locale.ROOT, UTF_8)) {
      boolean compiled =
          javac
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new IllegalArgumentException("it does not compile: " + said);
      }
    }
  }
}
