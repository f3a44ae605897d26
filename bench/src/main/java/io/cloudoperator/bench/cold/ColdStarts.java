package io.cloudoperator.bench.cold;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.cold.plain.PlainScanHandler;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Table c: from the start of a process to its first answer, for each function. */
public final class ColdStarts {
  private static final String EC2 = "ec2 module";
  private static final int ROUNDS = 7;

  private ColdStarts() {}

  /** Measures. */
  public static Result measure(Pass pass) throws Exception {
    List<Row> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (FunctionBackground account = new FunctionBackground(pass.root())) {
      Starter starter = new Starter(pass, account);
      for (Subject subject : Subject.ALL) {
        measure(pass, account, starter, subject, rows, notes);
      }
    }
    notes.add(
        "ec2 module: the same step, on the SDK's clients for EC2 and S3, with the JVM's defaults.");
    notes.add(
        "SnapStart: init and priming come before the snapshot, once a version; restoring it is Lambda's and not in here.");
    notes.add(
        "AOT: AWS advises against it in a zip archive, for it fits one build of the JVM; it would take container images.");
    return new Result(
        Stream.concat(Stream.of(EC2), Arrays.stream(Setting.values()).map(Setting::label)).toList(),
        rows,
        notes);
  }

  private static void measure(
      Pass pass,
      FunctionBackground account,
      Starter starter,
      Subject subject,
      List<Row> rows,
      List<String> notes)
      throws IOException, InterruptedException {
    String name = subject.function().replaceFirst("Function$", "");
    Path artifacts = pass.work().resolve("artifacts");
    FunctionArtifact ours =
        FunctionArtifact.laidOut(
            pass.root(), subject.function(), artifacts.resolve(subject.function()));
    Optional<FunctionArtifact> plain = Optional.empty();
    if (subject.equals(Subject.SCAN_REGIONS)) {
      plain =
          Optional.of(
              ours.onSdkModules(
                  pass.root().resolve("bench/target"), artifacts.resolve("OnSdkModules")));
    }
    String handler = account.handler(subject.function());
    Row.Builder init = Row.of(name + ": init", "ms");
    Row.Builder invoke = Row.of(name + ": first invoke", "ms");
    Row.Builder both = Row.of(name + ": cold start", "ms");
    Row.Builder resident = Row.of(name + ": resident", "MB");

    pass.say("%s: training its AOT cache", name);
    long cache = starter.train(subject, handler, ours, Setting.AOT);
    // What stands behind the functions has cold starts of its own.
    starter.start(subject, handler, ours, Setting.C1_SERIAL);
    int rounds = pass.rounds(ROUNDS);
    for (int round = 1; round <= rounds; round++) {
      pass.say("%s: round %d of %d", name, round, rounds);
      if (plain.isPresent()) {
        Starter.ColdStart took =
            starter.start(subject, PlainScanHandler.class.getName(), plain.get(), Setting.PLAIN);
        add(EC2, took, took.init().plus(took.invoke()), init, invoke, both, resident);
      }
      for (Setting setting : Setting.values()) {
        Starter.ColdStart took = starter.start(subject, handler, ours, setting);
        // A cold start of a published version begins with the snapshot.
        Duration waited =
            setting.start() == Setting.Start.FROM_SNAPSHOT
                ? took.invoke()
                : took.init().plus(took.invoke());
        add(setting.label(), took, waited, init, invoke, both, resident);
      }
    }
    both.ratio(Setting.PLAIN.label(), EC2, Optional.empty())
        .ratio(Setting.C1_SERIAL.label(), EC2, Optional.empty())
        .ratio(Setting.AOT.label(), EC2, Optional.of(Bar.atMost(0.25)))
        .ratio(Setting.SNAPSTART.label(), EC2, Optional.of(Bar.atMost(0.25)));
    Stream.of(init, invoke, both, resident).map(Row.Builder::build).forEach(rows::add);
    String sizes =
        "%s: its folder has %.1f MB, its AOT cache %.1f MB"
            .formatted(name, ours.size() / 1e6, cache / 1e6);
    notes.add(
        plain.isPresent()
            ? sizes + "; on the SDK's modules %.1f MB.".formatted(plain.get().size() / 1e6)
            : sizes + ".");
  }

  private static void add(
      String subject,
      Starter.ColdStart took,
      Duration waited,
      Row.Builder init,
      Row.Builder invoke,
      Row.Builder both,
      Row.Builder resident) {
    init.add(subject, took.init().toNanos() / 1e6);
    invoke.add(subject, took.invoke().toNanos() / 1e6);
    both.add(subject, waited.toNanos() / 1e6);
    took.residentMegabytes().ifPresent(megabytes -> resident.add(subject, (double) megabytes));
  }
}
