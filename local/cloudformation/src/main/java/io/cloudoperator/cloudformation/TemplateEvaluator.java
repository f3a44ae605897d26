package io.cloudoperator.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Evaluates a template's intrinsic functions and conditions with the parameters of one stack.
 *
 * <p>A value that {@code AWS::NoValue} removes is an absent node. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">
 *     Intrinsic functions</a>
 */
public final class TemplateEvaluator {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)}");

  /** What SAM adds to a function's logical id to name the resources that it makes for it. */
  private static final Pattern GENERATED = Pattern.compile("(Role|Version|Alias\\w+)$");

  private static final String NO_VALUE = "AWS::NoValue";

  private final Map<String, JsonNode> parameters;
  private final TemplateNode conditions;
  private final TemplateNode mappings;
  private final Set<String> resources = new HashSet<>();
  private final Map<String, Boolean> decided = new HashMap<>();
  private final Set<String> deciding = new HashSet<>();

  /**
   * Decides every condition of the template.
   *
   * @param pseudoParameters such as {@code AWS::AccountId}
   * @param given values of the template's parameters; the rest keep their defaults
   * @throws TemplateException if a parameter or a condition is wrong
   */
  public TemplateEvaluator(
      TemplateNode template, Map<String, String> pseudoParameters, Map<String, String> given) {
    parameters = TemplateParameters.values(template.at("Parameters"), given);
    pseudoParameters.forEach((name, value) -> parameters.put(name, JSON.textNode(value)));
    conditions = template.at("Conditions");
    mappings = template.at("Mappings");
    template.need("Resources").entries().forEach(resource -> resources.add(resource.name()));
    conditions.entries().forEach(entry -> condition(entry.name(), entry.value()));
  }

  /**
   * A value with its functions evaluated.
   *
   * @param resolver knows the references to resources
   * @throws TemplateException if a function is wrong or not known here, or a reference has no value
   */
  public TemplateNode evaluate(TemplateNode node, ReferenceResolver resolver) {
    return new TemplateNode(node.path(), value(node, resolver));
  }

  /**
   * Whether the condition that this node names holds.
   *
   * @throws TemplateException if the template has no such condition
   */
  public boolean holds(TemplateNode name) {
    TemplateNode condition = conditions.at(name.text());
    if (condition.absent()) {
      throw name.refuse("there is no condition named " + name.text());
    }
    return condition(name.text(), condition);
  }

  private JsonNode value(TemplateNode node, ReferenceResolver resolver) {
    JsonNode json = node.json();
    if (json.isArray()) {
      ArrayNode array = JSON.arrayNode();
      node.items().stream()
          .map(item -> value(item, resolver))
          .filter(item -> !item.isMissingNode())
          .forEach(array::add);
      return array;
    }
    if (!json.isObject()) {
      return json;
    }
    if (json.size() == 1) {
      TemplateNode.Entry entry = node.entries().getFirst();
      if (entry.name().equals("Ref") || entry.name().startsWith("Fn::")) {
        return function(entry.name(), entry.value(), resolver);
      }
    }
    ObjectNode object = JSON.objectNode();
    for (TemplateNode.Entry entry : node.entries()) {
      if (entry.name().startsWith("Fn::")) {
        throw entry.value().refuse("a function must stand alone");
      }
      JsonNode value = value(entry.value(), resolver);
      if (!value.isMissingNode()) {
        object.set(entry.name(), value);
      }
    }
    return object;
  }

  private JsonNode function(String name, TemplateNode argument, ReferenceResolver resolver) {
    return switch (name) {
      case "Ref" -> reference(argument, argument.text(), resolver);
      case "Fn::GetAtt" -> {
        List<TemplateNode> parts = argument.items();
        if (parts.size() != 2) {
          throw argument.refuse("takes a logical id and an attribute");
        }
        String attribute = evaluate(parts.get(1), resolver).text();
        yield reference(argument, parts.get(0).text() + "." + attribute, resolver);
      }
      case "Fn::Sub" -> JSON.textNode(substitute(argument, resolver));
      case "Fn::Join" -> {
        List<TemplateNode> items = evaluate(pair(argument).get(1), resolver).items();
        yield JSON.textNode(
            items.stream()
                .map(TemplateNode::text)
                .collect(Collectors.joining(argument.items().get(0).text())));
      }
      case "Fn::Split" -> {
        List<TemplateNode> pair = pair(argument);
        ArrayNode parts = JSON.arrayNode();
        String text = evaluate(pair.get(1), resolver).text();
        for (String part : text.split(Pattern.quote(pair.get(0).text()), -1)) {
          parts.add(part);
        }
        yield parts;
      }
      case "Fn::Select" -> {
        List<TemplateNode> pair = pair(argument);
        int index = evaluate(pair.get(0), resolver).number(0);
        List<TemplateNode> items = evaluate(pair.get(1), resolver).items();
        if (index < 0 || index >= items.size()) {
          throw argument.refuse("selects item " + index + " of " + items.size());
        }
        yield items.get(index).json();
      }
      case "Fn::If" -> {
        List<TemplateNode> items = argument.items();
        if (items.size() != 3) {
          throw argument.refuse("takes a condition and two values");
        }
        yield value(items.get(holds(items.get(0)) ? 1 : 2), resolver);
      }
      case "Fn::FindInMap" -> {
        List<TemplateNode> items = argument.items();
        if (items.size() != 3) {
          throw argument.refuse("takes a map and two keys");
        }
        TemplateNode found = mappings;
        for (TemplateNode key : items) {
          found = found.need(evaluate(key, resolver).text());
        }
        yield found.json();
      }
      default -> throw argument.refuse(name + " is not known here");
    };
  }

  private static List<TemplateNode> pair(TemplateNode argument) {
    List<TemplateNode> items = argument.items();
    if (items.size() != 2) {
      throw argument.refuse("takes two arguments");
    }
    return items;
  }

  private JsonNode reference(TemplateNode node, String reference, ReferenceResolver resolver) {
    if (reference.equals(NO_VALUE)) {
      return MissingNode.getInstance();
    }
    JsonNode parameter = parameters.get(reference);
    if (parameter != null) {
      return parameter;
    }
    if (reference.startsWith("AWS::")) {
      throw node.refuse("the pseudo parameter " + reference + " is not known here");
    }
    String id = reference.split("\\.", 2)[0];
    if (!resources.contains(id) && !resources.contains(GENERATED.matcher(id).replaceFirst(""))) {
      throw node.refuse("there is no parameter or resource named " + id);
    }
    return resolver
        .resolve(reference)
        .map(JSON::textNode)
        .orElseThrow(() -> node.refuse("nothing here knows the value of " + reference));
  }

  private String substitute(TemplateNode argument, ReferenceResolver resolver) {
    TemplateNode text = argument;
    TemplateNode variables = new TemplateNode(argument.path(), MissingNode.getInstance());
    if (argument.json().isArray()) {
      text = pair(argument).get(0);
      variables = pair(argument).get(1);
    }
    TemplateNode own = variables;
    Matcher matcher = VARIABLE.matcher(text.text());
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2);
      String value;
      if (!matcher.group(1).isEmpty()) {
        value = "${" + name + "}";
      } else if (!own.at(name).absent()) {
        value = evaluate(own.at(name), resolver).text();
      } else {
        value = new TemplateNode(text.path(), reference(text, name.strip(), resolver)).text();
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private boolean condition(String name, TemplateNode condition) {
    Boolean known = decided.get(name);
    if (known != null) {
      return known;
    }
    if (!deciding.add(name)) {
      throw condition.refuse("depends on itself");
    }
    boolean holds = test(condition);
    decided.put(name, holds);
    return holds;
  }

  private boolean test(TemplateNode condition) {
    if (!condition.json().isObject() || condition.json().size() != 1) {
      throw condition.refuse("must be one condition function");
    }
    TemplateNode.Entry function = condition.entries().getFirst();
    TemplateNode argument = function.value();
    ReferenceResolver none = _ -> Optional.empty();
    return switch (function.name()) {
      case "Condition" -> holds(argument);
      case "Fn::Equals" -> {
        List<TemplateNode> pair = pair(argument);
        yield value(pair.get(0), none).equals(value(pair.get(1), none));
      }
      case "Fn::Not" -> {
        if (argument.items().size() != 1) {
          throw argument.refuse("takes one condition");
        }
        yield !test(argument.items().getFirst());
      }
      case "Fn::And" -> argument.items().stream().allMatch(this::test);
      case "Fn::Or" -> argument.items().stream().anyMatch(this::test);
      default -> throw condition.refuse(function.name() + " is not a condition known here");
    };
  }
}
