package io.cloudoperator.sample.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the intrinsic functions in a template by their values.
 *
 * <p>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
final class Intrinsics {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final String NO_VALUE = "AWS::NoValue";

  private final Map<String, String> names;
  private final JsonNode conditions;
  private final JsonNode mappings;

  /**
   * @param names the values of parameters and of pseudo parameters such as AWS::AccountId
   */
  Intrinsics(Map<String, String> names, JsonNode conditions, JsonNode mappings) {
    this.names = Map.copyOf(names);
    this.conditions = conditions;
    this.mappings = mappings;
  }

  /** The value; a missing node where it comes to AWS::NoValue. */
  JsonNode resolve(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      for (JsonNode item : node) {
        JsonNode value = resolve(item);
        if (!value.isMissingNode()) {
          array.add(value);
        }
      }
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    Optional<String> function = function(node);
    if (function.isPresent()) {
      return call(function.get(), node.get(function.get()));
    }
    ObjectNode object = NODES.objectNode();
    node.properties()
        .forEach(field -> {
          JsonNode value = resolve(field.getValue());
          if (!value.isMissingNode()) {
            object.set(field.getKey(), value);
          }
        });
    return object;
  }

  /** Whether a condition of the template's section Conditions holds. */
  boolean holds(String condition) {
    JsonNode definition = conditions.path(condition);
    if (definition.isMissingNode()) {
      throw new TemplateException("Template error: no condition " + condition);
    }
    return truth(definition);
  }

  private static Optional<String> function(JsonNode node) {
    if (node.size() != 1) {
      return Optional.empty();
    }
    String name = node.fieldNames().next();
    return name.equals("Ref") || name.startsWith("Fn::") ? Optional.of(name) : Optional.empty();
  }

  private JsonNode call(String function, JsonNode argument) {
    return switch (function) {
      case "Ref" ->
          argument.asText().equals(NO_VALUE)
              ? MissingNode.getInstance()
              : NODES.textNode(value(argument.asText()));
      case "Fn::Sub" -> NODES.textNode(substitute(argument));
      case "Fn::If" -> resolve(argument.path(holds(argument.path(0).asText()) ? 1 : 2));
      case "Fn::Join" -> NODES.textNode(join(argument));
      case "Fn::Select" ->
          resolve(argument.path(1)).path(Integer.parseInt(argument.path(0).asText()));
      case "Fn::Split" -> split(argument);
      case "Fn::FindInMap" -> findInMap(resolve(argument));
      case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" ->
          throw new TemplateException(function + " belongs in Conditions");
      default -> throw new TemplateException("Function not supported: " + function);
    };
  }

  private boolean truth(JsonNode condition) {
    if (condition.has("Condition")) {
      return holds(condition.get("Condition").asText());
    }
    String function = function(condition).orElse("");
    JsonNode arguments = condition.path(function);
    return switch (function) {
      case "Fn::Equals" -> resolve(arguments.path(0)).equals(resolve(arguments.path(1)));
      case "Fn::Not" -> !truth(arguments.path(0));
      case "Fn::And" -> arguments.valueStream().allMatch(this::truth);
      case "Fn::Or" -> arguments.valueStream().anyMatch(this::truth);
      default -> throw new TemplateException("Condition not supported: " + condition);
    };
  }

  private String substitute(JsonNode argument) {
    Map<String, String> own = new HashMap<>();
    String text = argument.asText();
    if (argument.isArray()) {
      text = argument.path(0).asText();
      argument
          .path(1)
          .properties()
          .forEach(field -> own.put(field.getKey(), resolve(field.getValue()).asText()));
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value;
      if (name.startsWith("!")) {
        value = "${" + name.substring(1) + "}";
      } else {
        value = own.containsKey(name) ? own.getOrDefault(name, "") : value(name);
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private String join(JsonNode argument) {
    return String.join(
        argument.path(0).asText(),
        resolve(argument.path(1)).valueStream().map(JsonNode::asText).toList());
  }

  private JsonNode split(JsonNode argument) {
    ArrayNode parts = NODES.arrayNode();
    String separator = Pattern.quote(argument.path(0).asText());
    for (String part : resolve(argument.path(1)).asText().split(separator, -1)) {
      parts.add(part);
    }
    return parts;
  }

  private JsonNode findInMap(JsonNode keys) {
    JsonNode found =
        mappings
            .path(keys.path(0).asText())
            .path(keys.path(1).asText())
            .path(keys.path(2).asText());
    if (found.isMissingNode()) {
      throw new TemplateException("Template error: no mapping for " + keys);
    }
    return found;
  }

  private String value(String name) {
    String value = names.get(name);
    if (value == null) {
      throw new TemplateException("Template error: unresolved reference " + name);
    }
    return value;
  }
}
