package io.cloudoperator.bench.cold;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.Template;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Table c: from the start of a process to its first answer, for each function. */
public final class ColdStarts {
  private static final String EC2 = "ec2 module";
  private static final int ROUNDS = 7;

  private ColdStarts() {}

  public static Result measure(Pass pass) throws Exception {
    Map<String, String> handlers =
        Template.read(pass.root().resolve("template.yaml"), Map.of()).functions().stream()
            .collect(Collectors.toMap(FunctionResource::logicalId, FunctionResource::handler));
    Result result =
        new Result(
            Stream.concat(Stream.of(EC2), Setting.ALL.stream().map(Setting::label)).toList());
    try (FunctionBackground background = new FunctionBackground()) {
      for (Subject subject : Subject.ALL) {
        String handler = Objects.requireNonNull(handlers.get(subject.function()), subject.label());
        measure(pass, background, subject, Class.forName(handler), result);
      }
    }
    return result.notes(
        """
        ec2 module: the same step, on the SDK's clients for EC2 and S3, with the JVM's defaults.
        SnapStart: init and priming come before the snapshot, once a version; restoring it is Lambda's and not in here.
        AOT: AWS advises against it in a zip archive, for it fits one build of the JVM; it would take container images.
        """);
  }

  private static void measure(
      Pass pass, FunctionBackground background, Subject subject, Class<?> handler, Result result)
      throws Exception {
    String name = subject.label();
    FunctionArtifact ours = FunctionArtifact.laidOut(pass, background, subject, handler);
    pass.say("%s: training its AOT cache", name);
    String sizes =
        "%s: its folder has %.1f MB, its AOT cache %.1f MB"
            .formatted(name, ours.size() / 1e6, ours.train() / 1e6);
    Optional<FunctionArtifact> plain = Optional.empty();
    if (subject.equals(Subject.SCAN_REGIONS)) {
      plain = Optional.of(FunctionArtifact.onSdkModules(pass, background, subject));
      sizes += "; on the SDK's modules %.1f MB".formatted(plain.get().size() / 1e6);
    }
    result.notes("%s.", sizes);
    // What stands behind the functions has cold starts of its own.
    ours.start(Setting.C1_SERIAL);
    for (int round = 1; round <= pass.rounds(ROUNDS); round++) {
      pass.say("%s: round %d of %d", name, round, pass.rounds(ROUNDS));
      if (plain.isPresent()) {
        add(result, name, EC2, plain.get().start(Setting.PLAIN), true);
      }
      for (Setting setting : Setting.ALL) {
        // A cold start of a published version begins with the snapshot.
        add(result, name, setting.label(), ours.start(setting), !setting.equals(Setting.SNAPSTART));
      }
    }
    result
        .row(name + ": cold start", "ms")
        .ratio(Setting.PLAIN.label(), EC2)
        .ratio(Setting.C1_SERIAL.label(), EC2)
        .ratio(Setting.AOT.label(), EC2, Bar.atMost(0.25))
        .ratio(Setting.SNAPSTART.label(), EC2, Bar.atMost(0.25));
  }

  private static void add(
      Result result,
      String name,
      String subject,
      FunctionArtifact.ColdStart took,
      boolean withInit) {
    double init = took.initMillis();
    double invoke = took.invokeMillis();
    result.add(name + ": init", "ms", subject, init);
    result.add(name + ": first invoke", "ms", subject, invoke);
    result.add(name + ": cold start", "ms", subject, withInit ? init + invoke : invoke);
    result.add(name + ": resident", "MB", subject, took.residentMegabytes());
  }
}
