package io.cloudoperator.local.backend;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout whose template.yaml is run. */
final class Repository {
  private static final Path ROOT =
      Path.of(System.getProperty("cloudoperator.root", System.getProperty("repository.root", ".")));

  private Repository() {}

  /**
   * A file of the checkout.
   *
   * @throws IllegalStateException if it is not there
   */
  static Path file(String name) {
    Path file = ROOT.resolve(name);
    if (!Files.isReadable(file)) {
      throw new IllegalStateException(
          file + " cannot be read: run ./cloudoperator of a whole checkout");
    }
    return file;
  }
}
