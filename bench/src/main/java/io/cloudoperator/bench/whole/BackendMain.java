package io.cloudoperator.bench.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.bench.customer.Customer;
import io.cloudoperator.bench.jvm.ChildJvm;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.states.Execution;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The whole backend in a JVM of its own, which scans the account that it is given as often as it is
 * told {@code scan}, and says what it has {@code kept}; each answer is a line of JSON. It ends with
 * its parent: when its input does.
 */
public final class BackendMain implements AutoCloseable {
  /** A system property: how many scanners work at once. */
  static final String SCANNERS = "cloudoperator.bench.scanners";

  /** A system property: the tier of its connections. */
  static final String TIER = "cloudoperator.bench.tier";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final TenantId TENANT = new TenantId("bench");
  private static final int PARAMETERS_FROM = 5;

  private final BlockingQueue<Execution> ended = new LinkedBlockingQueue<>();
  private final LocalBackend backend;
  private final RoleArn role;
  private Optional<ConnectionId> connection = Optional.empty();

  private BackendMain(Customer customer, Map<String, String> parameters) throws Exception {
    role = new RoleArn(customer.role());
    CustomerSide side =
        new CustomerSide.Remote(
            role,
            Optional.of(new ExternalId(customer.externalId())),
            Optional.empty(),
            Optional.of(Meter.named(customer.endpoint())),
            ProofPolicy.REQUIRE);
    backend =
        LocalBackend.start(
            new LocalBackend.Options(0, Optional.empty(), side, parameters),
            ended::add,
            BackendMain::timed);
  }

  /**
   * Scanners wait for their turn before their time begins to count: what they share processors with
   * is then the same, however many of them a scan has.
   */
  private static FunctionInvoker timed(FunctionInvoker functions) {
    Semaphore turns = new Semaphore(Integer.getInteger(SCANNERS, Integer.MAX_VALUE), true);
    return (function, event) -> {
      boolean scanner = function.equals("ScanRegionsFunction");
      if (scanner) {
        turns.acquire();
      }
      long begun = System.nanoTime();
      try {
        return functions.invoke(function, event);
      } finally {
        Meter.invoked(function, begun, System.nanoTime());
        if (scanner) {
          turns.release();
        }
      }
    };
  }

  /** Its arguments: the customer, then parameters of the template as {@code Name=value}. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    Map<String, String> parameters = new TreeMap<>();
    for (int i = PARAMETERS_FROM; i < args.length; i++) {
      String[] parameter = args[i].split("=", 2);
      parameters.put(parameter[0], parameter[1]);
    }
    try (BackendMain main = new BackendMain(Customer.of(args), parameters)) {
      ChildJvm.serve(out, line -> Json.write(line.equals("kept") ? main.kept() : main.scan()));
    }
    System.exit(0);
  }

  /** One scan, on demand. */
  private MeasuredScan scan() throws Exception {
    try (ApiClient api = new ApiClient(backend.url(), backend.token(TENANT.value()))) {
      if (connection.isEmpty()) {
        connection = Optional.of(connect(api));
      }
      String scans = "/connections/" + connection.get().value() + "/scans";
      backend.settled();
      Usage _ = Meter.taken();
      long begun = System.nanoTime();
      JsonNode started = api.post(scans, Map.of());
      Execution execution = ended();
      JsonNode scan = api.get(scans + "/" + started.path("scanId").asText());
      if (!scan.path("status").asText().equals("concluded")) {
        throw new IOException("the scan ended otherwise: " + scan);
      }
      long last = System.nanoTime() - Duration.between(execution.ended(), Instant.now()).toNanos();
      backend.settled();
      return new MeasuredScan(
          (last - begun) / 1e6,
          Duration.between(execution.started(), execution.ended()).toNanos() / 1e6,
          execution.steps().size(),
          scan.path("snapshot"),
          Meter.taken());
    }
  }

  private Execution ended() throws IOException, InterruptedException {
    Execution execution = ended.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (execution == null
        || execution.status() != Execution.Status.SUCCEEDED
        || !execution.output().contains("concluded")) {
      throw new IOException("an execution did not succeed: " + execution);
    }
    return execution;
  }

  private ConnectionId connect(ApiClient api) throws Exception {
    Map<String, String> asked =
        Map.of("name", "bench", "tier", System.getProperty(TIER, "minimal"));
    String id = api.post("/connections", asked).path("id").asText();
    api.put("/connections/" + id + "/role", Map.of("roleArn", role.value()));
    return new ConnectionId(id);
  }

  private Kept kept() {
    return Kept.of(backend, TENANT, connection.orElseThrow());
  }

  @Override
  public void close() {
    backend.close();
  }
}
