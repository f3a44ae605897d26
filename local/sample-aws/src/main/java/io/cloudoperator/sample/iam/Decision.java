package io.cloudoperator.sample.iam;

/** The outcome of an evaluation. */
public sealed interface Decision {

  /** Every policy that has a say allows the request. */
  record Allow() implements Decision {}

  /** A statement denies the request: this wins over everything. */
  record ExplicitDeny(PolicyKind by) implements Decision {}

  /** The named kind of policy does not allow the request. */
  record ImplicitDeny(PolicyKind by) implements Decision {}

  default boolean allowed() {
    return this instanceof Allow;
  }

  /**
   * The end of AWS's sentence "… is not authorized to perform: ACTION on resource: ARN …".
   *
   * <p>https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
   */
  default String reason(String action) {
    return switch (this) {
      case Allow() -> "";
      case ExplicitDeny(PolicyKind by) -> " with an explicit deny in " + by.withArticle();
      case ImplicitDeny(PolicyKind by) ->
          " because no " + by.words() + " allows the " + action + " action";
    };
  }
}
