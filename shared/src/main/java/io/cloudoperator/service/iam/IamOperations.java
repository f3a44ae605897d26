package io.cloudoperator.service.iam;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.connection.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read operations of IAM: on our own role only, as the session policy has it. */
public final class IamOperations {
  public static final String ROLE = "RoleName";
  public static final String POLICY = "PolicyName";

  /**
   * The trust policy and the boundary of the role.
   *
   * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html">GetRole</a>
   */
  public static final ReadOperation<RoleReader.Role> GET_ROLE =
      operation(
          "GetRole",
          "Checks that our role trusts nobody but us, with its External ID, and has its boundary.",
          Set.of(ROLE),
          RoleReader::role);

  /**
   * The policies that are attached to the role.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html">ListAttachedRolePolicies</a>
   */
  public static final ReadOperation<List<String>> LIST_ATTACHED_ROLE_POLICIES =
      list(
          "ListAttachedRolePolicies",
          "Checks that nothing but SecurityAudit is attached to our role; names are not kept.",
          RoleReader::attachedPolicies);

  /**
   * The names of the role's inline policies.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html">ListRolePolicies</a>
   */
  public static final ReadOperation<List<String>> LIST_ROLE_POLICIES =
      list(
          "ListRolePolicies",
          "Finds the inline policies of our role; their names are not kept.",
          RoleReader::inlinePolicies);

  /**
   * An inline policy of the role.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html">GetRolePolicy</a>
   */
  public static final ReadOperation<String> GET_ROLE_POLICY =
      operation(
          "GetRolePolicy",
          "Checks that our role's inline policies grant what reads API Gateway alone; they are not kept.",
          Set.of(ROLE, POLICY),
          RoleReader::inlinePolicy);

  private IamOperations() {}

  private static <T> ReadOperation<T> operation(
      String name, String why, Set<String> arguments, ReadOperation.Reader<T> reader) {
    return new ReadOperation<>(
        AwsService.IAM,
        name,
        "iam:" + name,
        Tier.AUDIT,
        why,
        RequestPath.ROOT,
        arguments,
        Map.of(),
        Optional.empty(),
        reader);
  }

  private static ReadOperation<List<String>> list(
      String name, String why, ReadOperation.Reader<List<String>> reader) {
    return new ReadOperation<>(
        AwsService.IAM,
        name,
        "iam:" + name,
        Tier.AUDIT,
        why,
        RequestPath.ROOT,
        Set.of(ROLE),
        Map.of("MaxItems", "100"),
        Optional.of("Marker"),
        reader);
  }
}
