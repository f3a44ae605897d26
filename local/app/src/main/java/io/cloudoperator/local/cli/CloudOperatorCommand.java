package io.cloudoperator.local.cli;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.local.backend.ContainerHost;
import io.cloudoperator.local.backend.StartException;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.local.console.TerminalReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The command line as a whole: its subcommands, and what its exit codes mean. */
@Command(
    name = "cloudoperator",
    description = "Connects AWS accounts read-only, and shows what it does call by call.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; a scan has read everything",
      "1:failed, with the reason in one sentence",
      "2:wrong arguments",
      "3:not everything could be read; the summary says what and why",
      "4:ledger and CloudTrail differ",
      "5:too early to reconcile: CloudTrail or the ledger may not be complete yet"
    })
public final class CloudOperatorCommand {
  private CloudOperatorCommand() {}

  /** Runs the command that the arguments name; its output goes to these streams alone. */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    EnvironmentProxies.keepLoopbackDirect();
    Terminal terminal = new Terminal(out, err);
    CommandLine commandLine =
        new CommandLine(new CloudOperatorCommand())
            .addSubcommand(new ScanCommand(terminal))
            .addSubcommand(new ServeCommand(terminal))
            .addSubcommand(new ApiCommand(terminal))
            .addSubcommand(new ReconcileCommand(terminal))
            .addSubcommand(new SampleAwsCommand(terminal));
    commandLine.registerConverter(RoleArn.class, checked(RoleArn::new));
    commandLine.registerConverter(ExternalId.class, checked(ExternalId::new));
    commandLine.registerConverter(ContainerHost.class, checked(ContainerHost::new));
    commandLine.registerConverter(URI.class, checked(CustomerOptions::httpUrl));
    commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(CloudOperatorCommand::failed);
    if (arguments.length == 0) {
      commandLine.usage(commandLine.getErr());
      return ExitCode.WRONG_ARGUMENTS;
    }
    return commandLine.execute(arguments);
  }

  /** Of a type that says itself what is wrong with a text. */
  private static <T> ITypeConverter<T> checked(Function<String, T> type) {
    return text -> {
      try {
        return type.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static int failed(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    if (failure instanceof CommandException || failure instanceof StartException) {
      commandLine.getErr().println("cloudoperator: " + failure.getMessage());
      return ExitCode.FAILED;
    }
    if (failure instanceof ApiException refused) {
      commandLine
          .getErr()
          .println(
              "cloudoperator: " + TerminalReport.printable(String.valueOf(refused.getMessage())));
      return ExitCode.FAILED;
    }
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      commandLine.getErr().println("cloudoperator: " + failure);
      return ExitCode.FAILED;
    }
    throw failure;
  }
}
