package io.cloudoperator.aws;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The body of a JSON operation, such as <code>{"Name":"{name}","From":{#from}}</code>. An argument
 * is a whole text, or with a <code>#</code> a whole number, and whatever it is, it stays one.
 */
public final class RequestBody {
  // As many digits as seconds since 1970 have for the next ten thousand years.
  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");
  private static final Pattern ARGUMENT = Pattern.compile("\"\\{(\\w+)}\"|\\{#(\\w+)}");

  private final String template;

  private RequestBody(String template) {
    this.template = template;
  }

  /**
   * A body in which texts in braces stand for what a call has to give.
   *
   * @param json an object with a member at least
   * @throws IllegalArgumentException if it is none
   */
  public static RequestBody of(String json) {
    if (!json.startsWith("{\"") || !json.endsWith("}")) {
      throw new IllegalArgumentException("a body is an object with members");
    }
    return new RequestBody(json);
  }

  /** What has to be given for a call. */
  public Set<String> variables() {
    return ARGUMENT
        .matcher(template)
        .results()
        .map(found -> Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The body with these arguments, and with one more text.
   *
   * @param more the texts that are sent besides, by their names
   * @throws IllegalArgumentException if an argument is missing, unprintable or no number
   */
  public String with(Map<String, String> arguments, Map<String, String> more) {
    String body =
        ARGUMENT
            .matcher(template)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    found.group(1) != null
                        ? quoted(RequestPath.checked(arguments.getOrDefault(found.group(1), "")))
                        : number(arguments.getOrDefault(found.group(2), ""))));
    String members =
        more.entrySet().stream()
            .map(each -> "," + quoted(each.getKey()) + ":" + quoted(each.getValue()))
            .collect(Collectors.joining());
    return body.substring(0, body.length() - 1) + members + "}";
  }

  /** A text as JSON. */
  public static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static String number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("an argument is no number");
    }
    return text;
  }

  @Override
  public String toString() {
    return template;
  }
}
