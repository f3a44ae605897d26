package io.cloudoperator.local.backend;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.dynamodb.StreamPump;
import io.cloudoperator.platform.dynamodb.TtlSweeper;
import io.cloudoperator.platform.events.EventsEndpoint;
import io.cloudoperator.platform.gateway.HttpApiGateway;
import io.cloudoperator.platform.gateway.JwtVerifier;
import io.cloudoperator.platform.gateway.PortInUseException;
import io.cloudoperator.platform.gateway.TokenIssuer;
import io.cloudoperator.platform.schedule.Schedules;
import io.cloudoperator.platform.states.Execution;
import io.cloudoperator.platform.states.StatesEndpoint;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.platform.template.Trigger;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.store.InterruptedRuns;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The whole backend in this JVM: what template.yaml says is what runs. Its routes, tables,
 * schedule, stream and settings are read from there, and its state machine from scan.asl.json.
 */
public final class LocalBackend implements AutoCloseable {
  private static final String AUDIENCE = "cloudoperator";
  private static final Set<String> SCOPES =
      Set.of("cloudoperator/read", "cloudoperator/write", "cloudoperator/delete");
  private static final String TABLES = "tables";
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);
  private static final Duration SWEEP = Duration.ofMinutes(5);

  private final Closer closer = new Closer();
  private final CustomerSide side;
  private final SampleCustomer sample;
  private final TokenIssuer issuer;
  private final String tenantClaim;
  private final HttpApiGateway gateway;
  private final LocalDeployment deployment;
  private final Template template;
  private final LocalDynamoDb database;
  private final FunctionHost functions;
  private final FunctionInvoker invoker;
  private final StatesEndpoint states;
  private final EventsEndpoint events;
  private final List<StreamPump> streams;
  private final InterruptedRuns runs;

  /**
   * What to start.
   *
   * @param port of the HTTP API; 0 for any that is free
   * @param data where state is kept; without it nothing outlives the process
   * @param parameters of template.yaml, over what they are on a laptop
   */
  public record Options(
      int port, Optional<Path> data, CustomerSide side, Map<String, String> parameters) {
    public Options {
      parameters = Map.copyOf(parameters);
    }

    /** With the template's own parameters. */
    public Options(int port, Optional<Path> data, CustomerSide side) {
      this(port, data, side, Map.of());
    }
  }

  /**
   * Starts it.
   *
   * @throws StartException if it cannot start for a reason that the person who starts it can mend
   */
  public static LocalBackend start(Options options) throws StartException, IOException {
    return start(options, _ -> {}, UnaryOperator.identity());
  }

  /**
   * Starts it, tells of each execution of the state machine when it has ended, and makes every
   * invocation of a function, whatever triggers it, through what {@code invocations} makes of the
   * invoker.
   */
  public static LocalBackend start(
      Options options, Consumer<Execution> executions, UnaryOperator<FunctionInvoker> invocations)
      throws StartException, IOException {
    return start(options, executions, invocations, Telemetry::logsOnly);
  }

  /** Starts it with functions that log and measure by this telemetry, which is asked for once. */
  static LocalBackend start(
      Options options,
      Consumer<Execution> executions,
      UnaryOperator<FunctionInvoker> invocations,
      Supplier<Telemetry> telemetry)
      throws StartException, IOException {
    try {
      return new LocalBackend(options, executions, invocations, telemetry);
    } catch (PortInUseException e) {
      throw new StartException(
          "Another program listens on port " + options.port() + "; choose one with --port.");
    }
  }

  private LocalBackend(
      Options options,
      Consumer<Execution> executions,
      UnaryOperator<FunctionInvoker> invocations,
      Supplier<Telemetry> telemetry)
      throws StartException, IOException {
    boolean started = false;
    try {
      side = options.side();
      Optional<AwsCredentialsProvider> broker = broker(side);
      Optional<DataFolder> data = dataFolder(options);
      BackgroundStart<LocalDynamoDb> starting =
          closer.with(BackgroundStart.start("database", () -> database(data)));
      sample = closer.with(sample(side, data));
      deployment = LocalDeployment.of(sample.aws(), side, options.parameters());
      template = deployment.template();
      events =
          closer.with(
              EventsEndpoint.start(
                  Set.of(deployment.eventBus()),
                  sample.aws().brokerAccountId(),
                  deployment.region(),
                  InstantSource.system()));
      LocalClients clients =
          new LocalClients(
              deployment.settings("ConnectFunction"),
              sample.aws(),
              () -> client(starting),
              events.url(),
              side,
              broker);
      functions = new FunctionHost(deployment, clients, side, telemetry.get());
      invoker = invocations.apply(functions::invoke);
      BackgroundStart<Streams> tables =
          closer.with(BackgroundStart.start("tables", () -> tables(starting.result(), data)));
      states = closer.with(StatesEndpoint.start(deployment.stateMachines(invoker), executions));
      functions.startScansAt(states.url());

      issuer = issuer(data, deployment.issuer());
      tenantClaim = deployment.settings("ConnectFunction").tenantClaims().claim();
      database = starting.result();
      streams = tables.result().pumps();
      runs = new InterruptedRuns(wiring("ConcludeFunction").scanTables());
      if (data.isPresent()) {
        // Those of a process that was killed: executions live in this one alone.
        runs.end();
      }
      gateway = closer.with(HttpApiGateway.start(gateway(options.port(), deployment)));
      schedules(data.isPresent() ? Duration.ZERO : SWEEP);
      started = true;
    } finally {
      if (!started) {
        closer.close();
      }
    }
  }

  /** First of all: without credentials nothing else is worth starting. */
  private static Optional<AwsCredentialsProvider> broker(CustomerSide side) throws StartException {
    return switch (side) {
      case CustomerSide.Sample _ -> Optional.empty();
      case CustomerSide.Remote remote -> Optional.of(BrokerCredentials.of(remote));
    };
  }

  private Optional<DataFolder> dataFolder(Options options) throws StartException {
    return options.data().isPresent()
        ? Optional.of(closer.with(DataFolder.take(options.data().get())))
        : Optional.empty();
  }

  private static LocalDynamoDb database(Optional<DataFolder> data) throws StartException {
    TemporaryFolder.check();
    return data.isPresent() ? data.get().open(TABLES, LocalDynamoDb::in) : LocalDynamoDb.inMemory();
  }

  /** What reads the streams of tables, each for a function of its own. */
  private record Streams(List<StreamPump> pumps) implements AutoCloseable {
    @Override
    public void close() {
      pumps.forEach(StreamPump::close);
    }
  }

  /** Makes the tables, and reads their streams from then on. */
  private Streams tables(LocalDynamoDb made, Optional<DataFolder> data)
      throws StartException, IOException {
    Collection<TableResource> wanted = template.tables();
    if (data.isPresent()) {
      data.get()
          .open(
              TABLES,
              _ -> {
                made.create(wanted);
                return wanted.size();
              });
    } else {
      made.create(wanted);
    }
    return new Streams(
        template.triggers(Trigger.TableStream.class).stream()
            .map(stream -> pump(made, stream))
            .toList());
  }

  private static DynamoDbClient client(BackgroundStart<LocalDynamoDb> starting) {
    try {
      return starting.result().client();
    } catch (StartException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SampleCustomer sample(CustomerSide side, Optional<DataFolder> data)
      throws StartException, IOException {
    CustomerSide.Sample account =
        switch (side) {
          case CustomerSide.Sample chosen -> chosen;
          // Its key still seals role references; its account is not looked at.
          case CustomerSide.Remote _ ->
              new CustomerSide.Sample(SampleConfig.defaults().withInstances(0), Set.of());
        };
    return data.isPresent()
        ? data.get().open("sample-aws", folder -> SampleCustomer.start(account, folder))
        : SampleCustomer.start(account);
  }

  private static TokenIssuer issuer(Optional<DataFolder> data, String name) throws StartException {
    if (data.isPresent()) {
      return data.get().open("issuer", folder -> issuerIn(folder, name));
    }
    Optional<Path> launcher = Repository.launcherFolder();
    if (launcher.isPresent()) {
      try {
        return issuerIn(launcher.get().resolve("issuer"), name);
      } catch (IOException _) {
        // Another user's, say: then with a key of this process.
      }
    }
    return TokenIssuer.create(name, InstantSource.system());
  }

  private static TokenIssuer issuerIn(Path folder, String name) throws IOException {
    return TokenIssuer.keptIn(folder, name, InstantSource.system());
  }

  private HttpApiGateway.Settings gateway(int port, LocalDeployment deployment) {
    Map<String, JwtVerifier> verifiers =
        deployment.authorizers(
            authorizer -> new JwtVerifier(authorizer, issuer.publicKeys(), InstantSource.system()));
    return new HttpApiGateway.Settings(
        port,
        deployment.template().triggers(Trigger.HttpRoute.class),
        verifiers,
        invoker,
        new LocalRoutes(
                (tenant, scopes) -> token(tenant, scopes.orElse(SCOPES), Map.of()),
                side,
                sample,
                events::events)
            .all(),
        InstantSource.system());
  }

  private StreamPump pump(LocalDynamoDb tables, Trigger.TableStream stream) {
    return StreamPump.start(
        tables,
        template.table(stream.table()),
        stream,
        invoker,
        letter -> System.err.println("cloudoperator: given up by the stream: " + letter),
        Thread::sleep);
  }

  /**
   * @param sweep when expired items are first looked for: in new tables there are none
   */
  private void schedules(Duration sweep) {
    ScheduledExecutorService timer =
        closer.with(
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("timer").factory()));
    closer.with(
        Schedules.start(
            template.triggers(Trigger.Schedule.class),
            invoker,
            InstantSource.system(),
            timer,
            (schedule, failure) ->
                System.err.println("cloudoperator: " + schedule.name() + " failed: " + failure)));
    var _ =
        timer.scheduleAtFixedRate(
            new TtlSweeper(database.client(), template.tables(), InstantSource.system()),
            sweep.toSeconds(),
            SWEEP.toSeconds(),
            TimeUnit.SECONDS);
  }

  /** The HTTP API. */
  public URI url() {
    return gateway.url();
  }

  /**
   * A token for a tenant that may read, write and delete.
   *
   * @throws IllegalArgumentException if that is no name for a tenant
   */
  public String token(String tenant) {
    return token(tenant, SCOPES, Map.of());
  }

  /** A token of these scopes, with more claims than a machine's. */
  String token(String tenant, Set<String> scopes, Map<String, ?> more) {
    return issuer.issue(
        new TokenIssuer.Grant(
            tenantClaim, new TenantId(tenant).value(), scopes, AUDIENCE, TOKEN_LIFETIME),
        more);
  }

  /**
   * What the account's owner does with a connection's External ID: the role, ready to be proven.
   */
  public RoleArn grant(ExternalId externalId, Tier tier) throws IOException {
    return switch (side) {
      case CustomerSide.Sample _ -> sample.launch(externalId, tier);
      case CustomerSide.Remote remote -> remote.role();
    };
  }

  /** The tables, for who wants to look at what is stored. */
  public LocalDynamoDb database() {
    return database;
  }

  /** The name of one of the tables, by its logical id. */
  public String table(String logicalId) {
    return template.table(logicalId).name();
  }

  /** The template, as it is deployed here. */
  LocalDeployment deployment() {
    return deployment;
  }

  /** What a function is made of here: for who wants to ask its stores. */
  public Wiring wiring(String function) {
    return functions.wiring(function);
  }

  /**
   * The environment of a process of its own that is to be this function: what the template sets,
   * the broker's credentials, and where all that stands behind it is.
   */
  public Map<String, String> environment(String function) {
    return environment(function, URI::toString);
  }

  /**
   * The same, for a process that does not share this machine's loopback interface.
   *
   * @param seen how such a process addresses an endpoint
   */
  Map<String, String> environment(String function, Function<URI, String> seen) {
    AccessKey key = sample.aws().brokerCredentials();
    Map<String, String> environment = new HashMap<>(deployment.environment(function));
    environment.put("AWS_ACCESS_KEY_ID", key.accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", key.secretAccessKey());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", seen.apply(database.endpoint()));
    environment.put("AWS_ENDPOINT_URL_KMS", seen.apply(sample.endpoint()));
    environment.put("AWS_ENDPOINT_URL_SFN", seen.apply(states.url()));
    environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", seen.apply(events.url()));
    environment.put("CUSTOMER_ENDPOINT_URL", seen.apply(sample.endpoint()));
    return environment;
  }

  /** Where the state machine is started. */
  URI statesUrl() {
    return states.url();
  }

  /** The functions, as those that trigger them see them. */
  public FunctionInvoker functions() {
    return invoker;
  }

  /** The sample AWS and its customer. */
  public SampleCustomer sample() {
    return sample;
  }

  /** Returns when no scan runs and the streams have been read. */
  public void settled() throws InterruptedException {
    states.awaitIdle();
    for (StreamPump stream : streams) {
      stream.drained();
    }
  }

  /** Stops everything, the last started first; running scans are given up. */
  @Override
  public void close() {
    try {
      if (!states.isIdle()) {
        runs.end();
      }
    } finally {
      closer.close();
    }
  }
}
