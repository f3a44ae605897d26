package io.cloudoperator.bench.customer;

import io.cloudoperator.bench.jvm.ChildJvm;
import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.Latency;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The sample AWS in a JVM of its own, so that neither its memory nor its garbage is counted with
 * what calls it.
 */
public final class SampleProcess implements AutoCloseable {
  private static final String REQUESTS = "requests";
  private static final String PRESSURE = "pressure";

  private final ChildJvm child;
  private final Customer customer;

  private SampleProcess(ChildJvm child) throws IOException {
    this.child = child;
    this.customer = Customer.of(child.said().split(" ", -1));
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

  /**
   * Its APIs. Where there are any, the customer grants the audit tier, and API Gateway's quotas are
   * enforced.
   *
   * @param mixed of every kind, in all regions
   * @param alike REST APIs besides, in the largest region
   * @param routes of each of those
   */
  public record Apis(int mixed, int alike, int routes) {
    public static final Apis NONE = new Apis(0, 0, 0);
  }

  /** Starts it with all instances in us-east-1, every page full, and no distance to it. */
  public static SampleProcess start(Path root, int instances) throws IOException {
    return start(root, instances, 1, Distance.NONE);
  }

  /** Starts it without APIs. */
  public static SampleProcess start(Path root, int instances, int regions, Distance distance)
      throws IOException {
    return start(root, instances, regions, distance, Apis.NONE);
  }

  /** Starts it. */
  public static SampleProcess start(
      Path root, int instances, int regions, Distance distance, Apis apis) throws IOException {
    return new SampleProcess(
        new ChildJvm(
            Jvm.command(
                List.of("-Xmx1g", "-XX:+UseParallelGC"),
                SampleProcess.class,
                List.of(
                    root.toString(),
                    Integer.toString(instances),
                    Integer.toString(regions),
                    distance.name(),
                    Integer.toString(apis.mixed),
                    Integer.toString(apis.alike),
                    Integer.toString(apis.routes)))));
  }

  /** Who is in it. */
  public Customer customer() {
    return customer;
  }

  /**
   * How many requests it has answered since it was asked last; the log that it keeps holds 10,000.
   */
  public int requests() throws IOException {
    return Integer.parseInt(child.ask(REQUESTS));
  }

  /** How hard it was asked since its requests were counted last; of at most 10,000 requests. */
  public Pressure pressure() throws IOException {
    return Json.read(child.ask(PRESSURE), Pressure.class);
  }

  @Override
  public void close() {
    child.close();
  }

  /**
   * Prints how to get in, then answers each line with one. Ends with its parent: when its input
   * does.
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Apis apis =
        new Apis(Integer.parseInt(args[4]), Integer.parseInt(args[5]), Integer.parseInt(args[6]));
    boolean audit = !apis.equals(Apis.NONE);
    try (SampleAws aws =
        SampleAws.start(
            SampleConfig.defaults()
                .withInstances(Integer.parseInt(args[1]))
                .withRegions(Integer.parseInt(args[2]))
                .withLatency(Distance.valueOf(args[3]).latency())
                .withApis(apis.mixed)
                .withRestApis(apis.alike, apis.routes)
                .withApiQuotas(audit)
                .withUnevenPages(false))) {
      Customer customer = launch(aws, root, audit ? Tier.AUDIT : Tier.MINIMAL);
      System.out.println(String.join(" ", customer.arguments()));
      System.out.flush();
      ChildJvm.serve(
          System.out,
          line -> {
            if (line.equals(PRESSURE)) {
              return Json.write(Pressure.of(aws.requests().all()));
            }
            int requests = aws.requests().all().size();
            aws.requests().clear();
            return Integer.toString(requests);
          });
    }
    System.exit(0);
  }

  /** Launches the customers' template of the minimal tier into the sample's customer account. */
  public static Customer launch(SampleAws aws, Path root) throws IOException {
    return launch(aws, root, Tier.MINIMAL);
  }

  private static Customer launch(SampleAws aws, Path root, Tier tier) throws IOException {
    ExternalId externalId = ExternalId.random(new SecureRandom());
    String role =
        aws.launch(
            aws.customerAccountId(),
            root.resolve("customer/" + tier.name().toLowerCase(Locale.ROOT) + "-role.yaml"),
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
