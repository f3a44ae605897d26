package io.cloudoperator.local.backend;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Java keeps temporary files: DynamoDB Local unpacks its native library there, and runs it.
 */
final class TemporaryFolder {
  // The library has 0.9 MB on Linux.
  private static final int LIBRARY = 1024 * 1024;

  private static final String REMEDY =
      "another one is named by JDK_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER";

  private TemporaryFolder() {}

  /**
   * Looks whether the library can be unpacked and run there: DynamoDB Local itself prints traces
   * and then answers every request with an error.
   *
   * @throws StartException if not
   */
  static void check() throws StartException {
    if (System.getProperty("org.sqlite.lib.path") != null) {
      return; // The launcher has named it one that is unpacked.
    }
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path file = Files.createTempFile(folder, "cloudoperator", ".so");
      try {
        Files.write(file, new byte[LIBRARY]);
        if (!file.toFile().setExecutable(true) || !Files.isExecutable(file)) {
          throw new StartException(
              "Nothing can be run in the temporary folder %s, which is perhaps mounted noexec; %s."
                  .formatted(folder, REMEDY));
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new StartException(
          "The temporary folder %s takes no file of 1 MB (%s); make room there, or %s."
              .formatted(folder, reason(e), REMEDY));
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : String.valueOf(failure.getMessage());
  }
}
