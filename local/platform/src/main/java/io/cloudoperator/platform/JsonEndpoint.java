package io.cloudoperator.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * One operation of an AWS service, in the JSON protocol and on a free port of the loopback
 * interface. Any other is refused.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON
 *     protocol</a>
 */
public final class JsonEndpoint implements AutoCloseable {
  private static final int LARGEST_REQUEST = 1_048_576;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String target;
  private final Operation operation;
  private final LoopbackServer server;

  private JsonEndpoint(String target, Operation operation) throws IOException {
    this.target = target;
    this.operation = operation;
    this.server = LoopbackServer.start(0, Duration.ofSeconds(1), this::handle);
  }

  @FunctionalInterface
  public interface Operation {
    ObjectNode answer(JsonNode request) throws Refusal, IOException;
  }

  /** An error that the service documents; the request was not carried out. */
  public static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;

    /** {@code code} is the error's name in the service's API reference. */
    public Refusal(String code, String message) {
      super(message);
      this.code = code;
    }
  }

  /**
   * Starts it.
   *
   * @param target what {@code X-Amz-Target} says, such as {@code AWSEvents.PutEvents}
   */
  public static JsonEndpoint start(String target, Operation operation) throws IOException {
    return new JsonEndpoint(target, operation);
  }

  public URI url() {
    return server.url();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      ObjectNode answer;
      try {
        answer = answer(exchange);
      } catch (Refusal refusal) {
        status = 400;
        answer =
            JsonNodeFactory.instance
                .objectNode()
                .put("__type", refusal.code)
                .put("message", refusal.getMessage());
      }
      byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private ObjectNode answer(HttpExchange exchange) throws Refusal, IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
    String asked = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (!target.equals(asked)) {
      throw new Refusal("UnknownOperationException", asked + " is not known here");
    }
    JsonNode request;
    try {
      request = MAPPER.readTree(body);
    } catch (JsonProcessingException _) {
      throw new Refusal("SerializationException", "The request is not JSON");
    }
    return operation.answer(request);
  }

  /** Takes no more requests. */
  @Override
  public void close() {
    server.close();
  }
}
