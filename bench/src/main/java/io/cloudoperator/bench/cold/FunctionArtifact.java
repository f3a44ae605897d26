package io.cloudoperator.bench.cold;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.region.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A function as Lambda unpacks it into {@code /var/task}, classes and jars in {@code lib}; it is
 * started as Lambda does.
 *
 * @param subject which it is
 * @param handler the class that Lambda is told
 * @param folder where it is
 */
record FunctionArtifact(
    Pass pass, FunctionBackground background, Subject subject, Class<?> handler, Path folder) {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  // The SDK's modules that only a build on them carries.
  private static final String SDK_MODULES =
      "(ec2|s3|sts|arns|crt-core|aws-xml-protocol|aws-query-protocol)-\\d.*";

  // What Lambda's java25 runtime has on its own classpath.
  private static final String RUNTIME =
      "(aws-lambda-java-(runtime-interface-client|core|serialization)|crac|utils-lite)-\\d.*";

  /** Lays a function out as {@code sam build} does: by the Makefile. */
  static FunctionArtifact laidOut(
      Pass pass, FunctionBackground background, Subject subject, Class<?> handler)
      throws IOException, InterruptedException {
    Path folder = pass.work("artifacts/" + handler.getSimpleName());
    // Packaged is what bench/run has built; the Makefile only has to copy it.
    String make =
        "rm -rf \"$0\" && make --silent --assume-old=target/packaged \"build-$1\" ARTIFACTS_DIR=\"$0\"";
    Process made =
        new ProcessBuilder("sh", "-c", make, folder.toString(), subject.function())
            .directory(pass.root().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (made.waitFor() != 0) {
      throw new IOException("make build-" + subject.function() + ": " + said);
    }
    return new FunctionArtifact(pass, background, subject, handler, folder);
  }

  /** The same with our other handler in it, and the SDK's modules that it calls. */
  static FunctionArtifact onSdkModules(Pass pass, FunctionBackground background, Subject subject)
      throws IOException, InterruptedException {
    FunctionArtifact artifact = laidOut(pass, background, subject, SdkScanHandler.class);
    Path cold = Path.of(SdkScanHandler.class.getPackageName().replace('.', '/'));
    Path target = pass.root().resolve("bench/target");
    Path into = Files.createDirectories(artifact.folder.resolve(cold));
    copy(files(target.resolve("classes").resolve(cold), "Sdk.*"), into);
    copy(files(target.resolve("lib"), SDK_MODULES), artifact.folder.resolve("lib"));
    return artifact;
  }

  /** How much Lambda has to unpack, in bytes. */
  long size() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    }
  }

  private static List<Path> files(Path folder, String names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(names)).sorted().toList();
    }
  }

  private static void copy(List<Path> files, Path into) throws IOException {
    for (Path file : files) {
      Files.copy(file, into.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * What a cold start took.
   *
   * @param initMillis of the process, until the runtime asks for an event (or to be restored)
   * @param invokeMillis from there to the answer
   * @param residentMegabytes at most, until then
   */
  record ColdStart(double initMillis, double invokeMillis, long residentMegabytes) {}

  /** Starts it once. Its cache must have been {@linkplain #train made} for the AOT setting. */
  ColdStart start(Setting setting) throws Exception {
    // The JVM ends, and does not run slowly, if it cannot use the cache.
    return start(
        setting,
        setting.equals(Setting.AOT)
            ? List.of("-XX:AOTCache=" + file(".aot"), "-XX:AOTMode=on")
            : List.of());
  }

  /** Makes its AOT cache from one run on the subject's event; the cache's size in bytes. */
  long train() throws Exception {
    Files.deleteIfExists(file(".aot"));
    start(Setting.AOT, List.of("-XX:AOTCacheOutput=" + file(".aot")));
    return Files.size(file(".aot"));
  }

  private ColdStart start(Setting setting, List<String> more) throws Exception {
    background.reset();
    List<String> options = new ArrayList<>(setting.options());
    options.addAll(more);
    Path log = file("-" + setting.label() + ".log");
    Map<String, String> environment = background.environment(subject.function());
    byte[] event = subject.event(pass.root()).getBytes(StandardCharsets.UTF_8);
    try (RuntimeApi api = new RuntimeApi(event, credentials(environment))) {
      addWhatLambdaSets(environment, setting, api);
      ProcessBuilder builder =
          new ProcessBuilder(Jvm.command(options, classpath(setting), MAIN, handler.getName()))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      long began = System.nanoTime();
      Process process = builder.start();
      try {
        RuntimeApi.Answer answer = api.await(process, LONGEST);
        long resident = Jvm.peakResidentMegabytes(process.toHandle());
        if (!subject.right().test(JSON.readTree(answer.body()))) {
          throw new IOException("it answered " + answer.body());
        }
        // Asked to end, and not killed: it then writes its cache.
        process.destroy();
        if (!process.waitFor(LONGEST)) {
          throw new IOException("it did not end");
        }
        if (Files.readString(log).contains("[error][aot")) {
          throw new IOException("the AOT cache was not used");
        }
        return new ColdStart(
            (answer.initialized() - began) / 1e6,
            (answer.answered() - answer.invoked()) / 1e6,
            resident);
      } catch (IOException e) {
        throw new IOException(
            subject.label() + ", " + setting.label() + ": " + e.getMessage() + "; see " + log, e);
      } finally {
        process.destroyForcibly();
        process.waitFor();
      }
    }
  }

  /**
   * The runtime's; and with an AOT cache also the artifact, as jars alone, for classes of a folder,
   * and of a class loader of one's own, are in no cache.
   */
  private String classpath(Setting setting) throws IOException {
    List<String> classpath = new ArrayList<>();
    files(pass.root().resolve("bench/target/lib"), RUNTIME)
        .forEach(jar -> classpath.add(jar.toString()));
    if (setting.equals(Setting.AOT)) {
      classpath.add(handler.getProtectionDomain().getCodeSource().getLocation().getPath());
      files(folder.resolve("lib"), ".*").forEach(jar -> classpath.add(jar.toString()));
    }
    return String.join(File.pathSeparator, classpath);
  }

  /** A restored function finds its credentials elsewhere. */
  private void addWhatLambdaSets(Map<String, String> environment, Setting setting, RuntimeApi api) {
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_LAMBDA_RUNTIME_API", api.authority());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", subject.function());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "bench");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "bench");
    environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    environment.put("LAMBDA_TASK_ROOT", folder.toString());
    environment.put("TZ", ":UTC");
    if (setting.equals(Setting.SNAPSTART)) {
      environment.keySet().removeAll(Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", api.credentialsEndpoint().toString());
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "bench");
    }
  }

  /** As the container's credentials endpoint answers; the sample's keys have no token. */
  private static String credentials(Map<String, String> environment) {
    return JSON.createObjectNode()
        .put("AccessKeyId", environment.get("AWS_ACCESS_KEY_ID"))
        .put("SecretAccessKey", environment.get("AWS_SECRET_ACCESS_KEY"))
        .put("Expiration", "2099-01-01T00:00:00Z")
        .toString();
  }

  private Path file(String ending) throws IOException {
    return pass.work("cold/" + folder.getFileName() + ending);
  }
}
