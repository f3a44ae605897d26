package io.cloudoperator.platform.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A value in the template that knows where it stands, so that every refusal can say so. */
record Place(String path, JsonNode json) {

  Place at(String field) {
    return new Place(
        path + "." + field, Optional.ofNullable(json.get(field)).orElse(MissingNode.getInstance()));
  }

  Place need(String field) {
    Place place = at(field);
    if (place.absent()) {
      throw place.refuse("is missing");
    }
    return place;
  }

  boolean absent() {
    return json.isMissingNode() || json.isNull();
  }

  Place only(Set<String> known) {
    if (!json.isObject()) {
      throw refuse("must be a mapping");
    }
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw at(name).refuse("is not known here");
          }
        });
    return this;
  }

  List<Place> items() {
    if (absent()) {
      return List.of();
    }
    if (!json.isArray()) {
      throw refuse("must be a list");
    }
    List<Place> items = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      items.add(new Place(path + "[" + i + "]", json.get(i)));
    }
    return items;
  }

  List<Entry> entries() {
    if (absent()) {
      return List.of();
    }
    if (!json.isObject()) {
      throw refuse("must be a mapping");
    }
    return json.properties().stream().map(e -> new Entry(e.getKey(), at(e.getKey()))).toList();
  }

  /** Text, as CloudFormation sees it: a number or a boolean is text too. */
  String text() {
    if (!json.isValueNode() || absent()) {
      throw refuse("must be text");
    }
    return json.asText();
  }

  Optional<String> optionalText() {
    return absent() ? Optional.empty() : Optional.of(text());
  }

  int number(int otherwise) {
    if (absent()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text());
    } catch (NumberFormatException _) {
      throw refuse("must be a whole number");
    }
  }

  boolean bool(boolean otherwise) {
    if (absent()) {
      return otherwise;
    }
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refuse("must be true or false");
    };
  }

  TemplateException refuse(String reason) {
    return new TemplateException(path, reason);
  }

  record Entry(String name, Place value) {}
}
