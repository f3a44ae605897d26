package io.cloudoperator.local.cli;

import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.sample.SampleAws;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the HTTP API until it is stopped. */
@Command(
    name = "serve",
    description =
        "Serves the HTTP API on the loopback interface with the sample account behind it, or with"
            + " --role-arn another. The first three lines are its address, a token, and the address of"
            + " the web console with that token. Schedules fire. Ctrl-C stops it.")
final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final SampleOptions sample = new SampleOptions();

  @ArgGroup(exclusive = false, heading = "%nAnother account than the sample:%n")
  private @Nullable CustomerOptions customer;

  @ArgGroup(exclusive = false, heading = "%nFor sam local invoke:%n")
  private @Nullable SamLocalOptions samLocal;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = TcpPort.class,
      defaultValue = "8080",
      description = "Where to listen; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep all state in this folder; without it nothing outlives the process.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "local",
      description = "The tenant of the token that is printed (default: ${DEFAULT-VALUE}).")
  private String tenant = "local";

  @Option(
      names = "--security-contact",
      paramLabel = "mailto:…|https:…",
      converter = SecurityContact.class,
      description =
          "Whom to tell of a vulnerability, on /security and in /.well-known/security.txt, as the"
              + " template's parameter SecurityContact (default: nobody, and there is no"
              + " security.txt).")
  private String securityContact = "";

  @Mixin private final LogOption log = new LogOption();

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (samLocal != null && (customer != null || data.isPresent())) {
      throw sample.wrong("--sam-local is of the sample account, and keeps nothing.");
    }
    log.apply(LogOption.Level.INFO);
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Thread onSignal =
        new Thread(() -> {
          stopped.countDown();
          awaitUninterruptibly(closed);
        });
    try (LocalBackend backend =
            LocalBackend.start(
                new LocalBackend.Options(
                    port,
                    data,
                    CustomerOptions.side(sample, customer),
                    Map.of("SecurityContact", securityContact)),
                _ -> {},
                SamLocalOptions.invocations(samLocal));
        AutoCloseable _ = samLocal == null ? () -> {} : samLocal.start(backend)) {
      terminal.out().println("url: " + backend.url());
      String token = backend.token(tenant);
      terminal.out().println("token: " + token);
      // A fragment is sent to no server.
      terminal.out().println("console: " + backend.url() + "/console#token=" + token);
      if (customer == null) {
        SampleAws aws = backend.sample().aws();
        terminal
            .out()
            .printf(
                """
                # the sample account %s, as its administrator
                export AWS_ENDPOINT_URL=%s AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
                export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s
                """,
                aws.customerAccountId(),
                backend.sample().endpoint(),
                aws.customerCredentials().accessKeyId(),
                aws.customerCredentials().secretAccessKey());
      }
      if (samLocal != null) {
        terminal.out().println("\nsam local invoke: " + samLocal.reached());
      }
      terminal.out().flush();
      Runtime.getRuntime().addShutdownHook(onSignal);
      stopped.await();
    } finally {
      closed.countDown();
    }
    return ExitCode.DONE;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
