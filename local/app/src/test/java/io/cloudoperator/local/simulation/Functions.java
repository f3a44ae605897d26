package io.cloudoperator.local.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connect.ConnectHandler;
import io.cloudoperator.connect.VerifyHandler;
import io.cloudoperator.dispatch.DueScansHandler;
import io.cloudoperator.dispatch.StartScanHandler;
import io.cloudoperator.local.simulation.Weather.FunctionFault;
import io.cloudoperator.local.simulation.machine.Machine;
import io.cloudoperator.platform.lambda.HostedFunction;
import io.cloudoperator.platform.states.LambdaServiceException;
import io.cloudoperator.query.QueryHandler;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.scanner.ConcludeHandler;
import io.cloudoperator.scanner.PlanHandler;
import io.cloudoperator.scanner.ScanRegionsHandler;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.StsRoleSessions;
import io.cloudoperator.trim.TrimHandler;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;

/**
 * Lambda: today's handlers, made as they are deployed. An instance has one invocation at a time and
 * is used again for the next; one that is killed, or runs out of time, is gone with all that it had
 * begun.
 */
final class Functions {
  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  /** What it is asked and answers may name what is the customer's own. */
  private static final Set<String> TO_CUSTOMERS = Set.of("ConnectFunction");

  /** Milliseconds at most until an event comes once more. */
  private static final int[] LATENESS = {10, 100, 1_000, 10_000, 60_000};

  private final World world;
  private final Map<String, Deque<HostedFunction>> idle = new HashMap<>();
  private final List<Invocation> running = new ArrayList<>();
  private @Nullable AwsClients clients;
  private int killed;
  private int invoked;
  private int toCome;

  Functions(World world) {
    this.world = world;
  }

  /** One invocation: a process of its own. */
  private final class Invocation {
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final Machine.Program process;
    private final boolean ofOlderRelease = world.twoReleases() && world.chance(0.3);

    Invocation(String function, String event) {
      running.add(this);
      process = world.machine().start(function + "-" + ++invoked, () -> run(function, event));
    }

    private void run(String function, String event) {
      Deque<HostedFunction> instances = idle.computeIfAbsent(function, _ -> new ArrayDeque<>());
      HostedFunction instance =
          Optional.ofNullable(instances.pollFirst()).orElseGet(() -> instance(function));
      try {
        String result = instance.invoke(event);
        if (!TO_CUSTOMERS.contains(function)) {
          world.tell("the answer of " + function, result);
        }
        answer.complete(result);
      } catch (LinkageError e) {
        throw new IllegalStateException("the simulation itself is broken", e);
      } catch (Exception | StackOverflowError e) {
        answer.completeExceptionally(e);
      }
      instances.push(instance);
      running.remove(this);
    }

    private void kill(String why) {
      if (running.remove(this)) {
        killed++;
        world.trace(process + " killed: " + why);
        answer.completeExceptionally(new InternalError(why));
        world.machine().kill(process);
      }
    }
  }

  /** How many invocations were killed. */
  int killed() {
    return killed;
  }

  boolean idle() {
    return running.isEmpty() && toCome == 0;
  }

  /** Whether the current thread is of an instance of the release before this one. */
  boolean ofOlderRelease() {
    Machine.Program process = Machine.process();
    return running.stream().anyMatch(each -> each.process == process && each.ofOlderRelease);
  }

  /** Kills the invocation that the current thread is of, if that is its fate. */
  void maybeKilled(FunctionFault which) {
    Machine.Program process = Machine.process();
    if (running.stream().anyMatch(each -> each.process == process)
        && world.weather().function().filter(which::equals).isPresent()) {
      running.stream()
          .filter(each -> each.process == process)
          .findFirst()
          .ifPresent(each -> each.kill(which.name()));
    }
  }

  /**
   * Invokes a function and waits for its answer, as {@code FunctionInvoker} says.
   *
   * @throws LambdaServiceException if Lambda does not take the invocation
   */
  String invoke(String function, String event) throws Exception {
    if (!TO_CUSTOMERS.contains(function)) {
      world.tell("an event of " + function, event);
    }
    Optional<FunctionFault> fault = world.weather().function();
    if (fault.filter(FunctionFault.REFUSED::equals).isPresent()) {
      world.trace(function + " refused");
      throw new LambdaServiceException("Lambda.TooManyRequestsException", "Rate exceeded");
    }
    Invocation invocation = begin(function, event);
    if (fault.filter(FunctionFault.TWICE::equals).isPresent()) {
      world.trace(function + " twice");
      again(function, event);
    }
    try {
      return invocation.answer.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception failure -> throw failure;
        case Error failure -> throw failure;
        case null -> throw e;
        default -> throw e;
      }
    }
  }

  /** The same event once more: between two steps of the first invocation, or long after it. */
  private void again(String function, String event) {
    int magnitude = LATENESS[world.random().nextInt(LATENESS.length)];
    Duration late = Duration.ofMillis(world.random().nextInt(magnitude));
    toCome++;
    world
        .machine()
        .start(
            "again",
            () -> {
              world.sleep(late);
              begin(function, event);
              toCome--;
            });
  }

  private Invocation begin(String function, String event) {
    Invocation invocation = new Invocation(function, event);
    Duration timeout = world.deployment().timeout(function);
    world
        .machine()
        .start(
            "timeout",
            () -> {
              world.sleep(timeout);
              invocation.kill("timed out");
            });
    return invocation;
  }

  private HostedFunction instance(String function) {
    Wiring wiring = wiring(function);
    RequestStreamHandler handler =
        switch (function) {
          case "ConnectFunction" -> new ConnectHandler(wiring);
          case "VerifyFunction" -> new VerifyHandler(wiring);
          case "QueryFunction" -> new QueryHandler(wiring);
          case "StartScanFunction" -> new StartScanHandler(wiring);
          case "DueScansFunction" -> new DueScansHandler(wiring);
          case "PlanFunction" -> new PlanHandler(wiring);
          case "ScanRegionsFunction" -> new ScanRegionsHandler(wiring);
          case "ConcludeFunction" -> new ConcludeHandler(wiring);
          case "TrimFunction" -> new TrimHandler(wiring);
          default -> throw new IllegalStateException("there is no function " + function);
        };
    return new HostedFunction(function, world.deployment().timeout(function), handler);
  }

  Wiring wiring(String function) {
    Settings settings = world.deployment().settings(function);
    if (clients == null) {
      clients = new SimulatedClients(settings);
    }
    return world.bug().wiring(world, settings, clients, Telemetry.logsOnly());
  }

  /** As deployed, but over a network that is not there: what differs, each kind of run shares. */
  static class SimulatedWiring extends Wiring {
    private final World world;

    SimulatedWiring(World world, Settings settings, AwsClients clients, Telemetry telemetry) {
      super(settings, clients, telemetry);
      this.world = world;
    }

    final World world() {
      return world;
    }

    @Override
    public RoleSessions roleSessions() {
      Sleeper sleeper = sleeper();
      Optional<URI> endpoint = settings().customerEndpointUrl();
      return new StsRoleSessions(
          CustomerClients.sts(clients(), world.network(), endpoint),
          world.network(),
          endpoint,
          clock(),
          sleeper);
    }
  }

  private final class SimulatedClients extends AwsClients {
    private final DynamoDbClient dynamoDb;

    SimulatedClients(Settings settings) {
      super(settings);
      dynamoDb = configured(DynamoDbClient.builder().httpClient(http())).build();
    }

    @Override
    public SdkHttpClient http() {
      return world.network();
    }

    @Override
    public DynamoDbClient dynamoDb() {
      return dynamoDb;
    }

    @Override
    public <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
      String host =
          switch ((Object) builder) {
            case DynamoDbClientBuilder _ -> Network.TABLES;
            case SfnClientBuilder _ -> Network.STATES;
            case EventBridgeClientBuilder _ -> Network.EVENTS;
            default -> Network.SAMPLE;
          };
      AccessKey key = world.sample().brokerCredentials();
      B configured = super.configured(builder);
      return configured
          .overrideConfiguration(
              configured.overrideConfiguration().toBuilder()
                  .defaultProfileFile(NO_PROFILES)
                  .defaultProfileName("none")
                  .build())
          .endpointOverride(URI.create("http://" + host))
          .defaultsMode(DefaultsMode.LEGACY)
          .fipsEnabled(false)
          .dualstackEnabled(false)
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())));
    }
  }
}
