package io.cloudoperator.bench.region;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.StsRoleSessions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Reads a region to its end, in a JVM that has just started and has assumed the role.
 *
 * @param millis from the making of the client to the last page
 * @param resident megabytes, at most
 */
public record RegionRead(long instances, double millis, long resident) {
  /** Our reader. */
  static final String OURS = "ours";

  /** The SDK's own client: page by page, and no page is kept. */
  static final String SDK = "ec2 module";

  private static final int PAGE = 1000;

  /**
   * Lets one of them read; empty if it did not end well in time.
   *
   * @param options of its JVM
   * @throws IOException if it read another number of instances
   */
  static Optional<RegionRead> of(
      Customer customer, String who, int instances, List<String> options, Duration longest)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Jvm.command(
                    options,
                    Jvm.CLASSPATH,
                    RegionRead.class.getName(),
                    customer.endpoint().toString(),
                    customer.keyId(),
                    customer.secret(),
                    customer.role(),
                    customer.externalId(),
                    who))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] words = said.strip().split(" ", -1);
      RegionRead read =
          new RegionRead(
              Long.parseLong(words[0]), Double.parseDouble(words[1]), Long.parseLong(words[2]));
      if (read.instances != instances) {
        throw new IOException(who + " read " + read.instances + " instances");
      }
      return Optional.of(read);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Takes a customer, and who is to read. Needs nothing but what reads: its heap is measured. */
  public static void main(String[] args) {
    Customer customer = new Customer(URI.create(args[0]), args[1], args[2], args[3], args[4]);
    try (SdkHttpClient http = StsRoleSessions.httpClient();
        StsClient sts = customer.sts(http)) {
      LongSupplier reader =
          args[5].equals(OURS) ? ours(customer, sts, http) : sdk(customer, sts, http);
      long began = System.nanoTime();
      long instances = reader.getAsLong();
      double millis = (System.nanoTime() - began) / 1e6;
      long resident = Jvm.peakResidentMegabytes(ProcessHandle.current());
      System.out.println(instances + " " + millis + " " + resident);
    }
  }

  private static LongSupplier ours(Customer customer, StsClient sts, SdkHttpClient http) {
    RoleSession session = customer.session(sts, http);
    return () -> instances(session);
  }

  /**
   * How many instances us-east-1 has, by our reader.
   *
   * @throws IllegalStateException if it cannot be read
   */
  static long instances(RoleSession session) {
    return switch (session.scanRegion(new RegionName("us-east-1")).outcome().instances()) {
      case Reading.Complete<Counts>(var counts, var _) -> counts.total();
      case Reading.Unread<Counts> unread -> throw new IllegalStateException("" + unread);
    };
  }

  private static LongSupplier sdk(Customer customer, StsClient sts, SdkHttpClient http) {
    AwsSessionCredentials credentials = customer.assumeRole(sts);
    return () -> {
      Map<String, Long> byType = new HashMap<>();
      try (Ec2Client ec2 = customer.ec2(credentials, http)) {
        Optional<String> next = Optional.empty();
        do {
          String token = next.orElse(null);
          DescribeInstancesResponse page =
              ec2.describeInstances(request -> request.maxResults(PAGE).nextToken(token));
          page.reservations()
              .forEach(reservation ->
                  reservation
                      .instances()
                      .forEach(each -> byType.merge(each.instanceTypeAsString(), 1L, Long::sum)));
          next = Optional.ofNullable(page.nextToken());
        } while (next.isPresent());
      }
      return byType.values().stream().mapToLong(Long::longValue).sum();
    };
  }
}
