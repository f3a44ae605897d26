package io.cloudoperator.bench;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.TextReport;
import io.cloudoperator.json.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The entry point of {@code bench/run}. */
@Command(
    name = "bench/run",
    description = "Measures, prints a table for each, and writes bench/target/results.json.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all was measured, whether bars are met or not",
      "1:something could not be measured",
      "2:wrong arguments"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final ObjectWriter JSON = Json.STRICT.writerWithDefaultPrettyPrinter();

  @Option(names = "--quick", description = "Few samples: shows that it works, not to be quoted.")
  private boolean quick;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This.")
  @SuppressWarnings("unused")
  private boolean help;

  @Parameters(paramLabel = "TABLE", description = "Those to measure (default: all of them):")
  private List<BenchTable> named = List.of();

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
  private volatile boolean ending;

  private BenchCommand() {}

  /** Runs it, and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BenchCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.getCommandSpec()
        .usageMessage()
        .footer(
            Stream.of(BenchTable.values())
                .map(table -> "  " + table + "  " + table.title())
                .toArray(String[]::new));
    return line;
  }

  /** Those that are asked for, in the order in which they are run. */
  List<BenchTable> tables() {
    return Stream.of(BenchTable.values())
        .filter(table -> named.isEmpty() || named.contains(table))
        .toList();
  }

  @Override
  public Integer call() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endChildren, "end-children"));
    Path root = Path.of(System.getProperty("cloudoperator.root", "."));
    Pass pass = new Pass(quick, root, err);
    Map<String, String> about = About.thisRun(pass);
    about.forEach((what, said) -> out.println(what + ": " + said));
    Map<String, Titled> measured = new LinkedHashMap<>();
    Map<String, Object> results = new LinkedHashMap<>(about);
    results.put("tables", measured);
    int status = ExitCode.OK;
    for (BenchTable table : tables()) {
      String title = table + ". " + table.title();
      err.println(title);
      try {
        Result result =
            table.measure(pass).notes("The load was %.1f in its last minute.", About.load());
        out.print("\n" + TextReport.of(title, result));
        measured.put(table.toString(), new Titled(table.title(), result));
        Files.writeString(
            root.resolve("bench/target/results.json"), JSON.writeValueAsString(results) + "\n");
        err.println("written: bench/target/results.json");
      } catch (Exception e) {
        // The other tables are worth having all the same.
        status = ExitCode.SOFTWARE;
        if (ending) {
          return status;
        }
        e.printStackTrace(err);
      }
    }
    return status;
  }

  private record Titled(String title, @JsonUnwrapped Result result) {}

  /**
   * Every process that this one has started, however deep, ends with it, be it by Ctrl-C: who waits
   * for a child that was ended may start the next one meanwhile.
   */
  private void endChildren() {
    ending = true;
    try {
      while (ProcessHandle.current().descendants().findAny().isPresent()) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Thread.sleep(20);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
