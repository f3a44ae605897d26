package io.cloudoperator.bench.customer;

import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.Latency;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
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
  private static final String REQUESTS = "requests";

  private final Process process;
  private final Customer customer;
  private final BufferedReader said;
  private final PrintStream asked;

  private SampleProcess(Process process, Customer customer, BufferedReader said) {
    this.process = process;
    this.customer = customer;
    this.said = said;
    asked = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** How far away its regions are. */
  public enum Distance {
    /** As near as the machine is. */
    NONE,
    /** Each as far from us-east-1 as in the world; a connection costs nothing. */
    TRIPS,
    /** And a connection costs two round trips more. */
    CONNECTIONS;

    private Latency latency() {
      return switch (this) {
        case NONE -> Latency.none();
        case TRIPS -> Latency.fromUsEast1();
        case CONNECTIONS -> Latency.fromUsEast1().withConnections();
      };
    }
  }

  /** Starts it with all instances in us-east-1, every page full, and no distance to it. */
  public static SampleProcess start(Path root, int instances) throws IOException {
    return start(root, instances, 1, Distance.NONE);
  }

  /** Starts it. */
  public static SampleProcess start(Path root, int instances, int regions, Distance distance)
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
                        distance.name())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the sample AWS did not start");
    }
    return new SampleProcess(process, Customer.of(line.split(" ", -1)), said);
  }

  /** Who is in it. */
  public Customer customer() {
    return customer;
  }

  /**
   * How many requests it has answered since it was asked last; the log that it keeps holds 10,000.
   */
  public int requests() throws IOException {
    asked.println(REQUESTS);
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the sample AWS has ended");
    }
    return Integer.parseInt(line);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /**
   * Prints how to get in, then at each line how many requests there were since the last. Ends with
   * its parent: when its input does.
   */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    try (SampleAws aws =
        SampleAws.start(
            SampleConfig.defaults()
                .withInstances(Integer.parseInt(args[1]))
                .withRegions(Integer.parseInt(args[2]))
                .withLatency(Distance.valueOf(args[3]).latency())
                .withUnevenPages(false))) {
      System.out.println(String.join(" ", launch(aws, root).arguments()));
      System.out.flush();
      BufferedReader asked =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (asked.readLine() != null) {
        System.out.println(aws.requests().all().size());
        System.out.flush();
        aws.requests().clear();
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
