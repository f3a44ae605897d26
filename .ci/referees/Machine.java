import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.states.Definition;
import io.cloudoperator.platform.states.Execution;
import io.cloudoperator.platform.states.LambdaServiceException;
import io.cloudoperator.platform.states.StateMachineRunner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Runs executions by the laptop's interpreter, for statemachine.py to hold against another
 * engine's.
 *
 * <p>Standard input is a JSON array of {@code {"definition", "input", "cancelled"}}, and standard
 * output one of {@code {"status", "output", "error", "cause", "delays"}}. The functions are asked
 * by HTTP below the address that is the only argument, by the execution's number and their names.
 */
class Machine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Of all that jitter may choose, the most. */
  private static final RandomGenerator MOST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  void main(String[] arguments) throws Exception {
    ArrayNode ended = JSON.createArrayNode();
    for (JsonNode asked : JSON.readTree(System.in)) {
      ended.add(run(asked, arguments[0] + "/" + ended.size()));
    }
    System.out.println(ended);
  }

  private static JsonNode run(JsonNode asked, String functions) throws Exception {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode delays = answer.putArray("delays");
    StateMachineRunner.Tools tools =
        new StateMachineRunner.Tools(
            (name, payload) -> invoke(functions, name, payload),
            InstantSource.system(),
            delay -> {
              synchronized (delays) {
                delays.add(delay.toMillis() / 1000.0);
              }
            },
            MOST);
    Definition definition = Definition.read(asked.path("definition").asText());
    Execution[] execution = new Execution[1];
    try (StateMachineRunner runner = new StateMachineRunner("arn:of:machine", definition, tools)) {
      Thread running =
          Thread.ofVirtual()
              .start(() -> execution[0] = runner.run("arn:of:it", asked.path("input").toString()));
      if (asked.path("cancelled").asBoolean()) {
        // Answers once a function that does not end was called.
        get(functions + "/hanging");
        running.interrupt();
      }
      running.join();
    }
    return answer
        .put("status", execution[0].status().name())
        .put("output", execution[0].output())
        .put("error", execution[0].error())
        .put("cause", execution[0].cause());
  }

  /** As {@link FunctionInvoker#invoke} says. */
  private static String invoke(String functions, String name, String payload) throws Exception {
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(functions + "/" + name))
                .POST(BodyPublishers.ofString(payload))
                .build(),
            BodyHandlers.ofString());
    JsonNode thrown = JSON.readTree(response.body());
    return switch (response.headers().firstValue("kind").orElseThrow()) {
      case "returned" -> response.body();
      case "thrown" ->
          throw Class.forName(thrown.path("errorType").asText())
              .asSubclass(Exception.class)
              .getConstructor(String.class)
              .newInstance(thrown.path("errorMessage").asText());
      case "refused" ->
          throw new LambdaServiceException(
              "Lambda." + thrown.path("code").asText(), thrown.path("message").asText());
      default -> throw new IllegalStateException(response.toString());
    };
  }

  private static void get(String address) throws Exception {
    HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding());
  }
}
