package io.cloudoperator.platform.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The template's parameters, and the pseudo parameters of the account that it is deployed into. */
final class Parameters {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> FIELDS =
      Set.of(
          "Type",
          "Default",
          "Description",
          "AllowedValues",
          "AllowedPattern",
          "ConstraintDescription",
          "MinLength",
          "MaxLength",
          "MinValue",
          "MaxValue",
          "NoEcho");

  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Region", "us-east-1",
          "AWS::AccountId", "000000000000",
          "AWS::Partition", "aws",
          "AWS::URLSuffix", "amazonaws.com",
          "AWS::StackName", "laptop",
          "AWS::StackId", "arn:aws:cloudformation:us-east-1:000000000000:stack/laptop/0");

  private Parameters() {}

  static Map<String, JsonNode> read(Place declared, Map<String, String> given) {
    Map<String, JsonNode> values = new HashMap<>();
    PSEUDO.forEach(
        (name, value) -> values.put(name, JSON.textNode(given.getOrDefault(name, value))));
    for (Place.Entry entry : declared.entries()) {
      values.put(entry.name(), value(entry.value(), Optional.ofNullable(given.get(entry.name()))));
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw declared.refuse("there is no parameter named " + name);
      }
    }
    return values;
  }

  private static JsonNode value(Place parameter, Optional<String> given) {
    parameter.only(FIELDS);
    String value =
        given
            .or(() -> parameter.at("Default").optionalText())
            .orElseThrow(() -> parameter.refuse("has no default, and no value was given"));
    Place allowed = parameter.at("AllowedValues");
    if (!allowed.absent() && allowed.items().stream().noneMatch(v -> v.text().equals(value))) {
      throw parameter.refuse("does not allow the value " + value);
    }
    if (parameter.at("AllowedPattern").optionalText().filter(p -> !value.matches(p)).isPresent()) {
      throw parameter.refuse("has a value that its pattern does not allow");
    }
    return switch (parameter.need("Type").text()) {
      case "String" -> JSON.textNode(value);
      case "Number" -> {
        double number = number(parameter, value);
        if (parameter
                .at("MinValue")
                .optionalText()
                .filter(m -> number < number(parameter, m))
                .isPresent()
            || parameter
                .at("MaxValue")
                .optionalText()
                .filter(m -> number > number(parameter, m))
                .isPresent()) {
          throw parameter.refuse("does not allow the value " + value);
        }
        yield JSON.textNode(value);
      }
      case "CommaDelimitedList" -> {
        ArrayNode list = JSON.arrayNode();
        for (String item : value.isEmpty() ? new String[0] : value.split(",", -1)) {
          list.add(item.strip());
        }
        yield list;
      }
      default -> throw parameter.at("Type").refuse("is not known here");
    };
  }

  private static double number(Place parameter, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw parameter.refuse("must be a number, not " + text);
    }
  }
}
