package io.cloudoperator.local.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A folder in which one backend at a time keeps its state. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the folder, and makes it if it is not there.
   *
   * @throws StartException if it cannot be used, or another backend uses it
   */
  static DataFolder take(Path path) throws StartException {
    FileChannel channel = null;
    try {
      Files.createDirectories(path);
      channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel) == null) {
        channel.close();
        throw new StartException("Another cloudoperator keeps its state in " + path + ".");
      }
      return new DataFolder(path, channel);
    } catch (FileAlreadyExistsException e) {
      throw new StartException(e.getMessage() + " is a file, and no folder.");
    } catch (IOException e) {
      throw new StartException("The folder " + path + " cannot be used: " + e.getMessage() + ".");
    }
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  /**
   * Opens what a folder in it keeps for one purpose.
   *
   * @throws StartException if what is there cannot be read, or nothing can be written beside it
   */
  <T> T open(String name, Part<T> part) throws StartException {
    Path folder = path.resolve(name);
    try {
      createPrivately(folder);
      return part.open(folder);
    } catch (IOException | RuntimeException e) {
      throw new StartException(
          "What the folder %s keeps cannot be used: %s. It is damaged or full, or something else is in it; start with another folder, or with a copy of this one that you have kept."
              .formatted(folder, reason(e)));
    }
  }

  /** Results and keys are in it: other users of this machine may not look into it. */
  private static void createPrivately(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix && Files.notExists(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** The first line: what follows says where in the program or in the file. */
  private static String reason(Exception e) {
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    return String.valueOf(cause == null ? e : cause.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .strip();
  }

  /** What is kept in one folder. */
  interface Part<T> {
    T open(Path folder) throws IOException;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException _) {
      // The lock ends with the process at the latest.
    }
  }
}
