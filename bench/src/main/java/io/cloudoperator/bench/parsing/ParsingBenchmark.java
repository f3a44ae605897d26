package io.cloudoperator.bench.parsing;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.StsRoleSessions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.sts.StsClient;

/** Reads the page of the file that the property {@code bench.page} names. Run by JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ParsingBenchmark {
  static final String PAGE = "bench.page";

  private static final RegionName REGION = new RegionName("us-east-1");

  private final byte[] page;
  private final StsClient sts;
  private final CannedHttp http;
  private final Ec2Client ec2;
  private RoleSession session;

  /** Reads the file. */
  public ParsingBenchmark() {
    try {
      page = Files.readAllBytes(Path.of(System.getProperty(PAGE)));
    } catch (IOException e) {
      throw new IllegalStateException("there is no page", e);
    }
    http = new CannedHttp(page);
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIABENCH", "secret"));
    sts =
        StsClient.builder()
            .httpClient(http)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .build();
    ec2 =
        Ec2Client.builder()
            .httpClient(http)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .build();
    session = assume();
  }

  /**
   * A session remembers its calls: none lives longer than an iteration, as none outlives a scan.
   */
  @Setup(Level.Iteration)
  public void beginSession() {
    session = assume();
  }

  private RoleSession assume() {
    AssumeRoleResult assumption =
        new StsRoleSessions(sts, http, Optional.empty(), InstantSource.system(), _ -> {})
            .assume(
                new RoleArn("arn:aws:iam::444455556666:role/CloudOperatorReadOnly"),
                Optional.empty(),
                "bench",
                Tier.MINIMAL);
    return switch (assumption) {
      case AssumeRoleResult.Granted granted -> granted.session();
      case AssumeRoleResult refused -> throw new IllegalStateException("not assumed: " + refused);
    };
  }

  /** The floor: the bytes are read, and nothing is made of them. */
  @Benchmark
  public long drain() throws IOException {
    byte[] buffer = new byte[16_384];
    long bytes = 0;
    try (InputStream in = CannedHttp.body(page)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return bytes;
  }

  /** A whole region read, with the making of its client: what the scanner does. */
  @Benchmark
  public long ours() {
    return switch (session.scanRegion(REGION).outcome().instances()) {
      case Reading.Complete<Counts>(var counts, var _) -> checked(counts.total());
      case Reading.Unread<Counts> unread -> throw new IllegalStateException("" + unread);
    };
  }

  /** The same page with the SDK's ec2 client, which is made once. */
  @Benchmark
  public long sdk() {
    DescribeInstancesResponse answer =
        ec2.describeInstances(request -> request.maxResults(Page.INSTANCES));
    return checked(answer.reservations().stream().mapToLong(each -> each.instances().size()).sum());
  }

  private static long checked(long instances) {
    if (instances != Page.INSTANCES) {
      throw new IllegalStateException(instances + " instances were read");
    }
    return instances;
  }
}
