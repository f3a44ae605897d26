package io.cloudoperator.local.simulation.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLoaderTest {
  /** Else a thread that never goes on could keep its library locked for all who come after. */
  @Test
  void opensOnceWhatEachClientOfTheSdkReads(@TempDir Path library) throws Exception {
    Path service = Files.createDirectory(library.resolve("service"));
    Path interceptors = Files.writeString(service.resolve("execution.interceptors"), "a.B");
    try (MachineLoader loader = new MachineLoader(library.toString())) {
      URL found = loader.getResources("service/execution.interceptors").nextElement();
      Files.delete(interceptors);

      try (InputStream content = found.openStream()) {
        assertThat(content).asString(UTF_8).isEqualTo("a.B");
      }
    }
  }
}
