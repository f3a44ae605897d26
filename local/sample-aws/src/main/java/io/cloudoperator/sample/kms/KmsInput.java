package io.cloudoperator.sample.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.WireRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON document of a request. */
record KmsInput(JsonNode document) {

  static final JsonMapper JSON = new JsonMapper();

  static KmsInput of(WireRequest request, Set<String> known) {
    JsonNode document;
    try {
      document = JSON.readTree(request.bodyText());
    } catch (JsonProcessingException e) {
      throw new AwsError(400, "SerializationException", "The request is not JSON");
    }
    if (!document.isObject()) {
      throw new AwsError(400, "SerializationException", "The request is not a JSON object");
    }
    document
        .properties()
        .forEach(field -> {
          if (!known.contains(field.getKey())) {
            throw validation("The sample AWS does not support " + field.getKey());
          }
        });
    return new KmsInput(document);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(document.get(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  Optional<Integer> number(String name) {
    return Optional.ofNullable(document.get(name)).filter(JsonNode::isInt).map(JsonNode::asInt);
  }

  byte[] bytes(String name) {
    JsonNode node = document.get(name);
    if (node == null || !node.isTextual()) {
      throw validation(
          "1 validation error detected: Value null at '%s%s' failed to satisfy constraint: Member"
                  .formatted(
                      name.substring(0, 1).toLowerCase(java.util.Locale.ROOT), name.substring(1))
              + " must not be null");
    }
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw new AwsError(400, "SerializationException", name + " is not base64");
    }
  }

  /** The encryption context; empty if there is none. */
  Map<String, String> context() {
    Map<String, String> context = new LinkedHashMap<>();
    document
        .path("EncryptionContext")
        .properties()
        .forEach(entry -> {
          if (!entry.getValue().isTextual()) {
            throw new AwsError(
                400, "SerializationException", "EncryptionContext must hold strings");
          }
          context.put(entry.getKey(), entry.getValue().asText());
        });
    return context;
  }

  static AwsError validation(String message) {
    return new AwsError(400, "ValidationException", message);
  }
}
