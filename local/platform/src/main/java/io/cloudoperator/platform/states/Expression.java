package io.cloudoperator.platform.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of a field that ends in {@code .$}: a path, or an intrinsic function of paths, texts
 * and numbers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html">Intrinsic
 *     functions</a>
 */
sealed interface Expression {
  JsonNode evaluate(Scope scope) throws StateFailure;

  static Expression parse(String text, String place) {
    return new Parser(text, place).whole();
  }

  record Path(JsonPath path) implements Expression {
    @Override
    public JsonNode evaluate(Scope scope) throws StateFailure {
      return path.get(scope);
    }
  }

  record Literal(JsonNode value) implements Expression {
    @Override
    public JsonNode evaluate(Scope scope) {
      return value;
    }
  }

  record Call(Intrinsic function, List<Expression> arguments) implements Expression {
    @Override
    public JsonNode evaluate(Scope scope) throws StateFailure {
      List<JsonNode> values = new ArrayList<>();
      for (Expression argument : arguments) {
        values.add(argument.evaluate(scope));
      }
      return function.apply(values);
    }
  }

  /** The intrinsic functions that are known here. */
  enum Intrinsic {
    FORMAT("States.Format", 1, Integer.MAX_VALUE) {
      @Override
      JsonNode apply(List<JsonNode> arguments) throws StateFailure {
        String[] parts = arguments.getFirst().asText().split("\\{}", -1);
        if (parts.length != arguments.size()) {
          throw failure("has " + (parts.length - 1) + " places for " + (arguments.size() - 1));
        }
        StringBuilder text = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
          JsonNode value = arguments.get(i);
          if (value.isContainerNode()) {
            throw failure("was given an object or an array");
          }
          text.append(value.isTextual() ? value.textValue() : value.toString()).append(parts[i]);
        }
        return JsonNodeFactory.instance.textNode(text.toString());
      }
    },
    STRING_TO_JSON("States.StringToJson", 1, 1) {
      @Override
      JsonNode apply(List<JsonNode> arguments) throws StateFailure {
        try {
          return MAPPER.readTree(arguments.getFirst().asText());
        } catch (JsonProcessingException _) {
          throw failure("was given what is not JSON");
        }
      }
    },
    JSON_TO_STRING("States.JsonToString", 1, 1) {
      @Override
      JsonNode apply(List<JsonNode> arguments) {
        return JsonNodeFactory.instance.textNode(arguments.getFirst().toString());
      }
    },
    ARRAY("States.Array", 0, Integer.MAX_VALUE) {
      @Override
      JsonNode apply(List<JsonNode> arguments) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        arguments.forEach(array::add);
        return array;
      }
    },
    ARRAY_LENGTH("States.ArrayLength", 1, 1) {
      @Override
      JsonNode apply(List<JsonNode> arguments) throws StateFailure {
        if (!arguments.getFirst().isArray()) {
          throw failure("was given what is not an array");
        }
        return JsonNodeFactory.instance.numberNode(arguments.getFirst().size());
      }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String text;
    private final int fewest;
    private final int most;

    Intrinsic(String text, int fewest, int most) {
      this.text = text;
      this.fewest = fewest;
      this.most = most;
    }

    abstract JsonNode apply(List<JsonNode> arguments) throws StateFailure;

    StateFailure failure(String reason) {
      return new StateFailure("States.IntrinsicFailure", text + " " + reason);
    }
  }

  /** Recursive descent over one expression. */
  final class Parser {
    private final String text;
    private final String place;
    private int at;

    Parser(String text, String place) {
      this.text = text;
      this.place = place;
    }

    Expression whole() {
      Expression expression = next();
      if (at != text.length()) {
        throw refuse();
      }
      return expression;
    }

    private Expression next() {
      if (text.startsWith("$", at)) {
        return new Path(JsonPath.parse(until("(?=[,)\\s])"), place));
      }
      if (text.startsWith("'", at)) {
        return new Literal(JsonNodeFactory.instance.textNode(quoted()));
      }
      if (text.startsWith("States.", at)) {
        return call();
      }
      String number = until("(?=[,)\\s])");
      if (number.matches("-?\\d{1,9}")) {
        return new Literal(JsonNodeFactory.instance.numberNode(Integer.parseInt(number)));
      }
      throw refuse();
    }

    private Expression call() {
      String name = until("\\(");
      for (Intrinsic function : Intrinsic.values()) {
        if (function.text.equals(name)) {
          List<Expression> arguments = arguments();
          if (arguments.size() < function.fewest || arguments.size() > function.most) {
            throw new DefinitionException(place, name + " does not take " + arguments.size());
          }
          return new Call(function, arguments);
        }
      }
      throw new DefinitionException(place, "the function " + name + " is not known here");
    }

    private List<Expression> arguments() {
      List<Expression> arguments = new ArrayList<>();
      at++;
      blanks();
      while (!text.startsWith(")", at)) {
        arguments.add(next());
        blanks();
        if (text.startsWith(",", at)) {
          at++;
          blanks();
        } else if (!text.startsWith(")", at)) {
          throw refuse();
        }
      }
      at++;
      return List.copyOf(arguments);
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '\'') {
          at++;
          return value.toString();
        }
        if (c == '\\' && at + 1 < text.length()) {
          c = text.charAt(++at);
        }
        value.append(c);
      }
      throw refuse();
    }

    private String until(String end) {
      String token = text.substring(at).split(end, 2)[0];
      if (token.isEmpty()) {
        throw refuse();
      }
      at += token.length();
      return token;
    }

    private void blanks() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private DefinitionException refuse() {
      return new DefinitionException(place, text + " is neither a path nor a known function");
    }
  }
}
