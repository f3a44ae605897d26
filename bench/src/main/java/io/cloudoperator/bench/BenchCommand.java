package io.cloudoperator.bench;

import io.cloudoperator.bench.jvm.Children;
import io.cloudoperator.bench.report.JsonReport;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.TextReport;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The entry point of {@code bench/run}. */
public final class BenchCommand {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private BenchCommand() {}

  /**
   * Exits with 0 when all was measured, whether bars are met or not; 1 if not; 2 if asked wrongly.
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Children.dieWithThisProcess();
    System.exit(run(args, out, err));
  }

  private static int run(String[] args, PrintStream out, PrintStream err) {
    Arguments arguments;
    try {
      arguments = Arguments.read(args);
    } catch (IllegalArgumentException e) {
      err.println("bench/run: " + e.getMessage());
      return WRONG_ARGUMENTS;
    }
    if (arguments.help()) {
      out.print(Arguments.USAGE);
      BenchTable.ALL.forEach(table -> out.println("  " + table.name() + "  " + table.title()));
      return DONE;
    }
    return measure(arguments, out, err);
  }

  private static int measure(Arguments arguments, PrintStream out, PrintStream err) {
    Path root = Path.of(System.getProperty("cloudoperator.root", "."));
    Map<String, String> about = About.thisRun(root, arguments.quick());
    JsonReport json = new JsonReport(about);
    about.forEach((what, said) -> out.println(what + ": " + said));
    int status = DONE;
    for (BenchTable table : arguments.tables()) {
      String title = table.name() + ". " + table.title();
      err.println(title);
      try {
        Result result =
            table.measurement().of(new Pass(arguments.quick(), root, err)).note(About.loadNow());
        out.println();
        out.print(TextReport.of(title, result));
        json.add(table.name(), table.title(), result);
        json.write(root.resolve("bench/target/results.json"));
        err.println("written: bench/target/results.json");
      } catch (Exception e) {
        // The other tables are worth having all the same.
        status = FAILED;
        if (Children.areEnding()) {
          return status;
        }
        e.printStackTrace(err);
      }
    }
    return status;
  }
}
