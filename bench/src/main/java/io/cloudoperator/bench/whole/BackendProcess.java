package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.jvm.ChildJvm;
import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.sample.data.Regions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** A {@link BackendMain} in a JVM of its own. */
final class BackendProcess implements AutoCloseable {
  private static final String SUFFIX = ".sample";

  private final ChildJvm child;

  private BackendProcess(ChildJvm child) {
    this.child = child;
  }

  /** Starts one on the sample's account. */
  static BackendProcess start(Path root, SampleProcess sample) throws IOException {
    return start(root, sample, Map.of(), Integer.MAX_VALUE);
  }

  /** Starts one on the sample's account, in which it finds APIs too. */
  static BackendProcess auditing(Path root, SampleProcess sample) throws IOException {
    return start(root, sample, Map.of(), Integer.MAX_VALUE, Tier.AUDIT);
  }

  /**
   * Starts one on the sample's account.
   *
   * @param parameters of template.yaml
   * @param scanners that work at once
   */
  static BackendProcess start(
      Path root, SampleProcess sample, Map<String, String> parameters, int scanners)
      throws IOException {
    return start(root, sample, parameters, scanners, Tier.MINIMAL);
  }

  private static BackendProcess start(
      Path root, SampleProcess sample, Map<String, String> parameters, int scanners, Tier tier)
      throws IOException {
    List<String> options =
        List.of(
            "-Xmx1g",
            "-XX:+UseParallelGC",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcloudoperator.root=" + root,
            "-Dcloudoperator.log=OFF",
            "-Dlog4j2.configurationFile=log4j2-local.xml",
            "-Daws.accessKeyId=" + sample.customer().keyId(),
            "-Daws.secretAccessKey=" + sample.customer().secret(),
            "-Daws.region=us-east-1",
            "-Djdk.net.hosts.file=" + hosts(root),
            // As many idle connections to one host as a shard has threads.
            "-Dhttp.maxConnections=40",
            "-D" + BackendMain.SCANNERS + "=" + scanners,
            "-D" + BackendMain.TIER + "=" + tier.name().toLowerCase(Locale.ROOT),
            "-D" + Meter.HOSTS + "=" + SUFFIX);
    List<String> arguments =
        sample
            .customer()
            .arguments(
                parameters.entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .toArray(String[]::new));
    List<String> command = new ArrayList<>(Jvm.command(options, BackendMain.class, arguments));
    int classpath = command.indexOf("-cp") + 1;
    command.set(classpath, meter(root) + File.pathSeparator + command.get(classpath));
    return new BackendProcess(new ChildJvm(command));
  }

  /** Has the SDK take the meter into all of its clients, in this process only. */
  private static Path meter(Path root) throws IOException {
    Path folder = root.resolve("bench/target/work/meter");
    Path file = folder.resolve("software/amazon/awssdk/global/handlers/execution.interceptors");
    Files.createDirectories(file.getParent());
    Files.writeString(file, Meter.class.getName());
    return folder;
  }

  /** Every endpoint of the customer's side has a name, and all of them are the sample AWS. */
  private static Path hosts(Path root) throws IOException {
    List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
    for (String service : Meter.CUSTOMERS) {
      Regions.all().forEach(region -> lines.add("127.0.0.1 " + service + "." + region + SUFFIX));
    }
    Path file = root.resolve("bench/target/work/hosts");
    Files.createDirectories(file.getParent());
    return Files.write(file, lines);
  }

  /** One scan of its account, on demand. */
  MeasuredScan scan() throws IOException {
    return Json.read(child.ask("scan"), MeasuredScan.class);
  }

  /** What it has kept of APIs with the newest snapshot. */
  Kept kept() throws IOException {
    return Json.read(child.ask("kept"), Kept.class);
  }

  /** The most memory that it had resident so far, in MB. */
  OptionalLong peakResidentMegabytes() {
    return Jvm.peakResidentMegabytes(child.pid());
  }

  @Override
  public void close() {
    child.close();
  }
}
