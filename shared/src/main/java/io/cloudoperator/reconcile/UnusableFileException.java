package io.cloudoperator.reconcile;

/** A file that holds nothing of use; the others may. */
final class UnusableFileException extends TrailException {
  private static final long serialVersionUID = 1;
  private final transient SkippedFile file;

  UnusableFileException(SkippedFile file) {
    super(file.toString());
    this.file = file;
  }

  SkippedFile file() {
    return file;
  }
}
