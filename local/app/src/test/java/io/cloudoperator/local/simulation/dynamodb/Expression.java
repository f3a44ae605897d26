package io.cloudoperator.local.simulation.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One expression of a request with its names and values, read as it is evaluated.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">Conditions</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Updates</a>
 */
final class Expression {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(<>|<=|>=|[=<>(),.+]|[#:]?[A-Za-z_][A-Za-z0-9_]*)");
  private static final Set<String> CLAUSES = Set.of("SET", "REMOVE", "ADD");
  private static final Set<String> KEYS = Set.of("pk", "sk");

  private final List<String> tokens = new ArrayList<>();
  private final JsonNode names;
  private final JsonNode values;
  private final Set<String> used = new HashSet<>();
  private int next;

  /**
   * @param request whose names and values it uses
   */
  Expression(String text, JsonNode request) {
    names = request.path("ExpressionAttributeNames");
    values = request.path("ExpressionAttributeValues");
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.lookingAt()) {
      tokens.add(matcher.group(1));
      end = matcher.end();
      matcher.region(end, text.length());
    }
    if (!text.substring(end).isBlank()) {
      throw unknown(text.substring(end));
    }
  }

  /** The names and values that it has used. */
  Set<String> used() {
    return used;
  }

  /** Whether an item fulfils it. */
  boolean holds(JsonNode item) {
    next = 0;
    boolean result = or(item);
    end();
    return result;
  }

  private boolean or(JsonNode item) {
    boolean result = and(item);
    while (take("OR")) {
      result |= and(item);
    }
    return result;
  }

  private boolean and(JsonNode item) {
    boolean result = term(item);
    while (take("AND")) {
      result &= term(item);
    }
    return result;
  }

  private boolean term(JsonNode item) {
    if (take("attribute_exists")) {
      return !only(item).isMissingNode();
    }
    if (take("attribute_not_exists")) {
      return only(item).isMissingNode();
    }
    if (take("begins_with")) {
      expect("(");
      JsonNode whole = operand(item);
      expect(",");
      JsonNode prefix = operand(item);
      expect(")");
      return whole.has("S") && text(whole, "S").startsWith(text(prefix, "S"));
    }
    JsonNode left = operand(item);
    String operator = token();
    if (operator.equals("IN")) {
      expect("(");
      boolean in = false;
      do {
        in |= equal(left, operand(item));
      } while (take(","));
      expect(")");
      return in;
    }
    JsonNode right = operand(item);
    return switch (operator) {
      case "=" -> equal(left, right);
      case "<>" -> !equal(left, right);
      case "<" -> comparable(left, right) && compare(left, right) < 0;
      case "<=" -> comparable(left, right) && compare(left, right) <= 0;
      default -> throw unknown(operator);
    };
  }

  private JsonNode only(JsonNode item) {
    expect("(");
    JsonNode value = path(item);
    expect(")");
    return value;
  }

  private JsonNode operand(JsonNode item) {
    if (take("size")) {
      JsonNode sized = only(item);
      return sized.isMissingNode()
          ? sized
          : JsonNodeFactory.instance.objectNode().put("N", String.valueOf(size(sized)));
    }
    return peek().startsWith(":") ? value() : path(item);
  }

  private static int size(JsonNode sized) {
    if (sized.has("M") || sized.has("L")) {
      return sized.elements().next().size();
    }
    if (sized.has("S")) {
      return text(sized, "S").length();
    }
    if (sized.has("B")) {
      return Base64.getDecoder().decode(text(sized, "B")).length;
    }
    throw unknown("size of " + sized);
  }

  private JsonNode value() {
    String name = token();
    JsonNode value = values.path(name);
    if (value.isMissingNode()) {
      throw unknown(name);
    }
    used.add(name);
    return value;
  }

  private String name() {
    String token = token();
    if (!token.startsWith("#")) {
      throw unknown(token);
    }
    JsonNode name = names.path(token);
    if (name.isMissingNode()) {
      throw unknown(token);
    }
    used.add(token);
    return name.textValue();
  }

  private List<String> names() {
    List<String> path = new ArrayList<>(List.of(name()));
    while (take(".")) {
      path.add(name());
    }
    return path;
  }

  private JsonNode path(JsonNode item) {
    return at(item, names());
  }

  private static JsonNode at(JsonNode item, List<String> path) {
    JsonNode found = item.path(path.getFirst());
    for (String name : path.subList(1, path.size())) {
      found = found.path("M").path(name);
    }
    return found;
  }

  /** The item as the update makes it. */
  ObjectNode updated(JsonNode before) {
    next = 0;
    ObjectNode after = before.deepCopy();
    while (next < tokens.size()) {
      String clause = token();
      if (!CLAUSES.contains(clause)) {
        throw unknown(clause);
      }
      do {
        List<String> path = names();
        if (KEYS.contains(path.getFirst())) {
          throw unknown("an update of a key");
        }
        switch (clause) {
          case "SET" -> {
            expect("=");
            put(after, path, set(before));
          }
          case "REMOVE" -> remove(after, path);
          default -> put(after, path, sum(at(before, path), value()));
        }
      } while (take(","));
    }
    return after;
  }

  private JsonNode set(JsonNode before) {
    if (take("if_not_exists")) {
      expect("(");
      JsonNode present = path(before);
      expect(",");
      JsonNode otherwise = operand(before);
      expect(")");
      return present.isMissingNode() ? otherwise : present;
    }
    JsonNode value = operand(before);
    if (value.isMissingNode()) {
      throw unknown("an attribute that is not there");
    }
    return value;
  }

  private static JsonNode sum(JsonNode present, JsonNode more) {
    if (!more.has("N")) {
      throw unknown("ADD of " + more);
    }
    BigDecimal sum =
        new BigDecimal(present.isMissingNode() ? "0" : text(present, "N"))
            .add(new BigDecimal(text(more, "N")));
    return JsonNodeFactory.instance.objectNode().put("N", sum.toPlainString());
  }

  private static void put(ObjectNode item, List<String> path, JsonNode value) {
    parent(item, path).set(path.getLast(), value);
  }

  private static void remove(ObjectNode item, List<String> path) {
    parent(item, path).remove(path.getLast());
  }

  private static ObjectNode parent(ObjectNode item, List<String> path) {
    JsonNode parent = item;
    for (String name : path.subList(0, path.size() - 1)) {
      parent = parent.path(name).path("M");
    }
    if (parent instanceof ObjectNode object) {
      return object;
    }
    throw new Refusal(
        "ValidationException",
        "The document path provided in the update expression is invalid for update");
  }

  private static boolean equal(JsonNode left, JsonNode right) {
    if (comparable(left, right) && !left.has("M") && !left.has("L")) {
      return compare(left, right) == 0;
    }
    return !left.isMissingNode() && left.equals(right);
  }

  private static boolean comparable(JsonNode left, JsonNode right) {
    return !left.isMissingNode()
        && !right.isMissingNode()
        && left.fieldNames().next().equals(right.fieldNames().next());
  }

  static int compare(JsonNode left, JsonNode right) {
    if (left.has("N")) {
      return new BigDecimal(text(left, "N")).compareTo(new BigDecimal(text(right, "N")));
    }
    if (left.has("S")) {
      // By the bytes of UTF-8; keys and times of ours are ASCII.
      return text(left, "S").compareTo(text(right, "S"));
    }
    if (left.has("B")) {
      return text(left, "B").compareTo(text(right, "B"));
    }
    if (left.has("BOOL")) {
      return Boolean.compare(left.get("BOOL").booleanValue(), right.get("BOOL").booleanValue());
    }
    throw unknown("order of " + left);
  }

  private static String text(JsonNode value, String type) {
    JsonNode text = value.path(type);
    if (!text.isTextual()) {
      throw unknown(value + " as " + type);
    }
    return text.textValue();
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String token() {
    if (next == tokens.size()) {
      throw unknown("the end");
    }
    return tokens.get(next++);
  }

  private boolean take(String token) {
    if (peek().equals(token)) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw unknown(peek() + " in place of " + token);
    }
  }

  private void end() {
    if (next < tokens.size()) {
      throw unknown(peek());
    }
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException("This DynamoDB does not know " + what);
  }
}
