package io.cloudoperator.query.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Files that are in the jar, beside the class that uses them. */
public final class PackagedFiles {
  /** Of this build, as pom.xml has it. */
  public static final String VERSION = version();

  private PackagedFiles() {}

  public static InputStream open(Class<?> beside, String name) {
    return Objects.requireNonNull(
        beside.getResourceAsStream(name), () -> name + " is not in the jar");
  }

  public static String text(Class<?> beside, String name) {
    try (InputStream in = open(beside, name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version() {
    try {
      Properties build = new Properties();
      build.load(new StringReader(text(PackagedFiles.class, "build.properties")));
      return build.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
