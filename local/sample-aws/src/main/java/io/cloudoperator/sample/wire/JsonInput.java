package io.cloudoperator.sample.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The JSON document of a request. */
public record JsonInput(JsonNode document) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads it.
   *
   * @param known the members that it may have
   * @param refusal what to answer to another, with this sentence
   * @throws AwsError SerializationException, if it is no document
   */
  public static JsonInput of(
      WireRequest request, Set<String> known, Function<String, AwsError> refusal) {
    JsonNode document;
    try {
      document = JSON.readTree(request.bodyText());
    } catch (JsonProcessingException e) {
      throw malformed("The request is not JSON");
    }
    if (!document.isObject()) {
      throw malformed("The request is not a JSON object");
    }
    document
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw refusal.apply("The sample AWS does not support the parameter " + name);
          }
        });
    return new JsonInput(document);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(document.path(name).textValue());
  }

  /** What is wrong with a document that cannot be read. */
  public static AwsError malformed(String message) {
    return new AwsError(400, "SerializationException", message);
  }
}
