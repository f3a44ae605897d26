package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A condition of a Choice state.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html">Choice</a>
 */
sealed interface ChoiceRule {
  boolean holds(Scope scope) throws StateFailure;

  record And(List<ChoiceRule> rules) implements ChoiceRule {
    @Override
    public boolean holds(Scope scope) throws StateFailure {
      for (ChoiceRule rule : rules) {
        if (!rule.holds(scope)) {
          return false;
        }
      }
      return true;
    }
  }

  record Or(List<ChoiceRule> rules) implements ChoiceRule {
    @Override
    public boolean holds(Scope scope) throws StateFailure {
      for (ChoiceRule rule : rules) {
        if (rule.holds(scope)) {
          return true;
        }
      }
      return false;
    }
  }

  record Not(ChoiceRule rule) implements ChoiceRule {
    @Override
    public boolean holds(Scope scope) throws StateFailure {
      return !rule.holds(scope);
    }
  }

  record IsPresent(JsonPath variable, boolean wanted) implements ChoiceRule {
    @Override
    public boolean holds(Scope scope) {
      return variable.find(scope).isPresent() == wanted;
    }
  }

  record Compare(JsonPath variable, Comparator comparator, JsonNode operand) implements ChoiceRule {
    @Override
    public boolean holds(Scope scope) throws StateFailure {
      return comparator.holds(variable.get(scope), operand);
    }
  }

  /** The comparators that are known here; a value of another type compares as false. */
  enum Comparator {
    StringEquals,
    StringLessThan,
    StringLessThanEquals,
    StringGreaterThan,
    StringGreaterThanEquals,
    StringMatches,
    NumericEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    BooleanEquals,
    IsNull,
    IsString,
    IsNumeric,
    IsBoolean;

    static Optional<Comparator> named(String name) {
      for (Comparator comparator : values()) {
        if (comparator.name().equals(name)) {
          return Optional.of(comparator);
        }
      }
      return Optional.empty();
    }

    boolean takes(JsonNode operand) {
      if (name().startsWith("String")) {
        return operand.isTextual();
      }
      return name().startsWith("Numeric") ? operand.isNumber() : operand.isBoolean();
    }

    boolean holds(JsonNode value, JsonNode operand) {
      return switch (this) {
        case IsNull -> value.isNull() == operand.booleanValue();
        case IsString -> value.isTextual() == operand.booleanValue();
        case IsNumeric -> value.isNumber() == operand.booleanValue();
        case IsBoolean -> value.isBoolean() == operand.booleanValue();
        case BooleanEquals -> value.isBoolean() && value.equals(operand);
        case StringMatches ->
            value.isTextual() && wildcard(operand.textValue()).matcher(value.textValue()).matches();
        case StringEquals,
            StringLessThan,
            StringLessThanEquals,
            StringGreaterThan,
            StringGreaterThanEquals ->
            value.isTextual() && ordered(value.textValue().compareTo(operand.textValue()));
        case NumericEquals,
            NumericLessThan,
            NumericLessThanEquals,
            NumericGreaterThan,
            NumericGreaterThanEquals ->
            value.isNumber() && ordered(value.decimalValue().compareTo(operand.decimalValue()));
      };
    }

    private boolean ordered(int order) {
      String name = name();
      if (name.endsWith("LessThan")) {
        return order < 0;
      }
      if (name.endsWith("LessThanEquals")) {
        return order <= 0;
      }
      if (name.endsWith("GreaterThan")) {
        return order > 0;
      }
      return name.endsWith("GreaterThanEquals") ? order >= 0 : order == 0;
    }

    private static Pattern wildcard(String pattern) {
      StringBuilder regex = new StringBuilder();
      for (int i = 0; i < pattern.length(); i++) {
        char c = pattern.charAt(i);
        if (c == '*') {
          regex.append(".*");
        } else if (c == '\\' && i + 1 < pattern.length()) {
          regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
        } else {
          regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
  }
}
