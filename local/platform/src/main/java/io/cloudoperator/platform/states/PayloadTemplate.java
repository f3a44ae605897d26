package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.cloudformation.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A document in which the fields whose names end in {@code .$} are replaced by what their paths
 * select.
 *
 * @see <a href="https://states-language.net/#payload-template">Payload template</a>
 */
sealed interface PayloadTemplate {
  JsonNode evaluate(Scope scope) throws StateFailure;

  static PayloadTemplate parse(JsonNode json, String place) {
    if (json.isObject()) {
      Map<String, PayloadTemplate> fields = new LinkedHashMap<>();
      json.properties()
          .forEach(field -> {
            String name = field.getKey();
            String inside = place + "." + name;
            if (!name.endsWith(".$")) {
              fields.put(name, parse(field.getValue(), inside));
              return;
            }
            if (!field.getValue().isTextual()) {
              throw new TemplateException(inside, "must be a path");
            }
            fields.put(
                name.substring(0, name.length() - 2),
                new Selected(JsonPath.parse(field.getValue().textValue(), inside)));
          });
      return new Fields(fields);
    }
    if (json.isArray()) {
      List<PayloadTemplate> items = new ArrayList<>();
      for (int i = 0; i < json.size(); i++) {
        items.add(parse(json.get(i), place + "[" + i + "]"));
      }
      return new Items(items);
    }
    return new Constant(json);
  }

  record Constant(JsonNode value) implements PayloadTemplate {
    @Override
    public JsonNode evaluate(Scope scope) {
      return value;
    }
  }

  record Selected(JsonPath path) implements PayloadTemplate {
    @Override
    public JsonNode evaluate(Scope scope) throws StateFailure {
      return path.get(scope);
    }
  }

  record Items(List<PayloadTemplate> items) implements PayloadTemplate {
    @Override
    public JsonNode evaluate(Scope scope) throws StateFailure {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (PayloadTemplate item : items) {
        array.add(item.evaluate(scope));
      }
      return array;
    }
  }

  record Fields(Map<String, PayloadTemplate> fields) implements PayloadTemplate {
    @Override
    public JsonNode evaluate(Scope scope) throws StateFailure {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (var field : fields.entrySet()) {
        object.set(field.getKey(), field.getValue().evaluate(scope));
      }
      return object;
    }
  }
}
