package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.cloudformation.TemplateNode;

/**
 * A document in which the fields whose names end in {@code .$} are replaced by what their paths
 * select.
 *
 * @see <a href="https://states-language.net/#payload-template">Payload template</a>
 */
record PayloadTemplate(JsonNode json) {
  private static final String PATH = ".$";

  /**
   * Checks it.
   *
   * @throws TemplateException if one of its paths is not known here
   */
  static PayloadTemplate parse(TemplateNode node) {
    check(node);
    return new PayloadTemplate(node.json());
  }

  private static void check(TemplateNode node) {
    if (node.json().isArray()) {
      node.items().forEach(PayloadTemplate::check);
    } else if (node.json().isObject()) {
      for (TemplateNode.Entry field : node.entries()) {
        TemplateNode value = field.value();
        if (!field.name().endsWith(PATH)) {
          check(value);
        } else if (!value.json().isTextual()) {
          throw value.refuse("must be a path");
        } else {
          JsonPath.parse(value.text(), value.path());
        }
      }
    }
  }

  JsonNode evaluate(Scope scope) throws StateFailure {
    return evaluated(json, scope);
  }

  private static JsonNode evaluated(JsonNode json, Scope scope) throws StateFailure {
    if (json.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : json) {
        array.add(evaluated(item, scope));
      }
      return array;
    }
    if (!json.isObject()) {
      return json;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (var field : json.properties()) {
      String name = field.getKey();
      if (name.endsWith(PATH)) {
        object.set(
            name.substring(0, name.length() - PATH.length()),
            JsonPath.parse(field.getValue().textValue(), name).get(scope));
      } else {
        object.set(name, evaluated(field.getValue(), scope));
      }
    }
    return object;
  }
}
