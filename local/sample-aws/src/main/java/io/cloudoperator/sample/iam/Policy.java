package io.cloudoperator.sample.iam;

import java.util.List;

/** A policy document, as it was written and as it is evaluated. */
public final class Policy {

  /** FullAWSAccess, for one. */
  static final Policy ALLOWS_ALL =
      parse(
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
          """,
          PolicyKind.SERVICE_CONTROL);

  private final String json;
  private final List<Statement> statements;

  Policy(String json, List<Statement> statements) {
    this.json = json;
    this.statements = List.copyOf(statements);
  }

  /**
   * Reads a policy document.
   *
   * @throws PolicyException if AWS would refuse it, or if it has an element, condition operator or
   *     condition key that the sample does not evaluate: nothing in a policy is ever ignored
   */
  public static Policy parse(String json, PolicyKind kind) {
    return PolicyReader.read(json, kind);
  }

  /** The document as it was written. */
  public String json() {
    return json;
  }

  List<Statement> statements() {
    return statements;
  }

  boolean denies(AccessRequest request) {
    return statements.stream().anyMatch(each -> !each.allow() && each.appliesTo(request));
  }

  boolean allows(AccessRequest request) {
    return statements.stream().anyMatch(each -> each.allow() && each.appliesTo(request));
  }

  @Override
  public String toString() {
    return json;
  }
}
