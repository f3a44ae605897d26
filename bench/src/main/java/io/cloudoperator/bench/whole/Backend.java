package io.cloudoperator.bench.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.region.Customer;
import io.cloudoperator.bench.region.Jvm;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.states.Execution;
import io.cloudoperator.sample.data.Regions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The whole backend in a JVM of its own, which scans the account that it is given as often as it is
 * asked. It ends with its parent: when its input does.
 */
final class Backend implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final PrintStream asked;

  /**
   * What is scanned, and how.
   *
   * @param parameters of template.yaml
   * @param scanners that work at once
   */
  record Design(Customer customer, Tier tier, Map<String, String> parameters, int scanners) {
    /** As it is deployed. */
    Design(Customer customer, Tier tier) {
      this(customer, tier, Map.of(), Integer.MAX_VALUE);
    }
  }

  /** Starts one. */
  Backend(Pass pass, Design design) throws IOException {
    List<String> options =
        List.of(
            "-Xmx1g",
            "-XX:+UseParallelGC",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcloudoperator.root=" + pass.root(),
            "-Dcloudoperator.log=OFF",
            "-Dlog4j2.configurationFile=log4j2-local.xml",
            "-Daws.accessKeyId=" + design.customer().keyId(),
            "-Daws.secretAccessKey=" + design.customer().secret(),
            "-Daws.region=us-east-1",
            "-Djdk.net.hosts.file=" + hosts(pass),
            // As many idle connections to one host as a shard has threads.
            "-Dhttp.maxConnections=40");
    process =
        new ProcessBuilder(
                Jvm.command(
                    options,
                    meter(pass) + File.pathSeparator + Jvm.CLASSPATH,
                    Child.class.getName(),
                    Json.write(design)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    said = process.inputReader(StandardCharsets.UTF_8);
    asked = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Has the SDK take the meter into all of its clients, in this process only. */
  private static Path meter(Pass pass) throws IOException {
    String file = "software/amazon/awssdk/global/handlers/execution.interceptors";
    Files.writeString(pass.work("meter/" + file), Meter.class.getName());
    return pass.work("meter");
  }

  /** Every endpoint of the customer's side has a name, and all of them are the sample AWS. */
  private static Path hosts(Pass pass) throws IOException {
    Stream<String> names =
        Regions.all().stream()
            .flatMap(
                region -> Meter.CUSTOMERS.stream().map(each -> each + "." + region + Meter.SUFFIX));
    return Files.write(
        pass.work("hosts"),
        Stream.concat(Stream.of("localhost"), names).map("127.0.0.1 "::concat).toList());
  }

  /** One scan of its account, on demand. */
  MeasuredScan scan() throws IOException {
    asked.println();
    return Optional.ofNullable(said.readLine())
        .map(line -> Json.read(line, MeasuredScan.class))
        .orElseThrow(() -> new IOException("the backend ended instead of answering"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What runs there: it scans once for each line that it reads, and answers with one of JSON. */
  static final class Child {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String TENANT = "bench";

    private final BlockingQueue<Execution> ended = new LinkedBlockingQueue<>();
    private final LocalBackend backend;
    private final ApiClient api;
    private final String scans;

    private Child(Design design) throws Exception {
      RoleArn role = new RoleArn(design.customer.role());
      CustomerSide side =
          new CustomerSide.Remote(
              role,
              Optional.of(new ExternalId(design.customer.externalId())),
              Optional.empty(),
              Optional.of(Meter.named(design.customer.endpoint())),
              ProofPolicy.REQUIRE);
      backend =
          LocalBackend.start(
              new LocalBackend.Options(0, Optional.empty(), side, design.parameters),
              ended::add,
              functions -> timed(functions, new Semaphore(design.scanners, true)));
      api = new ApiClient(backend.url(), backend.token(TENANT));
      JsonNode connection = api.post("/connections", Map.of("name", "bench", "tier", design.tier));
      String path = "/connections/" + connection.path("id").asText();
      api.proveRole(path, role.value());
      scans = path + "/scans";
    }

    /**
     * Scanners wait for their turn before their time begins to count: what they share processors
     * with is then the same, however many of them a scan has.
     */
    private static FunctionInvoker timed(FunctionInvoker functions, Semaphore turns) {
      return (function, event) -> {
        boolean scanner = function.equals("ScanRegionsFunction");
        if (scanner) {
          turns.acquire();
        }
        long begun = System.nanoTime();
        try {
          return functions.invoke(function, event);
        } finally {
          Meter.invoked(function, begun);
          if (scanner) {
            turns.release();
          }
        }
      };
    }

    public static void main(String[] args) {
      PrintStream out = System.out;
      System.setOut(System.err);
      try (BufferedReader asked =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        Child child = new Child(Json.read(args[0], Design.class));
        while (asked.readLine() != null) {
          out.println(Json.write(child.scan()));
          out.flush();
        }
        System.exit(0);
      } catch (Exception e) {
        e.printStackTrace();
        System.exit(1);
      }
    }

    /** One scan, on demand. */
    private MeasuredScan scan() throws Exception {
      backend.settled();
      List<MeasuredScan.Span> _ = Meter.taken();
      long begun = System.nanoTime();
      String id = api.post(scans, Map.of()).path("scanId").asText();
      Execution execution = ended();
      JsonNode scan = api.get(scans + "/" + id);
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
          Meter.taken(),
          inventory(id),
          ManagementFactory.getMemoryPoolMXBeans().stream()
                  .filter(pool -> pool.getType() == MemoryType.HEAP)
                  .mapToLong(pool -> pool.getPeakUsage().getUsed())
                  .sum()
              / 1e6,
          Jvm.peakResidentMegabytes(ProcessHandle.current()));
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

    private List<Integer> inventory(String scan) {
      return backend
          .database()
          .client()
          .scanPaginator(request ->
              request
                  .tableName(backend.table("ScansTable"))
                  .filterExpression("begins_with(sk, :prefix)")
                  .expressionAttributeValues(
                      Map.of(":prefix", AttributeValue.fromS("apis#" + scan))))
          .items()
          .stream()
          .flatMap(item -> Optional.ofNullable(item.get("body")).stream())
          .map(body -> body.b().asByteArrayUnsafe().length)
          .toList();
    }
  }
}
