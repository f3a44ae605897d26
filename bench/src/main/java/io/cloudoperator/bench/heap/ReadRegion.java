package io.cloudoperator.bench.heap;

import io.cloudoperator.access.StsCustomerAccess;
import io.cloudoperator.bench.customer.Customer;
import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.scan.InstanceCounts;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Reads a region to its end. Prints how many instances there were, and the megabytes that were
 * resident at most.
 */
public final class ReadRegion {
  static final String OURS = "ours";
  static final String SDK = "sdk";

  private static final int PAGE = 1000;

  private ReadRegion() {}

  /** Takes a customer, and who is to read. */
  public static void main(String[] args) {
    Customer customer = Customer.of(args);
    try (SdkHttpClient http = StsCustomerAccess.httpClient();
        StsClient sts = customer.sts(http)) {
      long found =
          switch (args[args.length - 1]) {
            case OURS -> ours(customer, sts, http);
            case SDK -> sdk(customer, sts, http);
            default -> throw new IllegalArgumentException("nobody of that name");
          };
      long resident = Jvm.peakResidentMegabytes(ProcessHandle.current().pid()).orElse(0);
      System.out.println(found + " " + resident);
    }
  }

  private static long ours(Customer customer, StsClient sts, SdkHttpClient http) {
    Reading<InstanceCounts> read =
        customer.session(sts, http).scanRegion(new RegionName("us-east-1")).outcome().instances();
    return switch (read) {
      case Reading.Complete<InstanceCounts>(var counts) -> counts.total();
      case Reading.Unread<InstanceCounts> unread -> throw new IllegalStateException("" + unread);
    };
  }

  /** Page by page, and no page is kept: as little as can be made of the SDK's own client. */
  private static long sdk(Customer customer, StsClient sts, SdkHttpClient http) {
    Map<String, Long> byType = new HashMap<>();
    try (Ec2Client ec2 = customer.ec2(customer.assumeRole(sts), http)) {
      ec2.describeInstancesPaginator(request -> request.maxResults(PAGE))
          .reservations()
          .forEach(reservation ->
              reservation
                  .instances()
                  .forEach(each -> byType.merge(each.instanceTypeAsString(), 1L, Long::sum)));
    }
    return byType.values().stream().mapToLong(Long::longValue).sum();
  }
}
