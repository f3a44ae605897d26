package io.cloudoperator.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The parameters of a stack: given or by default, within the limits that the template sets.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html">Parameters</a>
 */
final class TemplateParameters {
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

  private TemplateParameters() {}

  /**
   * The value of each declared parameter: a text, or a list of texts.
   *
   * @throws TemplateException if one has no value or a forbidden one, or is not declared
   */
  static Map<String, JsonNode> values(TemplateNode declared, Map<String, String> given) {
    Map<String, JsonNode> values = new HashMap<>();
    for (TemplateNode.Entry entry : declared.entries()) {
      values.put(entry.name(), value(entry.value(), Optional.ofNullable(given.get(entry.name()))));
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw declared.refuse("there is no parameter named " + name);
      }
    }
    return values;
  }

  private static JsonNode value(TemplateNode parameter, Optional<String> given) {
    parameter.only(FIELDS);
    String value =
        given
            .or(() -> parameter.at("Default").optionalText())
            .orElseThrow(() -> parameter.refuse("has no default, and no value was given"));
    TemplateNode allowed = parameter.at("AllowedValues");
    boolean listed =
        allowed.absent() || allowed.items().stream().anyMatch(v -> v.text().equals(value));
    if (!listed
        || violates(parameter.at("MinLength"), least -> value.length() < least.number(0))
        || violates(parameter.at("MaxLength"), most -> value.length() > most.number(0))) {
      throw refused(parameter, "does not allow the value " + value);
    }
    if (violates(parameter.at("AllowedPattern"), pattern -> !value.matches(pattern.text()))) {
      throw refused(parameter, "has a value that its pattern does not allow");
    }
    return switch (parameter.need("Type").text()) {
      case "String" -> JSON.textNode(value);
      case "Number" -> {
        BigDecimal number = number(parameter, value);
        if (violates(
                parameter.at("MinValue"),
                least -> number.compareTo(number(least, least.text())) < 0)
            || violates(
                parameter.at("MaxValue"),
                most -> number.compareTo(number(most, most.text())) > 0)) {
          throw refused(parameter, "does not allow the value " + value);
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

  private static boolean violates(TemplateNode limit, Predicate<TemplateNode> violated) {
    return !limit.absent() && violated.test(limit);
  }

  private static TemplateException refused(TemplateNode parameter, String reason) {
    return parameter.refuse(
        parameter
            .at("ConstraintDescription")
            .optionalText()
            .map(description -> reason + ": " + description)
            .orElse(reason));
  }

  private static BigDecimal number(TemplateNode node, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      throw node.refuse("must be a number, not " + text);
    }
  }
}
