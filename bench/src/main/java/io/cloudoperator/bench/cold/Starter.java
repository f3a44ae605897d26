package io.cloudoperator.bench.cold;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.customer.Customer;
import io.cloudoperator.bench.jvm.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Starts functions as Lambda does, one at a time. */
final class Starter {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration LONGEST_DUMP = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  private final Pass pass;
  private final FunctionBackground account;
  private final Path folder;
  private final List<Path> runtime;

  Starter(Pass pass, FunctionBackground account) throws IOException {
    this.pass = pass;
    this.account = account;
    this.folder = pass.work().resolve("cold");
    Files.createDirectories(folder);
    this.runtime = FunctionArtifact.runtime(pass.root().resolve("bench/target"));
  }

  /**
   * What a cold start took.
   *
   * @param init of the process, until the runtime asks for an event (or to be restored)
   * @param invoke from there to the answer
   * @param residentMegabytes at most, until then
   */
  record ColdStart(Duration init, Duration invoke, OptionalLong residentMegabytes) {}

  /**
   * Starts it once. A cache must have been {@linkplain #train trained} for the settings that use
   * one.
   */
  ColdStart start(Subject subject, String handler, FunctionArtifact artifact, Setting setting)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(setting.options());
    if (setting.start() == Setting.Start.FROM_CACHE) {
      // The JVM ends, and does not run slowly, if it cannot use the cache.
      options.addAll(List.of("-XX:AOTCache=" + cache(artifact), "-XX:AOTMode=on"));
    }
    return start(subject, handler, artifact, setting, options, Ending.KILLED);
  }

  /** Makes the AOT cache of an artifact from one run on the subject's event; its size in bytes. */
  long train(Subject subject, String handler, FunctionArtifact artifact, Setting setting)
      throws IOException, InterruptedException {
    Files.deleteIfExists(cache(artifact));
    List<String> options = new ArrayList<>(setting.options());
    options.add("-XX:AOTCacheOutput=" + cache(artifact));
    start(subject, handler, artifact, setting, options, Ending.ASKED);
    if (!Files.exists(cache(artifact))) {
      throw new IOException("no AOT cache was written; see " + log(artifact, setting));
    }
    return Files.size(cache(artifact));
  }

  private enum Ending {
    KILLED,
    /** So that what it does at its end is done. */
    ASKED
  }

  private ColdStart start(
      Subject subject,
      String handler,
      FunctionArtifact artifact,
      Setting setting,
      List<String> options,
      Ending ending)
      throws IOException, InterruptedException {
    account.reset(subject.stage());
    byte[] event = Files.readAllBytes(pass.root().resolve("events").resolve(subject.event()));
    Path log = log(artifact, setting);
    try (RuntimeApi api = new RuntimeApi(event, credentials())) {
      ProcessBuilder builder =
          new ProcessBuilder(command(handler, artifact, setting, options))
              .directory(artifact.folder().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment(subject, artifact, setting, api));
      long began = System.nanoTime();
      Process process = builder.start();
      try {
        RuntimeApi.Answer answer = api.await(process, LONGEST);
        OptionalLong resident = Jvm.peakResidentMegabytes(process.pid());
        if (!subject.right().test(JSON.readTree(answer.body()))) {
          throw new IOException("it answered " + answer.body());
        }
        if (ending == Ending.ASKED) {
          process.destroy();
          if (!process.waitFor(LONGEST_DUMP.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("it did not end");
          }
        }
        refuseUnusedCache(log);
        return new ColdStart(
            Duration.ofNanos(answer.initialized() - began),
            Duration.ofNanos(answer.answered() - answer.invoked()),
            resident);
      } catch (IOException e) {
        throw new IOException(
            subject.function() + ", " + setting.label() + ": " + e.getMessage() + "; see " + log,
            e);
      } finally {
        process.destroyForcibly();
        process.waitFor();
      }
    }
  }

  private static void refuseUnusedCache(Path log) throws IOException {
    if (Files.readString(log).contains("[error][aot")) {
      throw new IOException("the AOT cache was not used");
    }
  }

  private List<String> command(
      String handler, FunctionArtifact artifact, Setting setting, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(Jvm.launcher()));
    command.addAll(options);
    // The runtime interface client brings its HTTP client as a native library.
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(
        FunctionArtifact.classpath(
            runtime, setting.start() == Setting.Start.FROM_CACHE ? artifact.asJars() : List.of()));
    command.add(MAIN);
    command.add(handler);
    return command;
  }

  private Map<String, String> environment(
      Subject subject, FunctionArtifact artifact, Setting setting, RuntimeApi api) {
    Map<String, String> environment = account.environment(subject.function());
    Customer role = account.credentials();
    environment.put("AWS_LAMBDA_RUNTIME_API", api.authority());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", subject.function());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "bench");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "bench");
    environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    environment.put("LAMBDA_TASK_ROOT", artifact.folder().toString());
    environment.put("TZ", ":UTC");
    if (setting.start() == Setting.Start.FROM_SNAPSHOT) {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", api.credentialsEndpoint().toString());
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "bench");
    } else {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
      environment.put("AWS_ACCESS_KEY_ID", role.keyId());
      environment.put("AWS_SECRET_ACCESS_KEY", role.secret());
    }
    return environment;
  }

  /** As the container's credentials endpoint answers; the sample's keys have no token. */
  private String credentials() {
    return JSON.createObjectNode()
        .put("AccessKeyId", account.credentials().keyId())
        .put("SecretAccessKey", account.credentials().secret())
        .put("Expiration", "2099-01-01T00:00:00Z")
        .toString();
  }

  private Path cache(FunctionArtifact artifact) {
    return folder.resolve(artifact.folder().getFileName() + ".aot");
  }

  private Path log(FunctionArtifact artifact, Setting setting) {
    return folder.resolve(artifact.folder().getFileName() + "-" + setting.label() + ".log");
  }
}
