package io.cloudoperator.bench.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import io.cloudoperator.bench.customer.Customer;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
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
import io.cloudoperator.store.DynamoConnectionStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The whole backend in a JVM of its own, which scans the account that it is given as often as it is
 * told: {@code scan}, or {@code due} and a number of connections, or {@code kept}; each answer is a
 * line of JSON. It ends with its parent: when its input does.
 */
public final class BackendMain implements AutoCloseable {
  /** A system property: how many scanners work at once. */
  static final String SCANNERS = "cloudoperator.bench.scanners";

  /** A system property: the tier of its connections. */
  static final String TIER = "cloudoperator.bench.tier";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int PARAMETERS_FROM = 5;

  private final BlockingQueue<Execution> ended = new LinkedBlockingQueue<>();
  private final LocalBackend backend;
  private final RoleArn role;
  private final ConnectionStore connections;
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final List<ConnectionId> due = new ArrayList<>();
  private final List<Execution> executions = new ArrayList<>();
  private Optional<ConnectionId> first = Optional.empty();

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
    connections =
        new DynamoConnectionStore(backend.database().client(), backend.table("ConnectionsTable"));
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
    try (BackendMain main = new BackendMain(Customer.of(args), parameters);
        BufferedReader asked =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = asked.readLine(); line != null; line = asked.readLine()) {
        String[] words = line.split(" ", -1);
        Object answer =
            switch (words[0]) {
              case "due" -> main.due(Integer.parseInt(words[1]));
              case "kept" -> main.kept();
              default -> main.scan();
            };
        out.println(Json.write(answer));
        out.flush();
      }
    }
    System.exit(0);
  }

  /** One scan, on demand. */
  private Answer scan() throws Exception {
    if (first.isEmpty()) {
      first = Optional.of(connect("bench"));
    }
    ConnectionId id = first.get();
    try (ApiClient api = client("bench")) {
      return measured(
          1,
          () -> {
            JsonNode begun = api.post("/connections/" + id.value() + "/scans", Map.of());
            await(1);
            JsonNode scan =
                api.get("/connections/" + id.value() + "/scans/" + begun.path("scanId").asText());
            if (!scan.path("status").asText().equals("concluded")) {
              throw new IOException("the scan ended otherwise: " + scan);
            }
            return scan.path("snapshot");
          });
    }
  }

  private Kept kept() {
    return Kept.of(backend, new TenantId("bench"), first.orElseThrow());
  }

  /** As many connections due at once, each of a tenant of its own: one account has one. */
  private Answer due(int count) throws Exception {
    while (due.size() < count) {
      String tenant = "bench-" + due.size();
      due.add(connect(tenant));
      try (ApiClient api = client(tenant)) {
        api.put("/connections/" + due.getLast().value() + "/schedule", Map.of("schedule", "daily"));
      }
    }
    Instant now = Instant.now();
    for (int i = 0; i < count; i++) {
      Connection connection =
          connections.find(new TenantId("bench-" + i), due.get(i), now).orElseThrow();
      if (connections.save(connection, connection.dueAt(now)) != ConnectionStore.Saved.SAVED) {
        throw new IOException("a connection changed while nobody worked");
      }
    }
    return measured(
        count,
        () -> {
          int started = 0;
          while (started < count) {
            JsonNode tally =
                Json.MAPPER.readTree(backend.functions().invoke("DueScansFunction", "{}"));
            if (tally.path("started").asInt() == 0) {
              throw new IOException("of " + count + " only " + started + " started: " + tally);
            }
            started += tally.path("started").asInt();
          }
          await(count);
          return Json.MAPPER.createObjectNode();
        });
  }

  private void await(int count) throws IOException, InterruptedException {
    executions.clear();
    for (int i = 0; i < count; i++) {
      Execution execution = ended.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (execution == null || execution.status() != Execution.Status.SUCCEEDED) {
        throw new IOException("an execution did not succeed: " + execution);
      }
      if (!execution.output().contains("concluded")) {
        throw new IOException("a scan did not end well: " + execution.output());
      }
      executions.add(execution);
    }
  }

  private interface Work {
    JsonNode done() throws Exception;
  }

  private Answer measured(int scans, Work work) throws Exception {
    backend.settled();
    Usage _ = Meter.taken();
    long cpu = machine.getProcessCpuTime();
    long begun = System.nanoTime();
    JsonNode snapshot = work.done();
    double millis = (lastEnd() - begun) / 1e6;
    backend.settled();
    double cpuMillis = (machine.getProcessCpuTime() - cpu) / 1e6;
    return new Answer(
        millis,
        executions.stream()
            .mapToDouble(each -> Duration.between(each.started(), each.ended()).toNanos() / 1e6)
            .sum(),
        executions.stream().mapToInt(each -> each.steps().size()).sum(),
        scans,
        snapshot,
        cpuMillis,
        scans == 1 ? Meter.taken() : Meter.taken().withoutSpans());
  }

  /** When the last execution ended, as {@link System#nanoTime} tells it. */
  private long lastEnd() {
    Instant last = executions.stream().map(Execution::ended).max(Instant::compareTo).orElseThrow();
    return System.nanoTime() - Duration.between(last, Instant.now()).toNanos();
  }

  private ConnectionId connect(String tenant) throws Exception {
    try (ApiClient api = client(tenant)) {
      String tier = System.getProperty(TIER, "minimal");
      String id =
          api.post("/connections", Map.of("name", "bench", "tier", tier)).path("id").asText();
      api.put("/connections/" + id + "/role", Map.of("roleArn", role.value()));
      return new ConnectionId(id);
    }
  }

  private ApiClient client(String tenant) {
    return new ApiClient(backend.url(), backend.token(tenant));
  }

  @Override
  public void close() {
    backend.close();
  }
}
