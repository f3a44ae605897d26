package io.cloudoperator.local.cli;

import io.cloudoperator.local.backend.ContainerHost;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.local.backend.SamLocal;
import io.cloudoperator.platform.FunctionInvoker;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What functions in containers reach. */
final class SamLocalOptions {
  @Option(
      names = "--sam-local",
      paramLabel = "ADDRESS",
      required = true,
      description =
          "Be reached by functions that `sam local invoke` runs, on this address too: that of"
              + " Docker's bridge, or host.docker.internal for Docker Desktop. Whoever reaches it"
              + " reaches the tables. Then the schedule and the stream invoke nothing.")
  private ContainerHost host = new ContainerHost("host.docker.internal");

  @Option(
      names = "--sam-build",
      paramLabel = "DIR",
      description = "What `sam build` was given as --build-dir (default: .aws-sam/build).")
  private Optional<Path> built = Optional.empty();

  /** How functions are invoked besides. */
  static UnaryOperator<FunctionInvoker> invocations(@Nullable SamLocalOptions options) {
    return options == null ? UnaryOperator.identity() : SamLocal::untriggered;
  }

  /** Starts to be reached. */
  SamLocal start(LocalBackend backend) throws Exception {
    return SamLocal.start(backend, host, built);
  }

  /** What is said of it. */
  String reached() {
    return "whoever reaches %s reaches the tables (see docs/operations.md)".formatted(host.name());
  }
}
