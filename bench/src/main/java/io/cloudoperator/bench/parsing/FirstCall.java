package io.cloudoperator.bench.parsing;

import io.cloudoperator.access.CustomerSession;
import io.cloudoperator.access.StsCustomerAccess;
import io.cloudoperator.bench.customer.Customer;
import io.cloudoperator.scan.InstanceCounts;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * In a JVM that has just started and has assumed the role: makes a client and reads a region of one
 * page. Prints how many instances there were, and the milliseconds that it took.
 */
public final class FirstCall {
  static final String OURS = "ours";
  static final String SDK = "sdk";

  private FirstCall() {}

  /** Takes a customer, and who is to call. */
  public static void main(String[] args) {
    Customer customer = Customer.of(args);
    try (SdkHttpClient http = StsCustomerAccess.httpClient();
        StsClient sts = customer.sts(http)) {
      long[] found =
          switch (args[args.length - 1]) {
            case OURS -> ours(customer, sts, http);
            case SDK -> sdk(customer, sts, http);
            default -> throw new IllegalArgumentException("nobody of that name");
          };
      System.out.println(found[0] + " " + found[1] / 1e6);
    }
  }

  private static long[] ours(Customer customer, StsClient sts, SdkHttpClient http) {
    CustomerSession session = customer.session(sts, http);
    long began = System.nanoTime();
    Reading<InstanceCounts> read =
        session.scanRegion(new RegionName("us-east-1")).outcome().instances();
    long took = System.nanoTime() - began;
    return switch (read) {
      case Reading.Complete<InstanceCounts>(var counts) -> new long[] {counts.total(), took};
      case Reading.Unread<InstanceCounts> unread -> throw new IllegalStateException("" + unread);
    };
  }

  private static long[] sdk(Customer customer, StsClient sts, SdkHttpClient http) {
    AwsSessionCredentials credentials = customer.assumeRole(sts);
    long began = System.nanoTime();
    try (Ec2Client ec2 = customer.ec2(credentials, http)) {
      long instances =
          ec2
              .describeInstances(request -> request.maxResults(Page.INSTANCES))
              .reservations()
              .stream()
              .mapToLong(each -> each.instances().size())
              .sum();
      return new long[] {instances, System.nanoTime() - began};
    }
  }
}
