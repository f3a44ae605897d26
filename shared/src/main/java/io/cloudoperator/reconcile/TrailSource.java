package io.cloudoperator.reconcile;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file or other input that can be read more than once.
 *
 * @param name as it was given
 */
public record TrailSource(String name, Opener opener) {
  /** Opens it at its start. */
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }
}
