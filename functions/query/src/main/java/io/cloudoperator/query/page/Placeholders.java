package io.cloudoperator.query.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.html.Html;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The facts by the names that a text uses for them: {@code {{broker.account}}} is the member {@code
 * account} of the member {@code broker} of the JSON.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
  private static final Set<String> NAMES =
      Arrays.stream(TrustFacts.class.getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

  private final JsonNode facts;

  Placeholders(TrustFacts facts) {
    this.facts = Json.STRICT.valueToTree(facts);
  }

  /**
   * The text with what each placeholder stands for.
   *
   * @throws IllegalArgumentException if one stands for nothing, or for more than a text or number
   */
  String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
  }

  private String value(String name) {
    JsonNode value = named(name);
    if (value.isIntegralNumber()) {
      return Html.number(value.longValue());
    }
    if (!value.isTextual()) {
      throw unknown(name);
    }
    return value.textValue();
  }

  /**
   * What a name stands for.
   *
   * @throws IllegalArgumentException if it stands for nothing
   */
  JsonNode named(String name) {
    JsonNode value = at(name);
    if (value.isMissingNode()) {
      throw unknown(name);
    }
    return value;
  }

  /**
   * Whether a fact is there, and is not false.
   *
   * @throws IllegalArgumentException if there is no such fact in any deployment
   */
  boolean holds(String name) {
    if (!NAMES.contains(name.split("\\.", 2)[0])) {
      throw unknown(name);
    }
    JsonNode value = at(name);
    return !value.isMissingNode() && !(value.isBoolean() && !value.booleanValue());
  }

  private JsonNode at(String name) {
    return facts.at("/" + name.replace('.', '/'));
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("the facts have no " + name);
  }
}
