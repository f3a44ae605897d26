package io.cloudoperator.aws;

import java.util.Optional;

/** Reads what a WAF web ACL is called from how an answer refers to it. */
public final class WebAclArn {
  private WebAclArn() {}

  /**
   * The name from an ARN of WAF, such as {@code
   * arn:aws:wafv2:us-east-1:111122223333:global/webacl/NAME/ID}; the id where it has no name, as in
   * WAF Classic; empty if there is no web ACL. The account's number is left out.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html">ARNs
   *     of WAF</a>
   */
  public static Optional<String> name(String reference) {
    String[] parts = reference.substring(reference.lastIndexOf(':') + 1).split("/", -1);
    for (int i = 0; i + 1 < parts.length; i++) {
      if (parts[i].equals("webacl")) {
        return Optional.of(parts[i + 1]).filter(name -> !name.isEmpty());
      }
    }
    return Optional.of(parts[parts.length - 1]).filter(id -> !id.isEmpty());
  }
}
