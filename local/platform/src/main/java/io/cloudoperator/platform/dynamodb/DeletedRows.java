package io.cloudoperator.platform.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteLibraryLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What DynamoDB Local has deleted: it stays in free pages of its SQLite files until they are
 * vacuumed, which no setting of it does.
 *
 * @see <a href="https://www.sqlite.org/lang_vacuum.html">VACUUM</a>
 */
final class DeletedRows {
  /** For how long a DynamoDB Local that has stopped may still be closing its files. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private DeletedRows() {}

  /**
   * Removes it from the files of a directory that no DynamoDB Local has open.
   *
   * @throws UncheckedIOException if that cannot be done: a file is damaged, or the disk is full
   */
  static void wipe(Path directory) {
    loadLibrary();
    try (DirectoryStream<Path> databases = Files.newDirectoryStream(directory, "*.db")) {
      for (Path database : databases) {
        vacuum(database);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLiteException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  /** As DynamoDB Local does when it opens its first file, which comes after this. */
  private static void loadLibrary() {
    try {
      SQLiteLibraryLoader.initialize();
    } catch (Exception e) {
      throw new IllegalStateException("the library of SQLite cannot be loaded", e);
    }
  }

  private static void vacuum(Path database) throws SQLiteException {
    SQLiteConnection connection = new SQLiteConnection(database.toFile());
    try {
      connection
          .open(false)
          .setBusyTimeout(CLOSING.toMillis())
          .exec("PRAGMA secure_delete = ON")
          .exec("VACUUM");
    } finally {
      connection.dispose();
    }
  }
}
