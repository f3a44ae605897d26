package io.cloudoperator.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What the handler answered. */
record Answer(int status, Map<String, String> headers, String text, JsonNode body) {
  String at(String pointer) {
    return body.at(pointer).asText();
  }

  boolean has(String pointer) {
    return !body.at(pointer).isMissingNode();
  }
}
