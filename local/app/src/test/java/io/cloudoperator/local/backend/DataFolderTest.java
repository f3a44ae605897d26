package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
  void keepsWhatItHoldsFromOtherUsers(@TempDir Path temporary) throws Exception {
    try (DataFolder data = DataFolder.take(temporary.resolve("data"))) {
      Path tables = data.open("tables", folder -> folder);

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tables)))
          .isEqualTo("rwx------");
    }
  }
}
