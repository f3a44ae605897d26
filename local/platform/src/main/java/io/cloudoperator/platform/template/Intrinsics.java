package io.cloudoperator.platform.template;

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
 * Evaluates CloudFormation's intrinsic functions and conditions.
 *
 * <p>A value that {@code AWS::NoValue} removes is a missing node.
 */
final class Intrinsics {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)}");

  /** What SAM adds to a function's logical id to name the resources that it makes for it. */
  private static final Pattern GENERATED = Pattern.compile("(Role|Version|Alias\\w+)$");

  private static final String NO_VALUE = "AWS::NoValue";

  private final Map<String, JsonNode> parameters;
  private final Place conditions;
  private final Place mappings;
  private final Set<String> resources;
  private final Map<String, Boolean> decided = new HashMap<>();
  private final Set<String> deciding = new HashSet<>();

  Intrinsics(
      Map<String, JsonNode> parameters, Place conditions, Place mappings, Set<String> resources) {
    this.parameters = Map.copyOf(parameters);
    this.conditions = conditions;
    this.mappings = mappings;
    this.resources = Set.copyOf(resources);
    conditions.entries().forEach(entry -> condition(entry.name(), entry.value()));
  }

  Place evaluate(Place place, Resolver resolver) {
    return new Place(place.path(), value(place, resolver));
  }

  private JsonNode value(Place place, Resolver resolver) {
    JsonNode json = place.json();
    if (json.isArray()) {
      ArrayNode array = JSON.arrayNode();
      place.items().stream()
          .map(item -> value(item, resolver))
          .filter(item -> !item.isMissingNode())
          .forEach(array::add);
      return array;
    }
    if (!json.isObject()) {
      return json;
    }
    if (json.size() == 1) {
      Place.Entry entry = place.entries().getFirst();
      if (entry.name().equals("Ref") || entry.name().startsWith("Fn::")) {
        return function(entry.name(), entry.value(), resolver);
      }
    }
    ObjectNode object = JSON.objectNode();
    for (Place.Entry entry : place.entries()) {
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

  private JsonNode function(String name, Place argument, Resolver resolver) {
    return switch (name) {
      case "Ref" -> reference(argument, argument.text(), resolver);
      case "Fn::GetAtt" -> {
        List<Place> parts = argument.items();
        if (parts.size() != 2) {
          throw argument.refuse("takes a logical id and an attribute");
        }
        String attribute = evaluate(parts.get(1), resolver).text();
        yield reference(argument, parts.get(0).text() + "." + attribute, resolver);
      }
      case "Fn::Sub" -> JSON.textNode(substitute(argument, resolver));
      case "Fn::Join" -> {
        List<Place> items = evaluate(pair(argument).get(1), resolver).items();
        yield JSON.textNode(
            items.stream()
                .map(Place::text)
                .collect(Collectors.joining(argument.items().get(0).text())));
      }
      case "Fn::Split" -> {
        List<Place> pair = pair(argument);
        ArrayNode parts = JSON.arrayNode();
        String text = evaluate(pair.get(1), resolver).text();
        for (String part : text.split(Pattern.quote(pair.get(0).text()), -1)) {
          parts.add(part);
        }
        yield parts;
      }
      case "Fn::Select" -> {
        List<Place> pair = pair(argument);
        int index = evaluate(pair.get(0), resolver).number(0);
        List<Place> items = evaluate(pair.get(1), resolver).items();
        if (index < 0 || index >= items.size()) {
          throw argument.refuse("selects item " + index + " of " + items.size());
        }
        yield items.get(index).json();
      }
      case "Fn::If" -> {
        List<Place> items = argument.items();
        if (items.size() != 3) {
          throw argument.refuse("takes a condition and two values");
        }
        boolean holds = named(items.get(0).text(), items.get(0));
        yield value(items.get(holds ? 1 : 2), resolver);
      }
      case "Fn::FindInMap" -> {
        List<Place> items = argument.items();
        if (items.size() != 3) {
          throw argument.refuse("takes a map and two keys");
        }
        Place found = mappings;
        for (Place key : items) {
          found = found.need(evaluate(key, resolver).text());
        }
        yield found.json();
      }
      default -> throw argument.refuse(name + " is not known here");
    };
  }

  private static List<Place> pair(Place argument) {
    List<Place> items = argument.items();
    if (items.size() != 2) {
      throw argument.refuse("takes two arguments");
    }
    return items;
  }

  private JsonNode reference(Place place, String reference, Resolver resolver) {
    if (reference.equals(NO_VALUE)) {
      return MissingNode.getInstance();
    }
    JsonNode parameter = parameters.get(reference);
    if (parameter != null) {
      return parameter;
    }
    if (reference.startsWith("AWS::")) {
      throw place.refuse("the pseudo parameter " + reference + " is not known here");
    }
    String id = reference.split("\\.", 2)[0];
    if (!resources.contains(id) && !resources.contains(GENERATED.matcher(id).replaceFirst(""))) {
      throw place.refuse("there is no parameter or resource named " + id);
    }
    return resolver
        .resolve(reference)
        .map(JSON::textNode)
        .orElseThrow(() -> place.refuse("nothing here knows the value of " + reference));
  }

  private String substitute(Place argument, Resolver resolver) {
    Place text = argument;
    Place variables = new Place(argument.path(), MissingNode.getInstance());
    if (argument.json().isArray()) {
      text = pair(argument).get(0);
      variables = pair(argument).get(1);
    }
    Place own = variables;
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
        value = new Place(text.path(), reference(text, name.strip(), resolver)).text();
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  /** Whether a condition of the template holds; {@code asked} is where it is named. */
  boolean named(String name, Place asked) {
    Place condition = conditions.at(name);
    if (condition.absent()) {
      throw asked.refuse("there is no condition named " + name);
    }
    return condition(name, condition);
  }

  private boolean condition(String name, Place condition) {
    Boolean known = decided.get(name);
    if (known != null) {
      return known;
    }
    if (!deciding.add(name)) {
      throw condition.refuse("depends on itself");
    }
    boolean holds = holds(condition);
    decided.put(name, holds);
    return holds;
  }

  private boolean holds(Place condition) {
    if (!condition.json().isObject() || condition.json().size() != 1) {
      throw condition.refuse("must be one condition function");
    }
    Place.Entry function = condition.entries().getFirst();
    Place argument = function.value();
    Resolver none = _ -> Optional.empty();
    return switch (function.name()) {
      case "Condition" -> named(argument.text(), argument);
      case "Fn::Equals" -> {
        List<Place> pair = pair(argument);
        yield evaluate(pair.get(0), none).text().equals(evaluate(pair.get(1), none).text());
      }
      case "Fn::Not" -> {
        if (argument.items().size() != 1) {
          throw argument.refuse("takes one condition");
        }
        yield !holds(argument.items().getFirst());
      }
      case "Fn::And" -> argument.items().stream().allMatch(this::holds);
      case "Fn::Or" -> argument.items().stream().anyMatch(this::holds);
      default -> throw condition.refuse(function.name() + " is not a condition known here");
    };
  }
}
