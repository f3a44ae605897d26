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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command line as a whole: its subcommands, and what its exit codes mean. */
@Command(
    name = "cloudoperator",
    description = "Connects AWS accounts read-only, and shows what it does call by call.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
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
  private static final String API = "api";
  private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

  private CloudOperatorCommand() {}

  /** Runs the command that the arguments name; its output goes to these streams alone. */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    EnvironmentProxies.keepLoopbackDirect();
    CommandLine commandLine = new CommandLine(new CloudOperatorCommand());
    commands(new Terminal(out, err), configured(), arguments).forEach(commandLine::addSubcommand);
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
      ConfigFile config =
          asksHowToUseIt(arguments)
              ? ConfigFile.none()
              : ConfigFile.read(ConfigFile.place(System.getenv()), commandLine);
      commandLine.setDefaultValueProvider(config);
      commandLine.setParameterExceptionHandler((wrong, _) -> refused(wrong, config));
      if (arguments.length == 0) {
        commandLine.usage(commandLine.getErr());
        return ExitCode.WRONG_ARGUMENTS;
      }
      return commandLine.execute(withApi(commandLine, arguments));
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

  /**
   * The command that is named, alone if nothing asks for the others: what each takes is read from
   * its class, and costs a start some milliseconds.
   *
   * @param configured whether there is a file that may speak of any command
   */
  static List<Object> commands(Terminal terminal, boolean configured, String... arguments) {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("scan", () -> new ScanCommand(terminal));
    all.put("serve", () -> new ServeCommand(terminal));
    all.put(API, () -> new ApiCommand(terminal));
    all.put("reconcile", () -> new ReconcileCommand(terminal));
    all.put("sample-aws", () -> new SampleAwsCommand(terminal));
    Supplier<Object> named = arguments.length == 0 ? null : all.get(arguments[0]);
    if (named != null && !configured) {
      return List.of(named.get());
    }
    // It completes all of them, so that it is never alone.
    all.put("completion", () -> new CompletionCommand(terminal));
    return all.values().stream().map(Supplier::get).toList();
  }

  /** Whether no option is needed, so that a config file in disorder is no reason to fail. */
  private static boolean asksHowToUseIt(String... arguments) {
    return arguments.length == 0
        || arguments[0].equals("completion")
        || Stream.of(arguments).anyMatch(HELP::contains);
  }

  /** A command of {@code api} is one without that word, too, unless another is called so. */
  private static String[] withApi(CommandLine all, String... arguments) {
    CommandLine api = all.getSubcommands().get(API);
    return api == null
            || all.getSubcommands().containsKey(arguments[0])
            || !api.getSubcommands().containsKey(arguments[0])
        ? arguments
        : Stream.concat(Stream.of(API), Stream.of(arguments)).toArray(String[]::new);
  }

  private static boolean configured() {
    try {
      return Files.exists(ConfigFile.place(System.getenv()));
    } catch (InvalidPathException _) {
      // Who reads it says so.
      return true;
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
    String sentence = ArgumentSentence.of(wrong).replaceFirst("\\.$", "") + place + ".";
    err.println("cloudoperator: " + TerminalReport.printable(sentence));
    ArgumentSentence.alternatives(wrong).ifPresent(err::println);
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
