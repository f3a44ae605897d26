package io.cloudoperator.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of AWS's as a template of OpenAPI's: each variable is declared, and has another name than
 * the rest.
 *
 * @param text such as {@code /orders/{id}}
 * @param shape the same for two templates that differ in the names of variables alone: OpenAPI does
 *     not allow both
 * @param parameters in the order of the path
 */
record RoutePath(String text, String shape, List<Map<String, Object>> parameters) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/]+)\\}");
  private static final String GREEDY = "+";
  private static final String REST = "/{proxy+}";
  private static final String GREEDY_MARK = "x-cloudoperator-greedy";

  RoutePath {
    parameters = List.copyOf(parameters);
  }

  /**
   * The template.
   *
   * @param prefix that is no template
   * @param path of AWS's; {@code $default} takes whatever comes
   */
  static RoutePath of(String prefix, String path) {
    String whole = path.equals("$default") ? REST : path;
    Set<String> names = new LinkedHashSet<>();
    List<Map<String, Object>> parameters = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(whole);
    String text =
        matcher.replaceAll(
            variable -> Matcher.quoteReplacement("{" + declare(variable, names, parameters) + "}"));
    return new RoutePath(
        prefix + text, prefix + VARIABLE.matcher(text).replaceAll("{}"), parameters);
  }

  /** Whether its last variable takes the rest of a path, with its slashes. */
  boolean greedy() {
    return parameters.stream().anyMatch(parameter -> parameter.containsKey(GREEDY_MARK));
  }

  /** Its parameters, under the names that another path of this shape has. */
  List<Map<String, Object>> parametersNamedAs(RoutePath other) {
    List<Map<String, Object>> named = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Map<String, Object> parameter = new LinkedHashMap<>(parameters.get(i));
      parameter.put("name", other.parameters.get(i).getOrDefault("name", ""));
      named.add(parameter);
    }
    return named;
  }

  private static String declare(
      MatchResult variable, Set<String> names, List<Map<String, Object>> parameters) {
    String written = variable.group(1);
    boolean greedy = written.endsWith(GREEDY);
    String plain = greedy ? written.substring(0, written.length() - GREEDY.length()) : written;
    String name = plain;
    for (int i = 2; !names.add(name); i++) {
      name = plain + i;
    }
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", name);
    parameter.put("in", "path");
    parameter.put("required", true);
    parameter.put("schema", Map.of("type", "string"));
    if (greedy) {
      parameter.put("description", "The rest of the path, with its slashes.");
      parameter.put(GREEDY_MARK, true);
    }
    parameters.add(parameter);
    return name;
  }
}
