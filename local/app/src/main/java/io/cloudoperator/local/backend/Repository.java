package io.cloudoperator.local.backend;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The checkout whose template.yaml is run. */
final class Repository {
  private static final Path ROOT =
      Path.of(System.getProperty("cloudoperator.root", System.getProperty("repository.root", ".")));

  private Repository() {}

  /** Where what takes long to make is kept from one start to the next, if the launcher says. */
  static Optional<Path> launcherFolder() {
    return Optional.ofNullable(System.getProperty("cloudoperator.kept")).map(Path::of);
  }

  /**
   * A file of the checkout.
   *
   * @throws UncheckedIOException if it is not there
   */
  static Path file(String name) {
    Path file = place(name);
    if (!Files.isReadable(file)) {
      throw new UncheckedIOException(
          new FileNotFoundException(
              file + " cannot be read: run ./cloudoperator of a whole checkout"));
    }
    return file;
  }

  /** Where a file or folder of the checkout is, or will be. */
  static Path place(String name) {
    return ROOT.resolve(name);
  }
}
