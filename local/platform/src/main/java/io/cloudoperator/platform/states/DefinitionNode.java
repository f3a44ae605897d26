package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node of a definition that knows its place, and refuses fields that nobody has asked for. */
final class DefinitionNode {
  private final String place;
  private final JsonNode json;
  private final Set<String> known = new HashSet<>();

  DefinitionNode(String place, JsonNode json) {
    this.place = place;
    this.json = json;
  }

  String place() {
    return place;
  }

  JsonNode json() {
    return json;
  }

  DefinitionNode at(String field) {
    known.add(field);
    JsonNode value = json.get(field);
    return new DefinitionNode(
        place + "." + field, value == null ? MissingNode.getInstance() : value);
  }

  DefinitionNode need(String field) {
    DefinitionNode node = at(field);
    if (node.absent()) {
      throw node.refuse("is missing");
    }
    return node;
  }

  boolean absent() {
    return json.isMissingNode();
  }

  String text() {
    if (!json.isTextual()) {
      throw refuse("must be text");
    }
    return json.textValue();
  }

  Optional<String> optionalText() {
    return absent() ? Optional.empty() : Optional.of(text());
  }

  int number(int least, int otherwise) {
    if (absent()) {
      return otherwise;
    }
    if (!json.isInt() || json.intValue() < least) {
      throw refuse("must be a whole number of at least " + least);
    }
    return json.intValue();
  }

  List<DefinitionNode> items() {
    if (absent()) {
      return List.of();
    }
    if (!json.isArray()) {
      throw refuse("must be a list");
    }
    List<DefinitionNode> items = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      items.add(new DefinitionNode(place + "[" + i + "]", json.get(i)));
    }
    return items;
  }

  /** Refuses fields that were not asked for, apart from a comment. */
  void nothingElse() {
    if (!json.isObject()) {
      throw refuse("must be an object");
    }
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!name.equals("Comment") && !known.contains(name)) {
            throw at(name).refuse("is not known here");
          }
        });
  }

  DefinitionException refuse(String reason) {
    return new DefinitionException(place, reason);
  }
}
