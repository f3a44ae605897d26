package io.cloudoperator.service.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Declaration;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Reads a role and all its policies: our own only, as the session policy has it. */
public final class RoleReader {
  public static final String ROLE = "RoleName";
  public static final String POLICY = "PolicyName";

  /**
   * The trust policy and the boundary of the role.
   *
   * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html">GetRole</a>
   */
  public static final ReadOperation<RoleFacts> GET_ROLE =
      ofRole(
              "GetRole",
              "Checks that our role trusts nobody but us, with its External ID, and has its boundary.")
          .whole(RoleReader::role);

  /**
   * The ARNs of the policies that are attached to the role.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html">ListAttachedRolePolicies</a>
   */
  public static final ReadOperation<List<String>> LIST_ATTACHED_ROLE_POLICIES =
      ofRole(
              "ListAttachedRolePolicies",
              "Checks that nothing but SecurityAudit is attached to our role; names are not kept.")
          .parameter("MaxItems", "100")
          .queryList("Marker", "AttachedPolicies", "Marker", xml -> xml.text("PolicyArn"));

  /**
   * The names of the role's inline policies.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html">ListRolePolicies</a>
   */
  public static final ReadOperation<List<String>> LIST_ROLE_POLICIES =
      ofRole("ListRolePolicies", "Finds the inline policies of our role; their names are not kept.")
          .parameter("MaxItems", "100")
          .queryList("Marker", "PolicyNames", "Marker", XmlReader::text);

  /**
   * An inline policy of the role.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html">GetRolePolicy</a>
   */
  public static final ReadOperation<String> GET_ROLE_POLICY =
      ofRole(
              "GetRolePolicy",
              "Checks that our role's inline policies grant what reads API Gateway alone; they are not kept.")
          .argument(POLICY)
          .whole(RoleReader::inlinePolicy);

  private RoleReader() {}

  private static Declaration ofRole(String name, String why) {
    return ReadOperation.audit(Iam.SERVICE, name, why).argument(ROLE);
  }

  /**
   * Reads the role of this name.
   *
   * @throws SdkException if AWS refuses anything of it
   */
  static RoleFacts read(AwsClient iam, String name) {
    Map<String, String> ofRole = Map.of(ROLE, name);
    RoleFacts role = iam.read(GET_ROLE, ofRole);
    List<String> attached = iam.list(LIST_ATTACHED_ROLE_POLICIES, ofRole);
    List<String> inline =
        iam.list(LIST_ROLE_POLICIES, ofRole).stream()
            .map(policy -> iam.read(GET_ROLE_POLICY, Map.of(ROLE, name, POLICY, policy)))
            .toList();
    return new RoleFacts(role.trust(), role.boundary(), attached, inline);
  }

  private static RoleFacts role(InputStream answer) throws IOException {
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
                case "PermissionsBoundary" -> boundary = xml.text("PermissionsBoundaryArn");
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
    return new RoleFacts(
        trust, Optional.of(boundary).filter(arn -> !arn.isEmpty()), List.of(), List.of());
  }

  private static String inlinePolicy(InputStream answer) throws IOException {
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
    return policy;
  }

  // IAM encodes documents by RFC 3986, where a plus sign is itself.
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
  private static String document(XmlReader xml) throws IOException {
    return URLDecoder.decode(xml.document().replace("+", "%2B"), UTF_8);
  }
}
