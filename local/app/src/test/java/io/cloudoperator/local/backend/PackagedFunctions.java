package io.cloudoperator.local.backend;

import com.sun.net.httpserver.HttpExchange;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.RawTemplate;
import io.cloudoperator.platform.LoopbackServer;
import io.cloudoperator.platform.lambda.HostedFunction;
import io.cloudoperator.platform.lambda.InvocationContext;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions as they are packaged, each in processes of its own on exactly what its artifact
 * holds, with the environment that template.yaml gives it and the endpoints of a backend.
 */
final class PackagedFunctions implements AutoCloseable {
  private static final RawTemplate TEMPLATE = RawTemplate.of("template.yaml");
  private static final Map<String, String> MODULES =
      Map.of(
          "ConnectFunction", "connect",
          "VerifyFunction", "connect",
          "QueryFunction", "query",
          "StartScanFunction", "dispatch",
          "DueScansFunction", "dispatch",
          "PlanFunction", "scanner",
          "ScanRegionsFunction", "scanner",
          "ConcludeFunction", "scanner",
          "TrimFunction", "trim");

  private final Path folder;
  private final Runnable beforeStart;
  private final Map<String, Instances> instances = new ConcurrentHashMap<>();
  private final LoopbackServer states;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile Optional<LocalBackend> backend = Optional.empty();

  /**
   * Functions whose processes keep what they need, and log, in a folder.
   *
   * @param beforeStart what comes between a function's request to start the state machine and its
   *     arrival; what it throws is why it does not arrive
   */
  PackagedFunctions(Path folder, Runnable beforeStart) throws IOException {
    this.folder = folder;
    this.beforeStart = beforeStart;
    this.states = LoopbackServer.start(0, Duration.ZERO, this::startExecution);
    for (Class<?> type :
        List.of(PackagedFunction.class, HostedFunction.class, InvocationContext.class)) {
      copy(type);
    }
  }

  /** Whether `mvn package` has laid the artifacts out. */
  static boolean exist() {
    return MODULES.values().stream().allMatch(module -> Files.isDirectory(lib(module)));
  }

  /** The functions of template.yaml. */
  static Stream<String> names() {
    return MODULES.keySet().stream().sorted();
  }

  /** Where the jars of a function's artifact are. */
  static Path lib(String module) {
    return target(module).resolve("lambda/lib");
  }

  private static Path target(String module) {
    return Path.of(System.getProperty("repository.root", "."), "functions", module, "target");
  }

  /** Has them call this backend. */
  void callingBack(LocalBackend started) {
    backend = Optional.of(started);
  }

  /**
   * In a process that has nothing to do, as in Lambda; but where all are busy, a new one is started
   * only if the function has to answer before they are done.
   */
  String invoke(String function, String event) throws IOException, InterruptedException {
    return instances
        .computeIfAbsent(function, Instances::new)
        .invoke(Json.STRICT.readTree(event).toString());
  }

  /** The processes of one function. */
  private final class Instances {
    private final String function;
    private final Semaphore free;
    private final Deque<Running> idle = new ConcurrentLinkedDeque<>();
    private final Queue<Running> started = new ConcurrentLinkedQueue<>();

    Instances(String function) {
      this.function = function;
      // One is asked for a scan while it starts another.
      this.free = new Semaphore(function.equals("StartScanFunction") ? 2 : 1);
    }

    String invoke(String event) throws IOException, InterruptedException {
      free.acquire();
      try {
        Running process = Optional.ofNullable(idle.poll()).orElseGet(this::more);
        try {
          return process.invoke(event);
        } finally {
          idle.push(process);
        }
      } finally {
        free.release();
      }
    }

    private Running more() {
      Running process = start(function);
      started.add(process);
      return process;
    }

    void close() {
      started.forEach(Running::close);
    }
  }

  /** What a function has logged, and why it ended if it did. */
  String log(String function) throws IOException {
    return Files.readString(logFile(function));
  }

  private Path logFile(String function) {
    return folder.resolve(function + ".log");
  }

  private Running start(String function) {
    LocalBackend calls = backend.orElseThrow();
    String module = MODULES.getOrDefault(function, function);
    String classpath =
        String.join(
            File.pathSeparator,
            target(module).resolve("classes").toString(),
            lib(module) + "/*",
            folder.resolve("classes").toString(),
            jarOf("com.amazonaws.services.lambda.crac.Core"),
            jarOf("com.amazonaws.services.lambda.runtime.serialization.PojoSerializer"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-cp",
                classpath,
                PackagedFunction.class.getName(),
                TEMPLATE.properties(function).path("Handler").asText(),
                String.valueOf(calls.deployment().timeout(function).toSeconds()))
            .redirectError(ProcessBuilder.Redirect.appendTo(logFile(function).toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment(function, calls));
    try {
      return new Running(function, logFile(function), builder.start());
    } catch (IOException e) {
      throw new IllegalStateException(function + " does not start", e);
    }
  }

  private Map<String, String> environment(String function, LocalBackend calls) {
    Map<String, String> environment = calls.environment(function);
    environment.put("AWS_ENDPOINT_URL_SFN", states.url().toString());
    return environment;
  }

  private void startExecution(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      int status;
      byte[] answer;
      try {
        beforeStart.run();
        HttpResponse<byte[]> made =
            http.send(
                HttpRequest.newBuilder(backend.orElseThrow().statesUrl())
                    .header("X-Amz-Target", exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        status = made.statusCode();
        answer = made.body();
      } catch (RuntimeException | AssertionError | InterruptedException e) {
        status = 400;
        answer =
            Json.STRICT.writeValueAsBytes(
                Map.of("__type", "AccessDeniedException", "message", String.valueOf(e)));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** Of the test's classes only these: no dependency of ours may stand in for one of theirs. */
  private void copy(Class<?> type) throws IOException {
    String path = type.getPackageName().replace('.', '/');
    Path into = folder.resolve("classes").resolve(path);
    Files.createDirectories(into);
    List<String> names =
        Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses()))
            .map(each -> each.getName().substring(each.getPackageName().length() + 1) + ".class")
            .collect(Collectors.toList());
    for (String name : names) {
      try (InputStream content = type.getResourceAsStream(name)) {
        Files.write(into.resolve(name), content.readAllBytes());
      }
    }
  }

  private static String jarOf(String type) {
    try {
      URI place = Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(place).toString();
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    instances.values().forEach(Instances::close);
    states.close();
    http.close();
  }

  /** A process, for one invocation at a time. */
  private static final class Running {
    private final String function;
    private final Path log;
    private final Process process;
    private final OutputStream events;
    private final BufferedReader answers;

    Running(String function, Path log, Process process) {
      this.function = function;
      this.log = log;
      this.process = process;
      this.events = process.getOutputStream();
      this.answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    String invoke(String event) throws IOException {
      events.write((event + "\n").getBytes(StandardCharsets.UTF_8));
      events.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError(function + " has ended: " + Files.readString(log));
      }
      if (!line.startsWith(PackagedFunction.ANSWER)) {
        throw new IllegalStateException(function + ": " + line);
      }
      return line.substring(PackagedFunction.ANSWER.length());
    }

    void close() {
      process.destroy();
    }
  }
}
