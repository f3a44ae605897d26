package io.cloudoperator.policy;

import io.cloudoperator.aws.RequestBody;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Writes IAM policy documents, as maps whose members stand in the order of AWS's grammar and as
 * JSON without white space. An element's value is a text, a list of texts, or a map of such.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar
 *     of policies</a>
 */
public final class PolicyWriter {
  private static final String VERSION = "2012-10-17";

  private PolicyWriter() {}

  /** A statement that allows actions on resources, for identity and session policies. */
  public static SequencedMap<String, Object> allow(Object actions, Object resources) {
    SequencedMap<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", "Allow");
    statement.put("Action", actions);
    statement.put("Resource", resources);
    return statement;
  }

  /** A statement that allows a principal an action under conditions, for trust policies. */
  public static SequencedMap<String, Object> trust(
      String principal, String action, SequencedMap<String, Object> conditions) {
    SequencedMap<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", "Allow");
    statement.put("Principal", Map.of("AWS", principal));
    statement.put("Action", action);
    statement.put("Condition", conditions);
    return statement;
  }

  /** The document with these statements. */
  public static SequencedMap<String, Object> document(
      List<SequencedMap<String, Object>> statements) {
    SequencedMap<String, Object> document = new LinkedHashMap<>();
    document.put("Version", VERSION);
    document.put("Statement", statements);
    return document;
  }

  /**
   * A document, or a part of one, as JSON.
   *
   * @throws IllegalArgumentException if something in it is neither text, list nor map
   */
  public static String json(Object value) {
    return switch (value) {
      case String text -> RequestBody.quoted(text);
      case Collection<?> list ->
          list.stream().map(PolicyWriter::json).collect(Collectors.joining(",", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each ->
                  RequestBody.quoted(String.valueOf(each.getKey())) + ":" + json(each.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> throw new IllegalArgumentException("no part of a policy: " + value.getClass());
    };
  }

  /**
   * A text that means itself in a policy, where {@code * ? $} are wildcards and variables.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars">Special
   *     characters</a>
   */
  public static String literal(String text) {
    return text.replaceAll("[*?$]", "\\${$0}");
  }
}
