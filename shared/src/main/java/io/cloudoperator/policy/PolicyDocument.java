package io.cloudoperator.policy;

import io.cloudoperator.aws.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A policy of IAM, as far as it is understood: what is not is marked, never left out.
 *
 * @param understood whether there is nothing beside the statements that could mean something
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar
 *     of policies</a>
 */
public record PolicyDocument(boolean understood, List<Statement> statements) {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
  private static final Pattern OPERATOR =
      Pattern.compile(
          "(ForAnyValue:|ForAllValues:)?(String(Not)?(Equals(IgnoreCase)?|Like)"
              + "|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?"
              + "|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?"
              + "|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?");

  private static final Set<String> ELEMENTS =
      Set.of("Sid", "Effect", "Principal", "Action", "Resource", "NotResource", "Condition");

  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /**
   * One statement.
   *
   * @param understood whether all of it is what the other components say
   * @param denies whether it says that it denies: whatever else it says, it takes away
   * @param principals identifiers of AWS's own kind, or {@code *}
   * @param otherPrincipals whether there are services, federated identities or others
   * @param conditions values by key in lower case, then by operator: all of them must be met
   */
  public record Statement(
      boolean understood,
      boolean denies,
      List<String> actions,
      List<String> principals,
      boolean otherPrincipals,
      Map<String, Map<String, List<String>>> conditions) {
    public Statement {
      actions = List.copyOf(actions);
      principals = List.copyOf(principals);
      conditions = Map.copyOf(conditions);
    }
  }

  /**
   * Reads a document.
   *
   * @return empty unless it is JSON of the form of policies
   */
  public static Optional<PolicyDocument> read(String document) {
    try {
      JsonReader json = JsonReader.of(document);
      boolean understood = true;
      List<Statement> statements = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (int level = json.enter(); json.next(level); ) {
        understood &= names.add(json.name());
        switch (json.name()) {
          case "Version", "Id" -> {}
          case "Statement" -> {
            if (json.isObject()) {
              statements.add(statement(json));
            } else {
              for (int list = json.enterList(); json.next(list); ) {
                statements.add(statement(json));
              }
            }
          }
          default -> understood = false;
        }
      }
      return Optional.of(new PolicyDocument(understood, statements));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Statement statement(JsonReader json) throws IOException {
    boolean understood = true;
    String effect = "";
    List<String> actions = List.of();
    Principals principals = new Principals(List.of(), false);
    Map<String, Map<String, List<String>>> conditions = new TreeMap<>();
    Set<String> names = new HashSet<>();
    for (int level = json.enterObject(); json.next(level); ) {
      understood &= names.add(json.name()) && ELEMENTS.contains(json.name());
      switch (json.name()) {
        case "Effect" -> effect = json.text();
        case "Action" -> actions = texts(json);
        case "Principal" -> principals = principals(json);
        case "Condition" -> understood &= conditions(json, conditions);
        default -> {}
      }
    }
    return new Statement(
        understood && Set.of("Allow", "Deny").contains(effect) && !actions.isEmpty(),
        effect.equals("Deny"),
        actions,
        principals.aws,
        principals.others,
        conditions);
  }

  private record Principals(List<String> aws, boolean others) {}

  private static Principals principals(JsonReader json) throws IOException {
    if (json.isText()) {
      return new Principals(List.of(json.text()), false);
    }
    List<String> aws = new ArrayList<>();
    boolean others = false;
    for (int level = json.enterObject(); json.next(level); ) {
      if (json.name().equals("AWS")) {
        aws.addAll(texts(json));
      } else {
        others = true;
      }
    }
    return new Principals(aws, others);
  }

  /** Whether all operators are known. */
  private static boolean conditions(
      JsonReader json, Map<String, Map<String, List<String>>> conditions) throws IOException {
    boolean understood = true;
    for (int level = json.enterObject(); json.next(level); ) {
      String operator = json.name();
      understood &= OPERATOR.matcher(operator).matches();
      for (int keys = json.enterObject(); json.next(keys); ) {
        Map<String, List<String>> byOperator =
            conditions.computeIfAbsent(json.name().toLowerCase(Locale.ROOT), _ -> new TreeMap<>());
        understood &= byOperator.put(operator, values(json)) == null;
      }
    }
    return understood;
  }

  private static List<String> texts(JsonReader json) throws IOException {
    if (json.isText()) {
      return List.of(json.text());
    }
    List<String> texts = new ArrayList<>();
    for (int level = json.enterList(); json.next(level); ) {
      texts.add(json.text());
    }
    return texts;
  }

  /** As {@link #texts}; what is no text, such as a number, is an empty one. */
  private static List<String> values(JsonReader json) throws IOException {
    if (json.isText()) {
      return List.of(json.text());
    }
    if (!json.isList()) {
      return List.of("");
    }
    List<String> values = new ArrayList<>();
    for (int level = json.enterList(); json.next(level); ) {
      values.add(json.isText() ? json.text() : "");
    }
    return values;
  }
}
