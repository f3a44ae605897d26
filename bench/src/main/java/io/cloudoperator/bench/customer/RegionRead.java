package io.cloudoperator.bench.customer;

import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.StsRoleSessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
 * @param took the whole process
 */
public record RegionRead(double millis, int resident, Duration took) {
  /** Our reader. */
  public static final String OURS = "ours";

  /** The SDK's own client: page by page, and no page is kept. */
  public static final String SDK = "ec2 module";

  private static final int PAGE = 1000;

  /**
   * Lets one of them read; empty if it did not end well in time.
   *
   * @param options of its JVM
   * @throws IOException if it read another number of instances
   */
  public static Optional<RegionRead> of(
      Customer customer, String who, int instances, List<String> options, Duration longest)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(Jvm.command(options, RegionRead.class, customer.arguments(who)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] words = said.strip().split(" ", -1);
      if (process.exitValue() != 0 || words.length != 3) {
        return Optional.empty();
      }
      if (Long.parseLong(words[0]) != instances) {
        throw new IOException(who + " read " + words[0] + " instances");
      }
      return Optional.of(
          new RegionRead(Double.parseDouble(words[1]), Integer.parseInt(words[2]), took));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Takes a customer, and who is to read. */
  public static void main(String[] args) {
    Customer customer = Customer.of(args);
    try (SdkHttpClient http = StsRoleSessions.httpClient();
        StsClient sts = customer.sts(http)) {
      long[] found =
          args[args.length - 1].equals(OURS) ? ours(customer, sts, http) : sdk(customer, sts, http);
      long resident = Jvm.peakResidentMegabytes(ProcessHandle.current().pid()).orElse(0);
      System.out.println(found[0] + " " + found[1] / 1e6 + " " + resident);
    }
  }

  private static long[] ours(Customer customer, StsClient sts, SdkHttpClient http) {
    RoleSession session = customer.session(sts, http);
    long began = System.nanoTime();
    Reading<Counts> read = session.scanRegion(new RegionName("us-east-1")).outcome().instances();
    long took = System.nanoTime() - began;
    return switch (read) {
      case Reading.Complete<Counts>(var counts, var _) -> new long[] {counts.total(), took};
      case Reading.Unread<Counts> unread -> throw new IllegalStateException("" + unread);
    };
  }

  private static long[] sdk(Customer customer, StsClient sts, SdkHttpClient http) {
    AwsSessionCredentials credentials = customer.assumeRole(sts);
    long began = System.nanoTime();
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
    return new long[] {
      byType.values().stream().mapToLong(Long::longValue).sum(), System.nanoTime() - began
    };
  }
}
