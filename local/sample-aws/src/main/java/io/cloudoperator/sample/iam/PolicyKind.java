package io.cloudoperator.sample.iam;

/** Where a policy is attached; the words are those of AWS's messages. */
public enum PolicyKind {
  SERVICE_CONTROL("service control policy", "a service control policy"),
  IDENTITY("identity-based policy", "an identity-based policy"),
  BOUNDARY("permissions boundary", "a permissions boundary"),
  SESSION("session policy", "a session policy"),
  TRUST("resource-based policy", "a resource-based policy");

  private final String words;
  private final String withArticle;

  PolicyKind(String words, String withArticle) {
    this.words = words;
    this.withArticle = withArticle;
  }

  String words() {
    return words;
  }

  String withArticle() {
    return withArticle;
  }
}
