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
 * An IAM policy document. What is not understood of it is marked, never left out.
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

  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /**
   * One statement.
   *
   * @param understood whether all of it is what the other components say; {@code NotPrincipal} is
   *     not
   * @param allows whether its effect is to allow; with an unknown effect it neither allows nor
   *     denies
   * @param principals identifiers of AWS's own kind, or {@code *}
   * @param otherPrincipals whether there are services, federated identities or others
   * @param notPrincipal whether it is about all but some principals
   * @param conditions values by key in lower case, then by operator: all of them must be met
   */
  public record Statement(
      boolean understood,
      boolean allows,
      boolean denies,
      List<String> actions,
      List<String> resources,
      List<String> principals,
      boolean otherPrincipals,
      boolean notPrincipal,
      Map<String, Map<String, List<String>>> conditions) {
    public Statement {
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
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
    List<String> resources = List.of();
    List<String> principals = new ArrayList<>();
    boolean otherPrincipals = false;
    Map<String, Map<String, List<String>>> conditions = new TreeMap<>();
    Set<String> names = new HashSet<>();
    for (int level = json.enterObject(); json.next(level); ) {
      understood &= names.add(json.name());
      switch (json.name()) {
        case "Effect" -> effect = json.text();
        case "Action" -> actions = texts(json);
        case "Resource" -> resources = texts(json);
        case "Principal" -> otherPrincipals |= principals(json, principals);
        case "Condition" -> understood &= conditions(json, conditions);
        case "Sid", "NotResource" -> {}
        default -> understood = false;
      }
    }
    boolean allows = effect.equals("Allow");
    boolean denies = effect.equals("Deny");
    return new Statement(
        understood && (allows || denies) && !actions.isEmpty(),
        allows,
        denies,
        actions,
        resources,
        principals,
        otherPrincipals,
        names.contains("NotPrincipal"),
        conditions);
  }

  /** Adds those of AWS's own kind. {@code true} if there are others. */
  private static boolean principals(JsonReader json, List<String> principals) throws IOException {
    if (!json.isObject()) {
      principals.addAll(texts(json));
      return false;
    }
    boolean others = false;
    for (int level = json.enter(); json.next(level); ) {
      if (json.name().equals("AWS")) {
        principals.addAll(texts(json));
      } else {
        others = true;
      }
    }
    return others;
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
    return json.isText() ? List.of(json.text()) : json.texts();
  }

  /** As {@link #texts}; what is no text, such as a number, is an empty one. */
  private static List<String> values(JsonReader json) throws IOException {
    if (!json.isList()) {
      return List.of(json.isText() ? json.text() : "");
    }
    List<String> values = new ArrayList<>();
    for (int level = json.enterList(); json.next(level); ) {
      values.add(json.isText() ? json.text() : "");
    }
    return values;
  }
}
