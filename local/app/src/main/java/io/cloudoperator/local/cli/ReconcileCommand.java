package io.cloudoperator.local.cli;

import io.cloudoperator.json.Json;
import io.cloudoperator.local.console.ReconcileReport;
import io.cloudoperator.reconcile.Findings;
import io.cloudoperator.reconcile.InputFiles;
import io.cloudoperator.reconcile.Reconciliation;
import io.cloudoperator.reconcile.SkippedFile;
import io.cloudoperator.reconcile.TrailException;
import io.cloudoperator.reconcile.TrailSource;
import io.cloudoperator.reconcile.TrailTime;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Holds a ledger against CloudTrail's files, without a server and without a network. */
@Command(
    name = "reconcile",
    description =
        "Holds the calls that CloudOperator says it made against the account's own CloudTrail."
            + " Everything is read from files, and nothing leaves this machine.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:each call has its event, and no event lacks a call",
      "1:failed, with the reason in one sentence; so if none of the files has CloudTrail's events",
      "2:wrong arguments",
      "3:nothing differs in what was read, but a file that may have events could not be read",
      "4:something differs",
      "5:nothing differs, but CloudTrail or the ledger may not be complete yet"
    })
final class ReconcileCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files, or folders with all that is in them: one or more answers of GET"
              + " /connections/ID/calls, and what aws cloudtrail lookup-events printed or CloudTrail"
              + " wrote to S3. They are told apart by what is in them; those of any other kind are"
              + " named and passed over.")
  private List<Path> files = List.of();

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      converter = EventTime.class,
      description =
          "When the events were fetched, such as 2026-11-22T09:00:00Z (default: now). Calls of the"
              + " two hours before may not be in CloudTrail yet.")
  private @Nullable Instant asOf;

  @Option(names = "--json", description = "Print what was found as JSON, and nothing else.")
  private boolean json;

  ReconcileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  private static final class EventTime implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return TrailTime.parse(text);
      } catch (DateTimeException _) {
        throw new TypeConversionException(
            "it is a time such as 2026-11-22T09:00:00Z, of the years 1970 to 9999");
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    List<TrailSource> sources = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        return wrong(file + ": there is no such file or folder.");
      }
      addAll(file, sources);
    }
    try {
      InputFiles input = InputFiles.read(sources, Long.MAX_VALUE);
      if (input.ledger().isEmpty()) {
        return wrong(
            "there is no ledger among the files; get it with: curl -H \"authorization: Bearer"
                + " $TOKEN\" $URL/connections/$ID/calls > ledger.json"
                + (input.skipped().isEmpty()
                    ? ""
                    : ". Not used: " + SkippedFile.sentence(input.skipped()) + "."));
      }
      Findings findings =
          Reconciliation.of(
              input.ledger().get(), input, Optional.ofNullable(asOf).orElseGet(Instant::now));
      if (json) {
        terminal.out().println(Json.write(findings));
      } else {
        terminal.print(ReconcileReport.of(findings, terminal.style()));
      }
      return switch (findings.verdict()) {
        case AGREES -> ExitCode.DONE;
        case DIFFERS -> ExitCode.DIFFERS;
        case TOO_EARLY -> ExitCode.TOO_EARLY;
        case INCONCLUSIVE -> ExitCode.PARTIAL_COVERAGE;
      };
    } catch (TrailException e) {
      throw new CommandException(e.getMessage() + ".");
    }
  }

  private int wrong(String sentence) {
    terminal.err().println("cloudoperator: " + sentence);
    return ExitCode.WRONG_ARGUMENTS;
  }

  /** In order of their names: a folder's own order is different on each machine. */
  private static void addAll(Path file, List<TrailSource> sources) throws IOException {
    if (!Files.isDirectory(file)) {
      sources.add(source(file));
      return;
    }
    SortedMap<Path, TrailSource> inside = new TreeMap<>();
    Files.walkFileTree(
        file,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            // .DS_Store and the like.
            if (Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".")) {
              inside.put(path, source(path));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            inside.put(path, unreadable(path, e));
            return FileVisitResult.CONTINUE;
          }
        });
    sources.addAll(inside.values());
  }

  /** So that it is named among the files that were not used. */
  private static TrailSource unreadable(Path path, IOException e) {
    return new TrailSource(
        path.toString(),
        () -> {
          throw e;
        });
  }

  private static TrailSource source(Path file) {
    return new TrailSource(file.toString(), () -> Files.newInputStream(file));
  }
}
