package io.cloudoperator.local.simulation;

import io.cloudoperator.local.backend.Secret;
import io.cloudoperator.local.simulation.dynamodb.SimulatedTables;
import io.cloudoperator.local.simulation.dynamodb.SimulatedTables.Change;
import io.cloudoperator.local.simulation.machine.Machine;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Everything there is in one run: two tenants, the account that they connect, and all of ours. */
final class World {
  private static final int REGIONS = 3;
  private static final long PRIME = 0x100000001b3L;

  private final Machine machine;
  private final SplittableRandom random;
  private final Deployment deployment;
  private final Weather weather;
  private final Bug bug;
  private final SampleAws sample;
  private final SimulatedTables tables;
  private final Network network;
  private final Functions functions;
  private final Machines machines;
  private final Stream stream;
  private final Map<String, Secret> secrets = new LinkedHashMap<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Violation> overwritten = new ArrayList<>();
  private final boolean printing;
  private final boolean twoReleases;
  private long trace = 0xcbf29ce484222325L;
  private long steps;

  /** Something that was written down or sent, where it may be read by others than the customer. */
  record Told(String where, String text) {}

  /**
   * @param options of {@link Simulation}
   */
  World(Machine machine, long seed, Deployment deployment, List<String> options, Bug bug) {
    this.machine = machine;
    this.deployment = deployment;
    this.bug = bug;
    this.printing = options.contains(Simulation.PRINT);
    boolean calm = options.contains(Simulation.CALM);
    random = new SplittableRandom(seed).split();
    weather = new Weather(random.split(), calm, options.contains(Simulation.STORM));
    twoReleases = !calm && random.nextInt(4) == 0;
    sample =
        SampleAws.unserved(
            SampleConfig.defaults()
                .withSeed(seed % 7)
                .withInstances(8)
                .withBuckets(2)
                .withApis(2)
                .withRegions(1 + random.nextInt(REGIONS))
                .withKeys(deployment.keys)
                .withClock(InstantSource.system()));
    sample.putRole(
        Deployment.BROKER,
        Deployment.CANARY,
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
        "Principal":{"AWS":"arn:aws:iam::%s:root"}}]}\
        """
            .formatted(Deployment.BROKER),
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}\
        """);
    stream = new Stream(this);
    tables = new SimulatedTables(this::changed);
    deployment.create(tables);
    network = new Network(this, options.contains(Simulation.REQUESTS));
    functions = new Functions(this);
    machines = new Machines(this);
    if (twoReleases) {
      OlderRelease.leaveBehind(this);
    }
  }

  /** Whether there are records of the release before this one, and instances that write some. */
  boolean twoReleases() {
    return twoReleases;
  }

  Machine machine() {
    return machine;
  }

  SplittableRandom random() {
    return random;
  }

  Deployment deployment() {
    return deployment;
  }

  Weather weather() {
    return weather;
  }

  Bug bug() {
    return bug;
  }

  SampleAws sample() {
    return sample;
  }

  SimulatedTables tables() {
    return tables;
  }

  Network network() {
    return network;
  }

  Functions functions() {
    return functions;
  }

  Machines machines() {
    return machines;
  }

  Stream stream() {
    return stream;
  }

  Instant now() {
    return machine.now();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** How long a message is on its way. */
  Duration trip() {
    return Duration.ofMillis(1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 40));
  }

  /** Waits, in the world's time. */
  void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Something that nobody but the customer may see in the clear. */
  void secret(String what, String value) {
    secrets.computeIfAbsent(value, _ -> new Secret(what, value));
  }

  List<Secret> secrets() {
    return List.copyOf(secrets.values());
  }

  void tell(String where, String text) {
    told.add(new Told(where, text));
  }

  List<Told> told() {
    return told;
  }

  private void changed(Change change) {
    Overwriting.of(change).ifPresent(overwritten::add);
    stream.changed(change);
  }

  /** Changes of the tables that took away what others had written. */
  List<Violation> overwritten() {
    return overwritten;
  }

  /** Adds what happened to what tells this run from others. */
  void trace(String event) {
    steps++;
    String line = machine.nanos() + " " + Machine.process() + " " + event;
    for (int i = 0; i < line.length(); i++) {
      trace = (trace ^ line.charAt(i)) * PRIME;
    }
    if (printing) {
      System.out.println(line);
    }
  }

  String traced() {
    return steps + " steps, " + Long.toHexString(trace);
  }
}
