package io.cloudoperator.service.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a role and its policies from the answers of IAM. */
final class RoleReader {
  // Many times what a role can have of either kind.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  private static final int MOST_POLICIES = 500;

  private RoleReader() {}

  /**
   * What is asked of a role.
   *
   * @param trust its trust policy
   * @param boundary the ARN of its permissions boundary; empty if it has none
   */
  record Role(String trust, Optional<String> boundary) {}

  static Page<Role> role(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "GetRoleResponse");
    String trust = "";
    String boundary = "";
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals("GetRoleResult")) {
        for (int result = xml.enter(); xml.next(result); ) {
          if (xml.name().equals("Role")) {
            for (int role = xml.enter(); xml.next(role); ) {
              switch (xml.name()) {
                case "AssumeRolePolicyDocument" -> trust = document(xml);
                case "PermissionsBoundary" -> boundary = child(xml, "PermissionsBoundaryArn");
                default -> {}
              }
            }
          }
        }
      }
    }
    if (trust.isEmpty()) {
      // Every role has one.
      throw new UnreadableResponseException("the answer has no trust policy");
    }
    return new Page<>(
        new Role(trust, Optional.of(boundary).filter(arn -> !arn.isEmpty())), Optional.empty());
  }

  /** ARNs. */
  static Page<List<String>> attachedPolicies(InputStream answer) throws IOException {
    return list(answer, "ListAttachedRolePolicies", "AttachedPolicies", "PolicyArn");
  }

  static Page<List<String>> inlinePolicies(InputStream answer) throws IOException {
    return list(answer, "ListRolePolicies", "PolicyNames", "");
  }

  static Page<String> inlinePolicy(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "GetRolePolicyResponse");
    String policy = "";
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals("GetRolePolicyResult")) {
        for (int result = xml.enter(); xml.next(result); ) {
          if (xml.name().equals("PolicyDocument")) {
            policy = document(xml);
          }
        }
      }
    }
    if (policy.isEmpty()) {
      throw new UnreadableResponseException("the answer has no policy");
    }
    return new Page<>(policy, Optional.empty());
  }

  /**
   * @param child what to read of each item; empty if the item is a text itself
   */
  private static Page<List<String>> list(
      InputStream answer, String operation, String items, String child) throws IOException {
    XmlReader xml = XmlReader.open(answer, operation + "Response");
    List<String> list = new ArrayList<>();
    boolean listed = false;
    String marker = "";
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals(operation + "Result")) {
        for (int result = xml.enter(); xml.next(result); ) {
          if (xml.name().equals(items)) {
            listed = true;
            for (int item = xml.enter(); xml.next(item); ) {
              list.add(child.isEmpty() ? xml.text() : child(xml, child));
              if (list.size() > MOST_POLICIES) {
                throw new UnreadableResponseException("a role has more policies than it can have");
              }
            }
          } else if (xml.name().equals("Marker")) {
            marker = xml.text();
          }
        }
      }
    }
    if (!listed) {
      throw new UnreadableResponseException("the answer lists no policies");
    }
    return new Page<>(list, Optional.of(marker).filter(next -> !next.isEmpty()));
  }

  private static String child(XmlReader xml, String name) throws IOException {
    String text = "";
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals(name)) {
        text = xml.text();
      }
    }
    return text;
  }

  // IAM encodes documents by RFC 3986, where a plus sign is itself.
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
  private static String document(XmlReader xml) throws IOException {
    return URLDecoder.decode(xml.document().replace("+", "%2B"), UTF_8);
  }
}
