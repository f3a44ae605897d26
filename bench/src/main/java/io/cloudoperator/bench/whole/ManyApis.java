package io.cloudoperator.bench.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.region.Customer;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.SampleCustomer;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.LoggedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Table h.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html">Quotas of
 *     API Gateway</a>
 */
public final class ManyApis {
  private static final String TIME = "a scan";
  private static final String UNREAD = "sources not read";
  private static final String WRITES = "write units";
  private static final String COST = "its cost";
  private static final String THROTTLED = "throttled answers";
  private static final String RESOURCES = "GetResources of a region in any 2 s, at most";
  private static final int INSTANCES = 1200;
  private static final int MIXED = 60;
  private static final int ALIKE = 500;
  private static final int ROUTES = 50;
  private static final String FEW = "%d APIs".formatted(MIXED);
  private static final String MANY = "%d and %d APIs".formatted(MIXED, ALIKE);

  private static final int MOST_ALIKE = 5_000;
  private static final int FEW_ROUTES = 10;
  private static final int FUNCTIONS = 20_000;
  private static final String FIRST = "%,d APIs and %,d functions".formatted(MOST_ALIKE, FUNCTIONS);
  private static final String NEXT = "the next scan of these";

  /** TimeoutSeconds of the state machine: what takes longer ends without a snapshot. */
  private static final double LONGEST_SECONDS = 295;

  private ManyApis() {}

  public static Result measure(Pass pass) throws Exception {
    Result result = new Result(List.of(FEW, MANY, FIRST, NEXT));
    long routes = scan(pass, List.of(FEW), distant(), 2, result);
    if (!pass.quick()) {
      SampleConfig many = distant().withRestApis(ALIKE, ROUTES);
      if (scan(pass, List.of(MANY), many, 0, result) != routes + ALIKE * ROUTES) {
        throw new IOException("not all routes are in the inventory");
      }
      SampleConfig more = distant().withRestApis(MOST_ALIKE, FEW_ROUTES).withFunctions(FUNCTIONS);
      scan(pass, List.of(FIRST, NEXT), more, 0, result);
    }
    result.row(WRITES, "").figure(FEW, Bar.atMost(200));
    result.row(COST, "µ$").figure(FEW, Bar.atMost(250));
    result.row(UNREAD, "").figure(MANY, Bar.atMost(0));
    for (String subject : List.of(MANY, FIRST, NEXT)) {
      result.row(TIME, "s").figure(subject, Bar.atMost(LONGEST_SECONDS));
      result.row(THROTTLED, "").figure(subject, Bar.atMost(0));
      result.row(RESOURCES, "").figure(subject, Bar.atMost(5));
    }
    return result.notes(
        """
        From the request over HTTP to the end of the state machine, whose limit is %.0f s; Lambda's are enforced too.
        %d APIs are of every kind and in all regions; the %d besides are REST APIs of %d routes each, all in the largest region.
        Of the %,d REST APIs of %d routes and %,d functions in one region a scan reads what its pace allows: the next goes on with the others.
        The sample AWS enforces API Gateway's quotas of its control plane: 10 requests a second after a burst of 40, GetResources 5 in 2 s.
        Each region is as far away as it is from us-east-1; connections to it take two round trips more, for the services of the minimal tier.
        The first column is a scan of a warm backend; the second the first of its JVM, for it waits for its pace, not for the machine.
        Heap is what was used at most, garbage included, of 1 GB; with DynamoDB Local, the stream and the trimming in the same JVM.
        """,
        LONGEST_SECONDS, MIXED, ALIKE, ROUTES, MOST_ALIKE, FEW_ROUTES, FUNCTIONS);
  }

  private static SampleConfig distant() {
    return WholeScan.distant(INSTANCES).withApis(MIXED).withApiQuotas(true);
  }

  /** Scans an account for each subject; returns how many routes are in the last inventory. */
  private static long scan(
      Pass pass, List<String> subjects, SampleConfig account, int warmUp, Result result)
      throws Exception {
    long routes = 0;
    try (SampleCustomer sample = Customer.sample(account);
        Backend backend =
            new Backend(pass, new Backend.Design(Customer.of(sample, Tier.AUDIT), Tier.AUDIT))) {
      WholeScan.warm(pass, backend, warmUp);
      for (String subject : subjects) {
        sample.aws().requests().clear();
        pass.say("%s", subject);
        MeasuredScan scan = WholeScan.whole(backend);
        JsonNode apis = scan.snapshot().path("apis");
        routes = sum(apis.path("routes"));
        pass.say("%.1f s; %s", scan.millis() / 1000, apis);
        add(new Prices(pass.root()), scan, sample.aws().requests().all(), subject, result);
        if (sum(apis.path("apis")) < sample.aws().customer().apis() - FUNCTIONS / 20) {
          throw new IOException("these are the APIs in the inventory: " + apis);
        }
      }
    }
    return routes;
  }

  private static void add(
      Prices prices,
      MeasuredScan scan,
      List<LoggedRequest> requests,
      String subject,
      Result result) {
    JsonNode apis = scan.snapshot().path("apis");
    List<LoggedRequest> throttled =
        those(requests, each -> each.status() == 429 || each.status() == 503);
    List<LoggedRequest> gateway = those(requests, each -> each.service().equals("apigateway"));
    List<LoggedRequest> resources = those(gateway, each -> each.operation().equals("GetResources"));
    result.add(TIME, "s", subject, scan.millis() / 1000);
    result.add("APIs in the inventory", "", subject, sum(apis.path("apis")));
    result.add("routes in the inventory", "", subject, sum(apis.path("routes")));
    result.add("sources read", "", subject, apis.path("sourcesRead").asLong());
    result.add(UNREAD, "", subject, apis.path("unread").size());
    result.add("REST APIs left for the next scans", "", subject, left(apis, "rest_apis"));
    result.add("functions left for the next scans", "", subject, left(apis, "function_urls"));
    result.add("requests to AWS", "", subject, requests.size());
    result.add("of these to API Gateway", "", subject, gateway.size());
    result.add(THROTTLED, "", subject, throttled.size());
    long second = most(gateway, Duration.ofSeconds(1));
    result.add("API Gateway in a region in any second, at most", "", subject, second);
    result.add(RESOURCES, "", subject, most(resources, Duration.ofSeconds(2)));
    int bytes = scan.inventory().stream().mapToInt(Integer::intValue).sum();
    result.add("inventory in DynamoDB", "KB", subject, bytes / 1e3);
    result.add("items of it", "", subject, scan.inventory().size());
    result.add("heap", "MB", subject, scan.heapMegabytes());
    result.add(WRITES, "", subject, scan.writes());
    result.add("as DynamoDB Local counts them", "", subject, scan.writesSaid());
    result.add("read units", "", subject, scan.reads());
    result.add(COST, "µ$", subject, Prices.sum(prices.express(scan)));
    result.add("resident, with DynamoDB Local", "MB", subject, scan.residentMegabytes());
  }

  private static long left(JsonNode apis, String service) {
    return StreamSupport.stream(apis.path("unread").spliterator(), false)
        .filter(unread -> unread.path("service").asText().equals(service))
        .mapToLong(unread -> unread.at("/left/items").asLong())
        .sum();
  }

  private static List<LoggedRequest> those(
      List<LoggedRequest> requests, Predicate<LoggedRequest> which) {
    return requests.stream().filter(which).toList();
  }

  private static long sum(JsonNode counts) {
    return StreamSupport.stream(counts.spliterator(), false).mapToLong(JsonNode::asLong).sum();
  }

  /** The most requests of one region within any window of this length. */
  private static long most(List<LoggedRequest> requests, Duration window) {
    return requests.stream()
        .mapToLong(last ->
            requests.stream()
                .filter(each -> each.region().equals(last.region()))
                .filter(each -> !each.time().isAfter(last.time()))
                .filter(each -> each.time().isAfter(last.time().minus(window)))
                .count())
        .max()
        .orElse(0);
  }
}
