package io.cloudoperator.bench.customer;

import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.Latency;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * The sample AWS in a JVM of its own, so that neither its memory nor its garbage is counted with
 * what calls it.
 */
public final class SampleProcess implements AutoCloseable {
  private final Process process;
  private final Customer customer;

  private SampleProcess(Process process, Customer customer) {
    this.process = process;
    this.customer = customer;
  }

  /** Starts it with all instances in us-east-1, every page full, and no distance to it. */
  public static SampleProcess start(Path root, int instances) throws IOException {
    return start(root, instances, 1, false);
  }

  /**
   * Starts it.
   *
   * @param distant whether each region is as far from us-east-1 as in the world, connections
   *     included
   */
  public static SampleProcess start(Path root, int instances, int regions, boolean distant)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Jvm.command(
                    List.of("-Xmx1g", "-XX:+UseParallelGC"),
                    SampleProcess.class,
                    List.of(
                        root.toString(),
                        Integer.toString(instances),
                        Integer.toString(regions),
                        Boolean.toString(distant))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the sample AWS did not start");
    }
    return new SampleProcess(process, Customer.of(line.split(" ", -1)));
  }

  /** Who is in it. */
  public Customer customer() {
    return customer;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Prints how to get in, and ends with its parent: when its input does. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    try (SampleAws aws =
        SampleAws.start(
            SampleConfig.defaults()
                .withInstances(Integer.parseInt(args[1]))
                .withRegions(Integer.parseInt(args[2]))
                .withLatency(
                    Boolean.parseBoolean(args[3])
                        ? Latency.fromUsEast1().withConnections()
                        : Latency.none())
                .withUnevenPages(false))) {
      System.out.println(String.join(" ", launch(aws, root).arguments()));
      System.out.flush();
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    }
    System.exit(0);
  }

  /** Launches the customers' template into the sample's customer account. */
  public static Customer launch(SampleAws aws, Path root) throws IOException {
    ExternalId externalId = ExternalId.random(new SecureRandom());
    String role =
        aws.launch(
            aws.customerAccountId(),
            root.resolve("customer/minimal-role.yaml"),
            Map.of(
                "ExternalId",
                externalId.value(),
                "BrokerAccountId",
                aws.brokerAccountId(),
                "BrokerRolePattern",
                aws.brokerRoleArn()));
    return new Customer(
        aws.endpoint(),
        aws.brokerCredentials().accessKeyId(),
        aws.brokerCredentials().secretAccessKey(),
        role,
        externalId.value());
  }
}
