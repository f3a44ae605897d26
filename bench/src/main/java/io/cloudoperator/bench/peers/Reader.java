package io.cloudoperator.bench.peers;

import io.cloudoperator.access.CustomerSession;
import io.cloudoperator.access.StsCustomerAccess;
import io.cloudoperator.bench.customer.Customer;
import io.cloudoperator.scan.BucketCounts;
import io.cloudoperator.scan.InstanceCounts;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * What the peers do, with the classes that a scan reads with: assumes the role, reads every enabled
 * region and the buckets at once, prints the counts as lines.
 */
public final class Reader {
  /** Before a state's and a family's count, in what it prints. */
  static final String STATE = "state";

  static final String FAMILY = "family";

  private Reader() {}

  /** Takes a customer. */
  public static void main(String[] args) throws ExecutionException, InterruptedException {
    Customer customer = Customer.of(args);
    StringBuilder out = new StringBuilder();
    try (SdkHttpClient http = StsCustomerAccess.httpClient();
        StsClient sts = customer.sts(http);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CustomerSession session = customer.session(sts, http);
      Future<BucketCounts> buckets =
          threads.submit(() -> complete(session.scanBuckets().outcome().buckets()));
      Map<RegionName, Future<InstanceCounts>> regions = new LinkedHashMap<>();
      for (CustomerSession.Region region : complete(session.regions())) {
        if (region.enabled()) {
          regions.put(
              region.name(),
              threads.submit(
                  () -> complete(session.scanRegion(region.name()).outcome().instances())));
        }
      }
      for (Map.Entry<RegionName, Future<InstanceCounts>> region : regions.entrySet()) {
        InstanceCounts counts = region.getValue().get();
        String name = region.getKey().value();
        counts.byState().forEach((state, n) -> line(out, STATE, name, state, n));
        counts.byFamily().forEach((family, n) -> line(out, FAMILY, family, n));
      }
      line(out, "buckets", buckets.get().total());
    }
    System.out.print(out);
  }

  private static void line(StringBuilder out, Object... words) {
    out.append(String.join(" ", List.of(words).stream().map(Object::toString).toList()))
        .append('\n');
  }

  private static <T> T complete(Reading<T> reading) {
    return switch (reading) {
      case Reading.Complete<T>(var value) -> value;
      case Reading.Unread<T> unread -> throw new IllegalStateException("" + unread);
    };
  }
}
