package io.cloudoperator.local.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.PortRelay;
import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code sam local invoke} needs of a backend: its services on an address that containers
 * reach, the values of the functions' variables, and a template that declares them.
 *
 * <p>SAM CLI gives a function, whatever {@code --env-vars} says, only variables that the template
 * declares, and those that lead to this machine have no place in the one that is deployed. What is
 * declared gives way to a variable of the shell of the same name, which gives way to {@code
 * --env-vars}: hence both files.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-invoke.html">sam
 *     local invoke</a>
 */
public final class SamLocal implements AutoCloseable {
  /** What the schedule and the stream invoke. */
  private static final Set<String> TRIGGERED =
      Set.of("DueScansFunction", "TrimFunction", "VerifyFunction");

  /** SAM CLI counts the start of the container and the JVM as the invocation's; Lambda does not. */
  private static final int START_SECONDS = 60;

  private final Closer closer = new Closer();
  private final Map<URI, String> seen = new HashMap<>();
  private final ContainerHost host;

  private SamLocal(ContainerHost host) {
    this.host = host;
  }

  /**
   * Starts to listen, and writes both files, and into the tables what the files of events/ name.
   *
   * @param built the folder that {@code sam build} writes to, {@code .aws-sam/build} by default;
   *     the files are beside it
   * @throws StartException if nothing can listen there
   */
  public static SamLocal start(LocalBackend backend, ContainerHost host, Optional<Path> built)
      throws Exception {
    SamLocal started = new SamLocal(host);
    boolean whole = false;
    try {
      Map<String, Map<String, String>> variables = started.variables(backend);
      ExampleConnections example = new ExampleConnections(backend, backend.functions());
      example.write();
      example.writeSnapshots();
      Path folder = built.orElseGet(() -> Repository.place(".aws-sam/build")).toAbsolutePath();
      started.write(
          folder.resolveSibling("local-template.json"),
          template(backend.deployment().template(), folder, variables));
      started.write(folder.resolveSibling("local-env.json"), Json.STRICT.valueToTree(variables));
      whole = true;
      return started;
    } catch (UncheckedIOException e) {
      throw new StartException(
          "Nothing can listen on "
              + host.name()
              + ": is it an address of this machine, and is Docker running?");
    } finally {
      if (!whole) {
        started.close();
      }
    }
  }

  /** Leaves to the person who invokes functions what else the schedule and the stream would. */
  public static FunctionInvoker untriggered(FunctionInvoker functions) {
    return (function, event) ->
        TRIGGERED.contains(function) ? "{}" : functions.invoke(function, event);
  }

  private Map<String, Map<String, String>> variables(LocalBackend backend) {
    Map<String, Map<String, String>> variables = new TreeMap<>();
    for (FunctionResource function : backend.deployment().template().functions()) {
      Map<String, String> environment =
          new TreeMap<>(backend.environment(function.logicalId(), this::seen));
      // In place of one that a person's own credentials have.
      environment.put("AWS_SESSION_TOKEN", "");
      variables.put(function.logicalId(), environment);
    }
    return variables;
  }

  private String seen(URI endpoint) {
    return seen.computeIfAbsent(
        endpoint,
        url -> {
          try {
            PortRelay relay = closer.with(PortRelay.start(host.address(), url.getPort()));
            return host.url(relay.port());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The functions alone, and nothing in it that SAM CLI would have to resolve. */
  private static ObjectNode template(
      Template deployed, Path built, Map<String, Map<String, String>> variables) {
    ObjectNode template = Json.STRICT.createObjectNode();
    template.put("Transform", "AWS::Serverless-2016-10-31");
    ObjectNode resources = template.putObject("Resources");
    for (FunctionResource function : deployed.functions()) {
      String name = function.logicalId();
      ObjectNode resource = resources.putObject(name).put("Type", "AWS::Serverless::Function");
      ObjectNode properties =
          resource
              .putObject("Properties")
              .put("CodeUri", built.resolve(name).toString())
              .put("Handler", function.handler())
              .put("Runtime", function.runtime())
              .put("MemorySize", function.memoryMegabytes())
              .put("Timeout", function.timeoutSeconds() + START_SECONDS);
      properties.putArray("Architectures").add(architecture());
      properties
          .putObject("Environment")
          .set("Variables", Json.STRICT.valueToTree(variables.get(name)));
    }
    return template;
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
  }

  private void write(Path file, JsonNode content) throws IOException {
    Files.createDirectories(file.getParent());
    closer.with(() -> Files.deleteIfExists(file));
    Files.writeString(file, content.toPrettyString() + "\n");
  }

  /** Listens no more, and deletes the files. */
  @Override
  public void close() {
    closer.close();
  }
}
