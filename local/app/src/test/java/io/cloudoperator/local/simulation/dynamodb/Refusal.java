package io.cloudoperator.local.simulation.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** DynamoDB's answer to what it does not do. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final List<String> reasons;

  Refusal(String code, String message) {
    this(code, message, List.of());
  }

  /**
   * @param reasons why a transaction is cancelled, one of each item
   */
  Refusal(String code, String message, List<String> reasons) {
    super(message);
    this.code = code;
    this.reasons = reasons;
  }

  String json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", "com.amazonaws.dynamodb.v20120810#" + code)
            .put(code.startsWith("Transaction") ? "Message" : "message", getMessage());
    if (!reasons.isEmpty()) {
      ArrayNode all = json.putArray("CancellationReasons");
      reasons.forEach(reason -> all.addObject().put("Code", reason));
    }
    return json.toString();
  }
}
