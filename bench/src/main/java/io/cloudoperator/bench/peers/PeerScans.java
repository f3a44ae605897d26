package io.cloudoperator.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.Table;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.customer.SampleProcess.Distance;
import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Row;
import io.cloudoperator.bench.whole.Answer;
import io.cloudoperator.bench.whole.BackendProcess;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Table g. */
public final class PeerScans implements Table {
  private static final String READER = "reader";
  private static final String COMMAND = "command";
  private static final String SCAN = "scan";
  private static final String PYTHON = "python3";
  private static final int REGIONS = 34;

  /** The running backend is measured warm, as it is in table b. */
  private static final int WARM_UP = 4;

  /** As ./cloudoperator starts its JVM. */
  static final List<String> LAUNCHERS_OPTIONS =
      List.of("-Xmx448m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private record Size(int instances, int rounds) {}

  private static final List<Size> SIZES = List.of(new Size(300, 3), new Size(20_000, 2));

  @Override
  public String name() {
    return "g";
  }

  @Override
  public String title() {
    return "The same account of 34 regions, read by others";
  }

  @Override
  public Result measure(Pass pass) throws Exception {
    Map<Peer, Path> installed = new LinkedHashMap<>();
    List<String> notes =
        new ArrayList<>(
            List.of(
                "reader: the classes that a scan reads with, in a JVM that does what the peers do: AssumeRole, the regions, the instances, the buckets.",
                "command: ./cloudoperator scan, which starts the whole backend with DynamoDB Local, proves the role, then scans and stores.",
                "scan: the same in a backend that runs already and is warm, from the HTTP request to the end of the state machine.",
                "Loaded: a peer's time since its imports, its role and clients not yet made; of a scan, all of it. aws loads again for each region.",
                "Each region takes its round trip from us-east-1 for a request; a connection costs nothing, which favours whoever makes many.",
                "All counted the same instances by region, state and family, and the same buckets where they read them, or there would be no table."));
    List<String> missing = install(pass, installed);
    installed.keySet().forEach(peer -> notes.add(peer.about()));
    notes.addAll(missing);
    List<Row> rows = new ArrayList<>();
    for (Size size : SIZES) {
      rows.addAll(rows(pass, size, installed));
    }
    List<String> subjects = new ArrayList<>(List.of(READER, COMMAND, SCAN));
    Peer.ALL.forEach(peer -> subjects.add(peer.name()));
    return new Result(subjects, rows, notes);
  }

  private static List<String> install(Pass pass, Map<Peer, Path> installed)
      throws IOException, InterruptedException {
    boolean python = Installation.runs(PYTHON);
    List<String> missing = new ArrayList<>();
    for (Peer peer : Peer.ALL) {
      pass.say("installing %s", peer.name());
      Installation installation =
          python
              ? Installation.of(
                  PYTHON,
                  scripts(pass).resolve(peer.requirements()),
                  pass.work().resolve("peers").resolve(peer.name()))
              : new Installation.Missing("there is no python3");
      switch (installation) {
        case Installation.Ready(Path folder) -> installed.put(peer, folder);
        case Installation.Missing(String reason) ->
            missing.add("%s was not measured: %s.".formatted(peer.name(), reason));
      }
    }
    if (!python) {
      missing.add("%s and %s were not measured: python3 does it.".formatted(READER, COMMAND));
    }
    return missing;
  }

  private static Path scripts(Pass pass) {
    return pass.root().resolve("bench/peers");
  }

  private static List<Row> rows(Pass pass, Size size, Map<Peer, Path> installed) throws Exception {
    Rows rows = new Rows("%,d".formatted(size.instances()));
    try (SampleProcess sample =
            SampleProcess.start(pass.root(), size.instances(), REGIONS, Distance.TRIPS);
        BackendProcess backend = BackendProcess.start(pass.root(), sample)) {
      Round round = new Round(pass, sample, backend);
      round.warmUp(!installed.isEmpty());
      for (int i = 0; i < pass.rounds(size.rounds()); i++) {
        Counts truth = round.scan(rows);
        if (truth.instances() != size.instances()) {
          throw new IOException("the scan found " + truth.instances() + " instances");
        }
        if (!installed.isEmpty()) {
          round.processes(rows, truth, installed);
        }
      }
    }
    return rows.built(installed.keySet().stream().map(Peer::name).toList());
  }

  /** One measurement of each, side by side. */
  private record Round(Pass pass, SampleProcess sample, BackendProcess backend, Measured measured) {
    Round(Pass pass, SampleProcess sample, BackendProcess backend) {
      this(
          pass,
          sample,
          backend,
          new Measured(
              PYTHON, scripts(pass).resolve("measure.py"), pass.work().resolve("peers/logs")));
    }

    /** The command builds itself, and each JVM that starts archives its classes, once. */
    void warmUp(boolean processes) throws Exception {
      for (int i = 0; i < pass.rounds(WARM_UP); i++) {
        pass.say("warming up: %.0f ms", backend.scan().millis());
      }
      if (processes) {
        Files.deleteIfExists(archive());
        Took _ = reader("-XX:ArchiveClassesAtExit=" + archive());
        if (!Files.exists(archive())) {
          throw new IOException("no archive of the reader's classes was made");
        }
        Took _ = command();
      }
      int _ = sample.requests();
    }

    Counts scan(Rows rows) throws IOException {
      Answer scan = backend.scan();
      rows.loaded(SCAN, scan.millis() / 1000, scan.cpuMillis() / 1000);
      rows.requests(SCAN, sample.requests());
      backend.peakResidentMegabytes().ifPresent(peak -> rows.peak(SCAN, (double) peak));
      return Counts.ofSnapshot(scan.snapshot());
    }

    void processes(Rows rows, Counts truth, Map<Peer, Path> installed) throws Exception {
      Took reader = reader();
      add(rows, READER, reader, Counts.ofLines(reader.output()), truth);
      Took command = command();
      JsonNode snapshot = Json.MAPPER.readTree(String.join("\n", command.output()));
      add(rows, COMMAND, command, Counts.ofSnapshot(snapshot), truth);
      for (Map.Entry<Peer, Path> each : installed.entrySet()) {
        Peer peer = each.getKey();
        Took took =
            measured.run(
                peer.name(),
                peer.command(scripts(pass), each.getValue(), sample.customer()),
                Measured.environmentOfPeer(sample.customer()));
        add(rows, peer.name(), took, Counts.ofLines(took.output()), truth);
      }
    }

    private void add(Rows rows, String subject, Took took, Counts counts, Counts truth)
        throws IOException {
      Optional<String> difference = truth.difference(counts);
      if (difference.isPresent()) {
        throw new IOException(
            "the scan and %s do not agree: %s".formatted(subject, difference.get()));
      }
      pass.say("%s: %.2f s, %.2f s of processors", subject, took.seconds(), took.processor());
      rows.started(subject, took.seconds(), took.processor());
      took.reading()
          .ifPresent(reading -> rows.loaded(subject, reading.seconds(), reading.processor()));
      rows.requests(subject, sample.requests());
      rows.peak(subject, took.peak());
    }

    private Took reader() throws IOException, InterruptedException {
      return reader("-XX:SharedArchiveFile=" + archive());
    }

    private Path archive() {
      return pass.work().resolve("peers/reader.jsa");
    }

    private Took reader(String archive) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(List.of(Jvm.launcher()));
      command.addAll(LAUNCHERS_OPTIONS);
      command.addAll(
          List.of(
              archive,
              "-Xlog:aot*=off",
              "-Xlog:cds*=off",
              "-cp",
              readersClasspath(pass.root().resolve("bench/target")),
              Reader.class.getName()));
      command.addAll(sample.customer().arguments(new String[0]));
      return measured.run(READER, command, Measured.environment(sample.customer()));
    }

    /**
     * Of jars only, for which an archive can be made; the manifest of DynamoDB Local has a folder.
     */
    private static String readersClasspath(Path target) throws IOException {
      try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
        return Jvm.classpath(
            Stream.concat(
                    Stream.of(target.resolve("bench-1.0.0-SNAPSHOT.jar")),
                    jars.filter(jar -> !jar.getFileName().toString().startsWith("DynamoDBLocal"))
                        .sorted())
                .toList());
      }
    }

    private Took command() throws IOException, InterruptedException {
      return measured.run(
          COMMAND,
          List.of(
              pass.root().resolve("cloudoperator").toString(),
              "scan",
              "--json",
              "--role-arn",
              sample.customer().role(),
              "--external-id",
              sample.customer().externalId(),
              "--endpoint-url",
              sample.customer().endpoint().toString()),
          Measured.environment(sample.customer()));
    }
  }

  /** Those of one account. */
  private static final class Rows {
    private final Row.Builder started;
    private final Row.Builder startedProcessor;
    private final Row.Builder loaded;
    private final Row.Builder loadedProcessor;
    private final Row.Builder requests;
    private final Row.Builder peak;

    Rows(String account) {
      started = Row.of(account + ": from process start", "s");
      startedProcessor = Row.of(account + ": processors, from process start", "s");
      loaded = Row.of(account + ": loaded", "s");
      loadedProcessor = Row.of(account + ": processors, loaded", "s");
      requests = Row.of(account + ": requests", "");
      peak = Row.of(account + ": resident at most", "MB");
    }

    void started(String subject, double seconds, double processor) {
      started.add(subject, seconds);
      startedProcessor.add(subject, processor);
    }

    void loaded(String subject, double seconds, double processor) {
      loaded.add(subject, seconds);
      loadedProcessor.add(subject, processor);
    }

    void requests(String subject, int count) {
      requests.add(subject, count);
    }

    void peak(String subject, double megabytes) {
      peak.add(subject, megabytes);
    }

    List<Row> built(List<String> peers) {
      for (String peer : peers) {
        for (String ours : List.of(READER, COMMAND)) {
          started.ratio(peer, ours, Optional.of(Bar.atLeast(1)));
          startedProcessor.ratio(peer, ours, Optional.of(Bar.atLeast(1)));
        }
        loaded.ratio(peer, SCAN, Optional.of(Bar.atLeast(1)));
        loadedProcessor.ratio(peer, SCAN, Optional.of(Bar.atLeast(1)));
      }
      return List.of(started, startedProcessor, loaded, loadedProcessor, requests, peak).stream()
          .map(Row.Builder::build)
          .toList();
    }
  }
}
