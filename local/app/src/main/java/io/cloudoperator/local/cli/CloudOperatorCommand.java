package io.cloudoperator.local.cli;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.local.backend.ContainerHost;
import io.cloudoperator.local.console.TerminalReport;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
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
            .addSubcommand(new SampleAwsCommand(terminal))
            .addSubcommand(new CompletionCommand(terminal));
    commandLine.registerConverter(RoleArn.class, checked(RoleArn::new));
    commandLine.registerConverter(RegionName.class, RegionOptions::region);
    commandLine.registerConverter(ExternalId.class, checked(ExternalId::new));
    commandLine.registerConverter(ContainerHost.class, checked(ContainerHost::new));
    commandLine.registerConverter(Path.class, CloudOperatorCommand::path);
    commandLine.registerConverter(URI.class, checked(CustomerOptions::httpUrl));
    commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (failure, command, _) -> failed(failure, command.getErr()));
    try {
      ConfigFile config = ConfigFile.read(ConfigFile.place(System.getenv()), commandLine);
      commandLine.setDefaultValueProvider(config);
      commandLine.setParameterExceptionHandler((wrong, _) -> refused(wrong, config));
      if (arguments.length == 0) {
        commandLine.usage(commandLine.getErr());
        return ExitCode.WRONG_ARGUMENTS;
      }
      return commandLine.execute(arguments);
    } catch (CommandException e) {
      commandLine.getErr().println("cloudoperator: " + e.getMessage());
      return ExitCode.WRONG_ARGUMENTS;
    } catch (RuntimeException | Error e) {
      // Not a command's, whose exceptions have their handler: of what comes before it, and of the
      // machine.
      return failed(e, commandLine.getErr());
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(FailureSentence.invalid(e));
    }
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

  /** One sentence, and where to read on: the whole help hides what is wrong. */
  private static int refused(CommandLine.ParameterException wrong, ConfigFile config) {
    PrintWriter err = wrong.getCommandLine().getErr();
    String place =
        Optional.ofNullable(wrong.getArgSpec())
            .filter(argument ->
                !wrong.getCommandLine().getParseResult().matchedArgs().contains(argument))
            .flatMap(config::place)
            .map(where -> " (" + where + ")")
            .orElse("");
    err.println(
        "cloudoperator: " + TerminalReport.printable(String.valueOf(wrong.getMessage())) + place);
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      err.println("nearest: " + String.join(", ", unmatched.getSuggestions()));
    }
    err.println("see: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG_ARGUMENTS;
  }

  /** The one place where what a command throws ends: as a sentence, and an exit code. */
  private static int failed(Throwable failure, PrintWriter err) {
    err.println("cloudoperator: " + FailureSentence.of(failure, System.getenv()));
    if (System.getenv().containsKey(FailureSentence.TRACE)) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.FAILED;
  }
}
