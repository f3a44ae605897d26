package io.cloudoperator.sample.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The parameters of a stack: given or by default, within the limits that the template sets. */
final class Parameters {

  private static final Set<String> KNOWN =
      Set.of(
          "Type",
          "Default",
          "Description",
          "AllowedValues",
          "AllowedPattern",
          "ConstraintDescription",
          "MinLength",
          "MaxLength",
          "NoEcho");

  private Parameters() {}

  static Map<String, String> resolve(JsonNode declared, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!declared.has(name)) {
        throw new TemplateException("Parameters: [" + name + "] do not exist in the template");
      }
    }
    Map<String, String> values = new HashMap<>();
    declared
        .properties()
        .forEach(parameter -> {
          String name = parameter.getKey();
          JsonNode declaration = parameter.getValue();
          String byDefault =
              declaration.has("Default") ? declaration.get("Default").asText() : null;
          String value = given.getOrDefault(name, byDefault);
          if (value == null) {
            throw new TemplateException("Parameters: [" + name + "] must have values");
          }
          check(name, declaration, value);
          values.put(name, value);
        });
    return values;
  }

  private static void check(String name, JsonNode declaration, String value) {
    declaration
        .properties()
        .forEach(field -> {
          if (!KNOWN.contains(field.getKey())) {
            throw new TemplateException(
                "Not supported in parameter %s: %s".formatted(name, field.getKey()));
          }
        });
    String type = declaration.path("Type").asText();
    if (!type.equals("String") && !type.equals("Number")) {
      throw new TemplateException("Not supported in parameter %s: type %s".formatted(name, type));
    }
    JsonNode allowed = declaration.path("AllowedValues");
    boolean listed = allowed.isMissingNode();
    for (JsonNode each : allowed) {
      listed |= each.asText().equals(value);
    }
    JsonNode pattern = declaration.path("AllowedPattern");
    boolean holds =
        listed
            && (pattern.isMissingNode() || value.matches(pattern.asText()))
            && value.length() >= declaration.path("MinLength").asInt(0)
            && value.length() <= declaration.path("MaxLength").asInt(Integer.MAX_VALUE)
            && (!type.equals("Number") || value.matches("-?\\d+(\\.\\d+)?"));
    if (!holds) {
      throw new TemplateException(
          "Parameter %s failed to satisfy constraint: %s"
              .formatted(
                  name,
                  declaration
                      .path("ConstraintDescription")
                      .asText("its value is not one that the template allows")));
    }
  }
}
