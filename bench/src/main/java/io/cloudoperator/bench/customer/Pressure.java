package io.cloudoperator.bench.customer;

import io.cloudoperator.sample.control.LoggedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How hard API Gateway's control plane was asked.
 *
 * @param requests to API Gateway, in all regions
 * @param throttled of all services
 * @param mostInASecond requests to API Gateway of one region in any second
 * @param mostResourcesInTwoSeconds GetResources of one region in any two seconds, of which AWS
 *     answers five
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html">Quotas of
 *     API Gateway</a>
 */
public record Pressure(
    int requests, int throttled, int mostInASecond, int mostResourcesInTwoSeconds) {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  /** Of these requests. */
  static Pressure of(List<LoggedRequest> log) {
    List<LoggedRequest> gateway =
        log.stream().filter(request -> request.service().equals("apigateway")).toList();
    return new Pressure(
        gateway.size(),
        (int)
            log.stream()
                .filter(request ->
                    request.status() == TOO_MANY_REQUESTS || request.status() == UNAVAILABLE)
                .count(),
        most(gateway, Duration.ofSeconds(1)),
        most(
            gateway.stream().filter(each -> each.operation().equals("GetResources")).toList(),
            Duration.ofSeconds(2)));
  }

  /** The most requests of one region within any window of this length. */
  private static int most(List<LoggedRequest> requests, Duration window) {
    Map<String, List<Instant>> times = new HashMap<>();
    for (LoggedRequest request : requests) {
      times.computeIfAbsent(request.region(), _ -> new ArrayList<>()).add(request.time());
    }
    int most = 0;
    for (List<Instant> region : times.values()) {
      Collections.sort(region);
      int from = 0;
      for (int to = 0; to < region.size(); to++) {
        while (!region.get(from).plus(window).isAfter(region.get(to))) {
          from++;
        }
        most = Math.max(most, to - from + 1);
      }
    }
    return most;
  }
}
