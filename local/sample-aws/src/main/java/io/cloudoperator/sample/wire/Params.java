package io.cloudoperator.sample.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The decoded parameters of a query string or form, in their order; of a repeated one, the first.
 */
public final class Params {

  private final Map<String, String> values;

  private Params(Map<String, String> values) {
    this.values = values;
  }

  public static Params parse(String... encoded) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String each : encoded) {
      for (String pair : each.split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          values.putIfAbsent(
              decode(equals < 0 ? pair : pair.substring(0, equals)),
              equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
      }
    }
    return new Params(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AwsError(400, "MalformedQueryString", "The query string contains a syntax error");
    }
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public Set<String> names() {
    return values.keySet();
  }

  public Map<String, String> asMap() {
    return Map.copyOf(values);
  }

  /**
   * A number within limits, or {@code otherwise} if none is given.
   *
   * @param refusal what to answer to anything else
   */
  public int number(String name, int least, int most, int otherwise, Supplier<AwsError> refusal) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Refused below, like a number out of range.
    }
    throw refusal.get();
  }

  /**
   * Makes sure that nothing is asked for that would be ignored.
   *
   * @param refusal an error with this sentence, about a parameter of another name
   */
  public void onlyKnown(Set<String> known, Function<String, AwsError> refusal) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw refusal.apply("The sample AWS does not support the parameter " + name);
      }
    }
  }

  /** The names of the parameters that {@link #list} reads. */
  public String[] listNames(String name) {
    return values.keySet().stream()
        .filter(each -> each.matches(Pattern.quote(name) + "\\.\\d+"))
        .toArray(String[]::new);
  }

  /** The values of {@code name.1}, {@code name.2}, … up to the first gap. */
  public List<String> list(String name) {
    List<String> list = new ArrayList<>();
    for (int i = 1; ; i++) {
      String value = values.get(name + "." + i);
      if (value == null) {
        return list;
      }
      list.add(value);
    }
  }
}
