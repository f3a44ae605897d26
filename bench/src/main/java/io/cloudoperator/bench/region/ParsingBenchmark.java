package io.cloudoperator.bench.region;

import io.cloudoperator.session.RoleSession;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.sts.StsClient;

/** Reads the page of the file that the property {@code bench.page} names. Run by JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ParsingBenchmark {
  static final String PAGE = "bench.page";

  private static final Customer CUSTOMER =
      new Customer(
          URI.create("http://127.0.0.1"),
          "AKIABENCH",
          "secret",
          "arn:aws:iam::444455556666:role/CloudOperatorReadOnly",
          "co-0123456789abcdef0123456789abcdef");

  private final CannedHttp http;
  private final StsClient sts;
  private final Ec2Client ec2;
  private RoleSession session;

  public ParsingBenchmark() {
    try {
      http = new CannedHttp(Files.readAllBytes(Path.of(System.getProperty(PAGE))));
    } catch (IOException e) {
      throw new IllegalStateException("there is no page", e);
    }
    sts = CUSTOMER.sts(http);
    ec2 = CUSTOMER.ec2(CUSTOMER.assumeRole(sts), http);
    session = CUSTOMER.session(sts, http);
  }

  /**
   * A session remembers its calls: none lives longer than an iteration, as none outlives a scan.
   */
  @Setup(Level.Iteration)
  public void beginSession() {
    session = CUSTOMER.session(sts, http);
  }

  /** The floor: the bytes are read, and nothing is made of them. */
  @Benchmark
  public long drain() throws IOException {
    byte[] buffer = new byte[16_384];
    long bytes = 0;
    try (InputStream in = http.body()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return bytes;
  }

  /** A whole region read, with the making of its client: what the scanner does. */
  @Benchmark
  public long ours() {
    return checked(RegionRead.instances(session));
  }

  /** The same page with the SDK's ec2 client, which is made once. */
  @Benchmark
  public long sdk() {
    DescribeInstancesResponse answer =
        ec2.describeInstances(request -> request.maxResults(PageParsing.INSTANCES));
    return checked(answer.reservations().stream().mapToLong(each -> each.instances().size()).sum());
  }

  private static long checked(long instances) {
    if (instances != PageParsing.INSTANCES) {
      throw new IllegalStateException(instances + " instances were read");
    }
    return instances;
  }
}
